/// The drawing of a chart whose categories stand side by side: lines, bars, stacked bars, with the scale at the left and names at the
/// right of what they name.

import Domain

struct ChartPlot {
  let chart: Chart
  let formats: Formats
  let ink: ChartInk
  let width: Double
  /// Names in the drawing need room; a narrow one has them in a legend above.
  let hasNames: Bool
  let scale: ChartScale
  let height = 240.0
  private let left: Double, right: Double
  private let top = 12.0, bottom: Double
  /// Categories' names in two lines at most, where all of them fit under their bars; nil where they must be thinned out.
  private let wrapped: [[String]]?

  init(_ chart: Chart, _ formats: Formats, _ ink: ChartInk, isNarrow: Bool) {
    (self.chart, self.formats, self.ink) = (chart, formats, ink)
    width = isNarrow ? 320 : 640
    hasNames = !isNarrow && chart.series.count > 1 && chart.form != .bars
    scale = ChartScale(chart.range, least: chart.number.leastStep)
    let number = chart.number
    left = (scale.ticks.map { Drawn.width(number.text($0, formats)) }.max() ?? 0) + 10
    let names = hasNames ? chart.series.map { Drawn.width($0.name) }.max() ?? 0 : 0
    right = hasNames ? min(names + 14, width * 0.32) : 8
    let slot = (width - left - right) / Double(max(1, chart.categories.count)) - 6
    let lines = chart.categories.map { Drawn.lines($0, width: slot) }
    wrapped = lines.allSatisfy { $0.count <= 2 && $0.allSatisfy { Drawn.width($0) <= slot } } ? lines : nil
    bottom = wrapped?.contains { $0.count > 1 } == true ? 43 : 28
  }

  private var slot: Double { (width - left - right) / Double(max(1, chart.categories.count)) }
  private func x(_ category: Int) -> Double { left + (Double(category) + 0.5) * slot }
  private func y(_ value: Double) -> Double { height - bottom - scale.share(value) * (height - bottom - top) }

  var content: HTML { "\(grid)\(categoryLabels)\(figures)\(zero)\(names)" }

  private var grid: HTML {
    scale.ticks.map { tick -> HTML in
      let y = Drawn.number(y(tick))
      return """
        <path\(ink.stroke(.tick)) d="M\(Drawn.number(left)) \(y)H\(Drawn.number(width - right))"/><text\(ink.text(isName: false)) x="\(Drawn.number(left - 6))" y="\(y)" dy=".35em" text-anchor="end">\(chart.number.text(tick, formats))</text>
        """
    }.joined()
  }

  private var zero: HTML { "<path\(ink.stroke(.axis)) d=\"M\(Drawn.number(left)) \(Drawn.number(y(0)))H\(Drawn.number(width - right))\"/>" }

  private var categoryLabels: HTML {
    guard let wrapped else { return thinnedLabels }
    return wrapped.enumerated().map { index, lines -> HTML in
      lines.enumerated().map { line, text -> HTML in label(text, at: x(index), y: height - bottom + 20 + Double(line) * 15) }.joined()
    }.joined()
  }

  private func label(_ text: String, at x: Double, y: Double) -> HTML {
    "<text\(ink.text(isName: false)) x=\"\(Drawn.number(x))\" y=\"\(Drawn.number(y))\" text-anchor=\"middle\">\(text)</text>"
  }

  /// As many as fit, counted back from the last, which is the one that matters.
  private var thinnedLabels: HTML {
    let widest = chart.categories.map(Drawn.width).max() ?? 0
    let every = max(1, Int(((min(widest, 120) + 10) / max(slot, 1)).rounded(.up)))
    let room = slot * Double(every) - 6
    let last = chart.categories.count - 1
    return chart.categories.enumerated().filter { (last - $0.offset) % every == 0 }.map { index, label -> HTML in
      let text = Drawn.shortened(label, width: max(room, 24))
      // A label wider than its slot must not leave the drawing.
      let half = Drawn.width(text) / 2
      let place = min(max(x(index), half), width - half)
      return self.label(text, at: place, y: height - 8)
    }.joined()
  }

  private var figures: HTML {
    switch chart.form {
    case .lines: chart.series.indices.map(line).joined()
    case .stackedBars: chart.categories.indices.map(stack).joined()
    case .bars, .horizontalBars: chart.categories.indices.map(group).joined()
    }
  }

  /// Broken where nothing is known; a point by itself is a dot.
  private func line(_ series: Int) -> HTML {
    var path = "", dots: HTML = "", isDown = false
    for category in chart.categories.indices {
      guard let value = chart.value(series, category) else {
        isDown = false
        continue
      }
      let place = "\(Drawn.number(x(category))) \(Drawn.number(y(value)))"
      path += (isDown ? "L" : "M") + place
      isDown = true
      if chart.categories.count <= 31 || isAlone(series, category) {
        dots += "<circle\(ink.fill(series)) cx=\"\(Drawn.number(x(category)))\" cy=\"\(Drawn.number(y(value)))\" r=\"3\"/>"
      }
    }
    return path.isEmpty ? "" : "<path\(ink.line(series)) d=\"\(path)\"/>\(dots)"
  }

  private func isAlone(_ series: Int, _ category: Int) -> Bool {
    chart.value(series, category - 1) == nil && chart.value(series, category + 1) == nil
  }

  private var barWidth: Double { min(slot * 0.72, 56) }

  private func stack(_ category: Int) -> HTML {
    var (above, below) = (0.0, 0.0)
    return chart.series.indices.map { series -> HTML in
      guard let value = chart.value(series, category), value != 0 else { return "" }
      let base = value < 0 ? below : above
      if value < 0 { below += value } else { above += value }
      return bar(series, from: base, to: base + value, at: x(category) - barWidth / 2, width: barWidth)
    }.joined()
  }

  private func group(_ category: Int) -> HTML {
    let each = barWidth / Double(max(1, chart.series.count))
    return chart.series.indices.map { series -> HTML in
      guard let value = chart.value(series, category), value != 0 else { return "" }
      return bar(series, from: 0, to: value, at: x(category) - barWidth / 2 + each * Double(series), width: each)
    }.joined()
  }

  private func bar(_ series: Int, from: Double, to: Double, at x: Double, width: Double) -> HTML {
    let (upper, lower) = (min(y(from), y(to)), max(y(from), y(to)))
    return """
      <rect\(ink.fill(series)) x="\(Drawn.number(x))" y="\(Drawn.number(upper))" width="\(Drawn.number(max(width, 1)))" height="\(Drawn.number(max(lower - upper, 0.5)))"/>
      """
  }

  /// Each series' name beside the last of it.
  private var names: HTML {
    guard hasNames else { return "" }
    let places = chart.series.indices.map { series -> Double in
      guard chart.form == .stackedBars else { return y(lastValue(series) ?? 0) }
      return stackMiddle(series, chart.categories.count - 1)
    }
    let apart = Drawn.apart(places, by: 15, within: top...(height - bottom))
    let x = Drawn.number(width - right + 6)
    return chart.series.indices.map { series -> HTML in
      let name = Drawn.shortened(chart.series[series].name, width: right - 12)
      let y = Drawn.number(apart[series])
      return """
        <rect\(ink.fill(series)) x="\(Drawn.number(width - right + 1))" y="\(Drawn.number(apart[series] - 5))" width="3" height="10"/><text\(ink.text(isName: true)) x="\(x)" y="\(y)" dy=".35em">\(name)</text>
        """
    }.joined()
  }

  private func lastValue(_ series: Int) -> Double? { chart.categories.indices.reversed().lazy.compactMap { chart.value(series, $0) }.first }

  private func stackMiddle(_ series: Int, _ category: Int) -> Double {
    let below = (0..<series).reduce(0.0) { $0 + max(0, chart.value($1, category) ?? 0) }
    return y(below + max(0, chart.value(series, category) ?? 0) / 2)
  }
}
