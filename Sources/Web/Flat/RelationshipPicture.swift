import Domain
import Markup

/// The years of a relationship as one picture: who decided, which projects ran, what was given and gained and when, and the sums of
/// each year. Drawn by the server as SVG with attributes of its own, so that screen, paper and PDF show the same; classes change
/// colours on a dark screen. Every kind of mark has its own shape and its name beside it, and the figures stand in the tables.
struct RelationshipPicture {
  private let subject: PictureSubject
  private let today: CalendarDate
  private let w: Words
  private let scale: TimeScale
  private var y = 18.0

  static let width = 720.0
  static let gutter = 132.0

  /// Nil where nothing happened that has a day.
  init?(_ subject: PictureSubject, today: CalendarDate, words: Words) {
    let days = subject.days.values.joined() + subject.projects.flatMap { [$0.from, $0.until].compactMap(\.self) }
    guard !days.isEmpty, let first = (days + [subject.head.period.first ?? subject.since].compactMap(\.self)).min(),
      let last = (days + [min(subject.head.period.last ?? today, today)]).max(),
      let scale = TimeScale(from: first.year, through: last.year, left: Self.gutter, right: Self.width - 6)
    else { return nil }
    (self.subject, self.today, w, self.scale) = (subject, today, words, scale)
  }

  func html() -> HTML {
    var drawing = self
    let body = drawing.bodies().joined()
    let height = Int(drawing.y.rounded(.up))
    let title = w("sheet.picture_title", ["client": subject.head.client])
    let text = w("sheet.picture_text", ["from": "\(scale.years.lowerBound)", "until": "\(scale.years.upperBound)"])
    return """
      <figure class="picture"><div class="swipe" role="region" aria-label="\(title)" tabindex="0"><svg role="img" aria-label="\(title)" viewBox="0 0 720 \(height)" width="720" height="\(height)" font-family="Noto Sans, DejaVu Sans, sans-serif" font-size="9"><title>\(title)</title><desc>\(text)</desc>
      \(grid(height))\(body)</svg></div><figcaption>\(text)</figcaption></figure>
      """
  }

  private mutating func bodies() -> [HTML] { [managers(), projects()] + DossierSection.written.map { marks($0) } + [sums()] }

  /// A line for each new year, the year's number over its middle; where years are many, over every second or fifth.
  private func grid(_ height: Int) -> HTML {
    let step = scale.yearWidth >= 26 ? 1 : scale.yearWidth >= 13 ? 2 : 5
    return scale.years.map { year -> HTML in
      let line: HTML = "<line class=\"g\" x1=\"\(n(scale.start(year)))\" y1=\"16\" x2=\"\(n(scale.start(year)))\" y2=\"\(height)\" stroke=\"#dededa\" stroke-width=\"0.6\"/>"
      guard (year - scale.years.lowerBound) % step == 0 else { return line }
      return line + text(scale.start(year) + scale.yearWidth / 2, 11, "\(year)", anchor: "middle", muted: true)
    }.joined()
  }
}

// Bars: managers and projects.
extension RelationshipPicture {
  /// On the page; `PictureSubject.Bar` is in days.
  private struct Bar { let name: String, from: Double, until: Double }

  private mutating func managers() -> HTML {
    let bars = subject.managers.map { Bar(name: $0.name, from: $0.from.map(scale.x) ?? scale.left, until: scale.x($0.until ?? today)) }
    return lanes(bars, w("sheet.picture_managers"), fill: "#e0f1ef", edge: "#0b6663", of: "m")
  }

  private mutating func projects() -> HTML {
    let bars = subject.projects.compactMap { project -> Bar? in
      guard let from = project.from ?? project.until else { return nil }
      return Bar(name: project.name, from: scale.x(from), until: scale.x(project.until ?? max(from, today)))
    }
    return lanes(bars, w("sheet.picture_projects"), fill: "#e7f0fb", edge: "#1a5da6", of: "p")
  }

  /// Each bar in the first row that is free where the bar and its name stand.
  private mutating func lanes(_ bars: [Bar], _ label: String, fill: String, edge: String, of kind: String) -> HTML {
    guard !bars.isEmpty else { return "" }
    let rowHeight = 17.0, top = y + 4
    var ends: [Double] = []
    var out = text(0, top + 11, label)
    for bar in bars.sorted(by: { $0.from < $1.from }) {
      let width = max(3, bar.until - bar.from)
      let name = name(of: bar, width)
      // Beyond twelve rows the picture would outgrow a page; the table has them all.
      let row = ends.firstIndex { $0 + 3 <= name.from } ?? min(ends.count, 11)
      if row < ends.count { ends[row] = max(ends[row], name.until) } else { ends.append(name.until) }
      let rowTop = top + Double(row) * rowHeight
      out += "<rect class=\"\(kind)\" x=\"\(n(bar.from))\" y=\"\(n(rowTop))\" width=\"\(n(width))\" height=\"14\" rx=\"2\" fill=\"\(fill)\" stroke=\"\(edge)\" stroke-width=\"0.8\"/>"
      out += text(name.x, rowTop + 10.5, name.text, anchor: name.anchor)
    }
    y = top + Double(ends.count) * rowHeight + 2
    return out
  }

  /// The name of a bar, and from where to where both stand together.
  private struct Name { let text: String, x: Double, anchor: String?, from: Double, until: Double }

  /// Within the bar, after it where there is room, else where there is most.
  private func name(of bar: Bar, _ width: Double) -> Name {
    let end = bar.from + width, size = 9.0, whole = TextWidth.of(bar.name, size: size), within = width - 6
    if whole <= within { return Name(text: bar.name, x: bar.from + 4, anchor: nil, from: bar.from, until: end) }
    let after = min(150, scale.right - end - 6), before = min(150, bar.from - scale.left - 6)
    let most = after >= min(whole, 150) ? after : max(after, before, within)
    let text = TextWidth.fitted(bar.name, size: size, most: most), long = TextWidth.of(text, size: size)
    if most == after { return Name(text: text, x: end + 4, anchor: nil, from: bar.from, until: end + 6 + long) }
    if most == before { return Name(text: text, x: bar.from - 4, anchor: "end", from: bar.from - 6 - long, until: end) }
    return Name(text: text, x: bar.from + 4, anchor: nil, from: bar.from, until: end)
  }
}

// Marks and sums.
extension RelationshipPicture {
  private mutating func marks(_ section: DossierSection) -> HTML {
    let days = (subject.days[section] ?? []).map { scale.x($0) }
    let middle = y + 10
    y += 20
    var out = MarkShape.draw(section, 6, middle) + text(16, middle + 3.2, w("sheet.short.\(section.rawValue)"))
    out += "<line class=\"g\" x1=\"\(n(scale.left))\" y1=\"\(n(middle))\" x2=\"\(n(scale.right))\" y2=\"\(n(middle))\" stroke=\"#dededa\" stroke-width=\"0.6\"/>"
    for group in MarkShape.grouped(days) {
      out += MarkShape.draw(section, group.x, middle)
      if group.count > 1 { out += text(group.x + 6, middle - 2.5, "\(group.count)", size: 7.5) }
    }
    return out
  }

  /// Two columns a year: given (solid) and benefit (outlined), with their sums where there is room.
  private mutating func sums() -> HTML {
    let years = subject.years.filter { scale.years.contains($0.year) }
    let most = years.map { max($0.given.total.minor, $0.benefit.total.minor) }.max() ?? 0
    guard most > 0 else { return "" }
    let tall = 64.0, top = y + 18, base = top + tall, column = min(26, scale.yearWidth * 0.38)
    y = base + 8
    var out = legend(top)
    for year in years {
      let middle = scale.start(year.year) + scale.yearWidth / 2
      for (sum, x, isGiven) in [(year.given.total, middle - column, true), (year.benefit.total, middle, false)] where sum.minor > 0 {
        let height = max(1, tall * Double(sum.minor) / Double(most))
        let paint: HTML = isGiven ? "class=\"b\" fill=\"#0b6663\"" : "class=\"o\" fill=\"#ffffff\" stroke=\"#0b6663\" stroke-width=\"1.2\""
        out += "<rect \(paint) x=\"\(n(x + 1))\" y=\"\(n(base - height))\" width=\"\(n(column - 2))\" height=\"\(n(height))\"/>"
        let (whole, rest) = sum.minor.quotientAndRemainder(dividingBy: sum.currency.scale)
        let label = w.formats.integer(whole + (rest * 2 >= sum.currency.scale ? 1 : 0))
        if TextWidth.of(label, size: 7.5) <= scale.yearWidth / 2 {
          out += text(x + column / 2, base - height - 2.5, label, size: 7.5, anchor: "middle")
        }
      }
    }
    return out + "<line class=\"a\" x1=\"\(n(scale.left))\" y1=\"\(n(base))\" x2=\"\(n(scale.right))\" y2=\"\(n(base))\" stroke=\"#85857e\" stroke-width=\"0.8\"/>"
  }

  private func legend(_ top: Double) -> HTML {
    let code = subject.head.base.code
    return """
      <rect class="b" x="0" y="\(n(top + 8))" width="10" height="10" fill="#0b6663"/>\(text(16, top + 16.5, w("sheet.picture_given", ["currency": code])))
      <rect class="o" x="0.6" y="\(n(top + 25))" width="9" height="9" fill="#ffffff" stroke="#0b6663" stroke-width="1.2"/>\(text(16, top + 33, w("sheet.picture_benefit", ["currency": code])))
      """
  }

  private func text(_ x: Double, _ y: Double, _ words: String, size: Double = 9, anchor: String? = nil, muted: Bool = false) -> HTML {
    """
    <text x="\(n(x))" y="\(n(y))"\(attr: "font-size", size == 9 ? nil : n(size))\(attr: "text-anchor", anchor)\(attr: "class", muted ? "q" : nil) fill="\(muted ? "#5a5b56" : "#1b1c1a")">\(words)</text>
    """
  }

  private func n(_ number: Double) -> String { PictureNumber.text(number) }
}
