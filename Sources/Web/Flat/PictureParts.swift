import Domain
import Markup

/// Days along a line: whole years from the left to the right, each as wide as the next.
struct TimeScale {
  let years: ClosedRange<Int>
  let left: Double
  let right: Double

  /// Nil beyond a hundred years: a wrong date, not a relationship.
  init?(from first: Int, through last: Int, left: Double, right: Double) {
    guard first <= last, last - first < 100 else { return nil }
    (years, self.left, self.right) = (first...last, left, right)
  }

  var yearWidth: Double { (right - left) / Double(years.count) }
  func start(_ year: Int) -> Double { left + Double(year - years.lowerBound) * yearWidth }

  /// Held to the line's ends.
  func x(_ date: CalendarDate) -> Double {
    let first = CalendarDate(year: date.year, month: 1, day: 1).map { $0.days(to: date) } ?? 0
    let days = CalendarDate.isLeap(date.year) ? 366.0 : 365.0
    return min(max(start(date.year) + yearWidth * Double(first) / days, left), right)
  }
}

/// A shape for each section, so that colour is never the only sign.
enum MarkShape {
  static func draw(_ section: DossierSection, _ x: Double, _ y: Double) -> HTML {
    let n = PictureNumber.text
    switch section {
    case .company: return ""
    case .cost: return "<path class=\"s2\" d=\"M\(n(x)) \(n(y - 5))L\(n(x + 5)) \(n(y))L\(n(x)) \(n(y + 5))L\(n(x - 5)) \(n(y))Z\" fill=\"#b4530a\"/>"
    case .benefit: return "<circle class=\"s3\" cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"4.2\" fill=\"#0b6663\"/>"
    case .loyalty: return "<path class=\"s4\" d=\"M\(n(x)) \(n(y - 5))L\(n(x + 5)) \(n(y + 4))L\(n(x - 5)) \(n(y + 4))Z\" fill=\"#5a4bb5\"/>"
    case .special: return "<rect class=\"s5\" x=\"\(n(x - 4))\" y=\"\(n(y - 4))\" width=\"8\" height=\"8\" fill=\"#a3245e\"/>"
    }
  }

  /// Marks that would cover each other become one with their number.
  static func grouped(_ places: [Double]) -> [(x: Double, count: Int)] {
    var groups: [(x: Double, count: Int)] = []
    for place in places.sorted() {
      if let last = groups.last, place - last.x < 13 {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((place, 1))
      }
    }
    return groups
  }
}

/// About how wide a text is: the picture is drawn without knowing the reader's type.
enum TextWidth {
  static func of(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x80 ? ($1.properties.isUppercase ? 0.68 : 0.53) : 0.62) } * size
  }

  /// The text, or as much of it as fits with an ellipsis; at least a few letters.
  static func fitted(_ text: String, size: Double, most: Double) -> String {
    guard of(text, size: size) > most else { return text }
    var cut = text
    while cut.count > 4, of(cut + "…", size: size) > most { cut.removeLast() }
    return cut.trimmingBlanks + "…"
  }
}

enum PictureNumber {
  /// To a tenth, with a point in every language.
  static func text(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
