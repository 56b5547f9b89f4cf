import Domain
import Testing

@testable import Markup

@Suite struct ChartTests {
  static let formats = Formats(language: .en, zone: .utc)

  static func chart(_ form: Chart.Form, _ values: [[Double?]], categories: [String]? = nil, names: [String]? = nil, number: ChartNumber = .integer) -> Chart {
    let count = values.map(\.count).max() ?? 0
    return Chart(
      form, id: "c", title: "Kept & broken", summary: "By month", head: "Month", categories: categories ?? (0..<count).map { "M\($0 + 1)" },
      series: values.enumerated().map { Chart.Series(names?[$0.offset] ?? "Series \($0.offset + 1)", $0.element) }, number: number,
      empty: "Nothing yet", tableTitle: "The same as a table")
  }

  @Test(arguments: [
    (0.0...10.0, 1.0, [0.0, 5, 10]), (0...7, 1, [0, 2, 4, 6, 8]), (0...3, 1, [0, 1, 2, 3]), (0...1, 0.01, [0, 0.5, 1]),
    (0...0, 1, [0, 1]), (-3...7, 1, [-5, 0, 5, 10]), (-8...0, 1, [-8, -6, -4, -2, 0]), (0...1234, 1, [0, 500, 1000, 1500]),
    (0...0.93, 0.01, [0, 0.5, 1]), (0...999_999_999, 1, [0, 500_000_000, 1_000_000_000]),
  ])
  func scalesAreRound(range: ClosedRange<Double>, least: Double, ticks: [Double]) {
    #expect(ChartScale(range, least: least).ticks == ticks)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300, 1e15])
  func whatIsNoFigureIsNotDrawn(value: Double) {
    let chart = Self.chart(.bars, [[value]])
    #expect(chart.isEmpty)
    #expect(chart.html(Self.formats).string.contains("Nothing yet"))
  }

  @Test(arguments: [Chart.Form.lines, .bars, .stackedBars, .horizontalBars])
  func withoutFiguresItSaysSo(form: Chart.Form) {
    for values in [[], [[]], [[nil, nil]]] as [[[Double?]]] {
      let html = Self.chart(form, values).html(Self.formats).string
      #expect(html.contains("Nothing yet") && !html.contains("<svg"))
    }
  }

  @Test(arguments: [Chart.Form.lines, .bars, .stackedBars, .horizontalBars], [ChartInk.screen, .paper])
  func isAPictureWithWordsAndATable(form: Chart.Form, ink: ChartInk) {
    let chart = Self.chart(form, [[1, nil, 3], [2, 4, -5]], names: ["<Kept>", "Broken"])
    let html = (ink == .screen ? chart.html(Self.formats) : chart.paper(Self.formats)).string
    #expect(html.contains("role=\"img\"") && html.contains("<title id=\"c-t\">Kept &amp; broken</title>") && html.contains("<desc id=\"c-d\">By month</desc>"))
    #expect(html.contains("&lt;Kept&gt;") && !html.contains("<Kept>"))
    for text in ["<td class=\"num\">1</td>", "<td class=\"num\">–</td>", "<td class=\"num\">-5</td>", "<th scope=\"row\">M2</th>"] {
      #expect(html.contains(text), "\(text)")
    }
    #expect(html.contains(ink == .screen ? "class=\"s1\"" : "fill=\"#0B6663\""))
    #expect(ink == .screen || !html.contains("<details") && !html.contains("class=\"s1\""))
    #expect(html.components(of: "<svg xmlns") == (ink == .screen ? 2 : 1))
    // Nothing is drawn outside of its frame, and every number is one.
    #expect(!html.contains("nan") && !html.contains("inf"))
  }

  @Test func onePointIsADotAndAGapBreaksTheLine() {
    #expect(Self.chart(.lines, [[5]]).picture(Self.formats, .screen).string.contains("<circle"))
    let gap = Self.chart(.lines, [[1, 2, nil, 4]]).picture(Self.formats, .screen).string
    let path = gap.split(separator: "class=\"l s1\" d=\"").last?.prefix { $0 != "\"" } ?? ""
    #expect(path.count { $0 == "M" } == 2 && path.count { $0 == "L" } == 1)
    let many = Self.chart(.lines, [Array(repeating: 1, count: 60)]).picture(Self.formats, .screen).string
    #expect(!many.contains("<circle"))
  }

  @Test func negativeBarsHangFromZero() {
    let svg = Self.chart(.bars, [[-4, 4]]).picture(Self.formats, .screen).string
    let heights = svg.split(separator: "<rect").dropFirst().map { part in
      (y: Self.attribute("y", part), height: Self.attribute("height", part))
    }
    #expect(heights.count == 2)
    #expect(abs(heights[0].y - (heights[1].y + heights[1].height)) < 0.2)
    #expect(heights[0].height == heights[1].height)
  }

  @Test func stackedBarsStandOnEachOther() {
    let svg = Self.chart(.stackedBars, [[1], [2], [3]]).picture(Self.formats, .paper).string
    let bars = svg.split(separator: "<rect").dropFirst().prefix(3).map { (y: Self.attribute("y", $0), height: Self.attribute("height", $0)) }
    #expect(abs(bars[0].y - (bars[1].y + bars[1].height)) < 0.2)
    #expect(abs(bars[1].y - (bars[2].y + bars[2].height)) < 0.2)
  }

  @Test func longLabelsAreWrappedWhereThereIsRoomAndCutWhereThereIsNone() {
    let long = "Дирекция по взаимодействию с региональными подразделениями и партнёрами северо-западного округа"
    let lying = Self.chart(.horizontalBars, [[3]], categories: [long]).picture(Self.formats, .screen, isNarrow: true).string
    for word in long.split(separator: " ") { #expect(lying.contains(word), "\(word)") }
    let standing = Self.chart(.bars, [[3, 4, 5]], categories: [long, long, long])
    #expect(standing.picture(Self.formats, .screen).string.contains("…"))
    #expect(standing.html(Self.formats).string.contains("<th scope=\"row\">\(long)</th>"))
  }

  @Test func shortLabelsStandInTwoLinesWhereAllFit() {
    let names = ["0–7", "8–30", "Never contacted"]
    let svg = Self.chart(.bars, [[1, 2, 3]], categories: names).picture(Self.formats, .screen).string
    for text in [">0–7<", ">8–30<", ">Never contacted<"] { #expect(svg.contains(text)) }
    let narrow = Self.chart(.bars, [[1, 2, 3]], categories: names).picture(Self.formats, .screen, isNarrow: true).string
    for text in [">0–7<", ">8–30<", ">Never<", ">contacted<"] { #expect(narrow.contains(text)) }
  }

  @Test func labelsAreThinnedFromTheLast() {
    let names = (1...53).map { "Week \($0)" }
    let svg = Self.chart(.bars, [Array(repeating: 2, count: 53)], categories: names).picture(Self.formats, .screen).string
    #expect(svg.contains(">Week 53<") && !svg.contains(">Week 52<"))
  }

  @Test(arguments: [
    ([10.0, 11, 12], [10.0, 25, 40]), ([0, 100], [0, 100]), ([98, 99, 100], [70, 85, 100]), ([50, 50], [50, 65]),
  ])
  func namesKeepApart(places: [Double], moved: [Double]) { #expect(Drawn.apart(places, by: 15, within: 0...100) == moved) }

  @Test func theSameChartIsTheSameBytes() {
    let chart = Self.chart(.lines, [[0.1, 0.2, 0.7], [0.3, nil, 0.9]], number: .share)
    #expect(chart.html(Self.formats) == chart.html(Self.formats))
  }

  @Test(arguments: [(Language.en, "1,234.5", "45%"), (.ru, "1 234,5", "45 %"), (.pl, "1234,5", "45%"), (.bg, "1234,5", "45%")])
  func numbersAreTheLanguages(language: Language, decimal: String, share: String) {
    let formats = Formats(language: language, zone: .utc)
    func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }
    #expect(plain(ChartNumber.decimal(1).text(1234.5, formats)) == decimal)
    #expect(plain(ChartNumber.share.text(0.45, formats)) == share)
  }

  @Test func linksAreInTheTable() {
    var chart = Self.chart(.bars, [[1, 2]])
    chart.series[0].links = ["/a?x=1&y=2", nil]
    let html = chart.html(Self.formats).string
    #expect(html.contains("<a href=\"/a?x=1&amp;y=2\">1</a>"))
    #expect(!chart.paper(Self.formats).string.contains("<a "))
  }

  @Test(arguments: [(0, 1), (1, 1), (2, 1), (3, 2), (5, 3), (9, 5), (10, 5)])
  func heatHasFiveSteps(count: Int, step: Int) { #expect(HeatTable.step(count, of: 10) == step) }

  private static func attribute(_ name: String, _ text: Substring) -> Double {
    guard let start = text.range(of: " \(name)=\"") else { return .nan }
    return Double(text[start.upperBound...].prefix { $0 != "\"" }) ?? .nan
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}

extension Substring {
  fileprivate func range(of part: String) -> Range<Substring.Index>? { firstRange(of: part) }
}
