/// Bars that lie: each category's whole name above its bars, its figures at their ends. For names of people and of any length.

import Domain

struct HorizontalBars {
  let chart: Chart
  let formats: Formats
  let ink: ChartInk
  let width: Double
  private let scale: ChartScale
  private let bar: Double
  private let rows: [Row]
  private let numbers: Double

  private struct Row { let lines: [String], top: Double }
  private static let lineHeight = 17.0

  var height: Double

  init(_ chart: Chart, _ formats: Formats, _ ink: ChartInk, isNarrow: Bool) {
    (self.chart, self.formats, self.ink) = (chart, formats, ink)
    width = isNarrow ? 320 : 640
    scale = ChartScale(chart.range, least: chart.number.leastStep)
    bar = chart.series.count > 1 ? 10 : 14
    var top = 0.0
    var rows: [Row] = []
    for category in chart.categories {
      let lines = Drawn.lines(category, width: width - 8)
      rows.append(Row(lines: lines, top: top))
      top += Double(lines.count) * Self.lineHeight + Double(chart.series.count) * (bar + 2) + 10
    }
    self.rows = rows
    height = max(top, 20)
    let texts = chart.series.indices.flatMap { series in chart.categories.indices.compactMap { chart.value(series, $0) } }
    numbers = (texts.map { Drawn.width(chart.number.text($0, formats)) }.max() ?? 0) + 10
  }

  private var hasNegative: Bool { scale.low < 0 }
  private func x(_ value: Double) -> Double {
    let start = hasNegative ? numbers : 1
    return start + scale.share(value) * (width - numbers - start)
  }

  var content: HTML {
    let zero = Drawn.number(x(0))
    return "\(rows.indices.map(row).joined())<path\(ink.stroke(.axis)) d=\"M\(zero) 0V\(Drawn.number(height - 6))\"/>"
  }

  private func row(_ category: Int) -> HTML {
    let row = rows[category]
    let label = row.lines.enumerated().map { index, line -> HTML in
      "<text\(ink.text(isName: true)) x=\"\(Drawn.number(hasNegative ? 1 : 4))\" y=\"\(Drawn.number(row.top + 13 + Double(index) * Self.lineHeight))\">\(line)</text>"
    }.joined()
    let first = row.top + Double(row.lines.count) * Self.lineHeight + 2
    return label + chart.series.indices.map { figure($0, category, y: first + Double($0) * (bar + 2)) }.joined()
  }

  private func figure(_ series: Int, _ category: Int, y: Double) -> HTML {
    guard let value = chart.value(series, category) else { return "" }
    let (from, to) = (min(x(0), x(value)), max(x(0), x(value)))
    let end = value < 0 ? from - 6 : to + 6
    return """
      <rect\(ink.fill(series)) x="\(Drawn.number(from))" y="\(Drawn.number(y))" width="\(Drawn.number(max(to - from, value == 0 ? 0 : 0.5)))" height="\(Drawn.number(bar))"/><text\(ink.text(isName: false)) x="\(Drawn.number(end))" y="\(Drawn.number(y + bar / 2))" dy=".35em"\(attr: "text-anchor", value < 0 ? "end" : nil)>\(chart.number.text(value, formats))</text>
      """
  }
}
