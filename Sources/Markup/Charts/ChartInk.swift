/// What a chart is drawn with: on screen by classes, so that light, dark and forced colours come from the style sheet; on paper and in
/// PDF by colours and dashes of its own, which need no sheet and hold in black and white.

import Domain

package enum ChartInk: Sendable, Hashable {
  case screen, paper

  private static let colours = ["#0B6663", "#B4530A", "#5A4BB5", "#A3245E", "#3C7220", "#1A5DA6"]
  private static let dashes = [nil, "6 3", "2 3", "8 3 2 3", "1 2", "10 4"]

  /// `s1` to `s6`; what is beyond is grey.
  static func className(_ series: Int) -> String { colours.indices.contains(series) ? "s\(series + 1)" : "rest" }
  private static func colour(_ series: Int) -> String { colours.indices.contains(series) ? colours[series] : "#8A8A84" }

  func fill(_ series: Int) -> HTML {
    self == .screen ? " class=\"\(Self.className(series))\"" : " fill=\"\(Self.colour(series))\" stroke=\"#FFFFFF\" stroke-width=\"0.5\""
  }

  func line(_ series: Int) -> HTML {
    if self == .screen { return " class=\"l \(Self.className(series))\"" }
    let dash = Self.dashes.indices.contains(series) ? Self.dashes[series] : nil
    return """
       fill="none" stroke="\(Self.colour(series))" stroke-width="2" stroke-linejoin="round"\(attr: "stroke-dasharray", dash)
      """
  }

  enum Stroke { case axis, tick }
  func stroke(_ stroke: Stroke) -> HTML {
    switch (self, stroke) {
    case (.screen, .axis): " class=\"axis\""
    case (.screen, .tick): " class=\"tick\""
    case (.paper, .axis): " fill=\"none\" stroke=\"#6B6C66\" stroke-width=\"1\""
    case (.paper, .tick): " fill=\"none\" stroke=\"#DEDEDA\" stroke-width=\"1\""
    }
  }

  func text(isName: Bool) -> HTML {
    if self == .screen { return isName ? " class=\"name\"" : "" }
    return " font-family=\"sans-serif\" font-size=\"12\" fill=\"\(isName ? "#1B1C1A" : "#5A5B56")\""
  }
}

/// Points of a drawing, to a tenth: equal everywhere, and short.
enum Drawn {
  static func number(_ value: Double) -> String {
    guard value.isFinite, let tenths = Int64(exactly: (value * 10).rounded()) else { return "0" }
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  /// About how wide a text of 13 px is: the server has no fonts.
  static func width(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x20, 0xA0, 0x2C, 0x2E, 0x69, 0x6C, 0x31: sum + 4.5
      case 0..<0x80: sum + 7.2
      default: sum + 8
      }
    }
  }

  /// Broken at blanks to lines no wider than that; a single word that is wider stands alone.
  static func lines(_ text: String, width: Double) -> [String] {
    var lines: [String] = [], line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : "\(line) \(word)"
      if !line.isEmpty, Self.width(longer) > width {
        lines.append(line)
        line = String(word)
      } else { line = longer }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// As much as fits, with an ellipsis; the table beside has it whole.
  static func shortened(_ text: String, width: Double) -> String {
    guard self.width(text) > width else { return text }
    var kept = ""
    for character in text {
      if self.width("\(kept)\(character)…") > width { break }
      kept.append(character)
    }
    return "\(kept.trimmingBlanks)…"
  }

  /// Moved apart so that labels do not cover each other, as little as need be, within the room there is.
  static func apart(_ places: [Double], by gap: Double, within room: ClosedRange<Double>) -> [Double] {
    let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
    var moved = places
    var floor = room.lowerBound
    for index in order {
      moved[index] = max(places[index], floor)
      floor = moved[index] + gap
    }
    var ceiling = room.upperBound
    for index in order.reversed() {
      moved[index] = min(moved[index], ceiling)
      ceiling = moved[index] - gap
    }
    return moved
  }
}
