/// A plot as data: what is shown, in which form. It is drawn by the server as SVG, with the same figures as a table; the same chart
/// gives the same bytes.

package import Domain

package struct Chart: Sendable {
  package enum Form: Sendable { case lines, bars, stackedBars, horizontalBars }

  package struct Series: Sendable {
    package var name: String
    /// One for each category; nil where nothing is known, which is not zero.
    package var values: [Double?]
    /// Where each figure leads, from the table.
    package var links: [String?]
    package init(_ name: String, _ values: [Double?], links: [String?] = []) {
      (self.name, self.values, self.links) = (name, values, links)
    }
  }

  package var form: Form
  /// Unique on its page.
  package var id: String
  package var title: String
  /// What a reader who does not see it should know; the table says the rest.
  package var summary: String
  /// What the categories are, above the table's first column: `Month`.
  package var head: String
  package var categories: [String]
  package var categoryLinks: [String?]
  package var series: [Series]
  package var number: ChartNumber
  /// The top of the scale where it is known: 1 for a share.
  package var top: Double?
  /// Said in place of a plot without figures.
  package var empty: String
  /// The table's words: `The same as a table`.
  package var tableTitle: String
  /// Whether the table stands open below the plot or is unfolded on demand.
  package var isTableOpen: Bool

  package init(
    _ form: Form, id: String, title: String, summary: String, head: String, categories: [String], categoryLinks: [String?] = [],
    series: [Series], number: ChartNumber = .integer, top: Double? = nil, empty: String, tableTitle: String, isTableOpen: Bool = false
  ) {
    (self.form, self.id, self.title, self.summary, self.head) = (form, id, title, summary, head)
    (self.categories, self.categoryLinks, self.series, self.number) = (categories, categoryLinks, series, number)
    (self.top, self.empty, self.tableTitle, self.isTableOpen) = (top, empty, tableTitle, isTableOpen)
  }

  /// The figure, or nil where there is none or it is no number.
  func value(_ series: Int, _ category: Int) -> Double? {
    guard self.series.indices.contains(series), self.series[series].values.indices.contains(category),
      let value = self.series[series].values[category], value.isFinite, abs(value) < 1e15
    else { return nil }
    return value
  }

  var isEmpty: Bool { !series.indices.contains { one in categories.indices.contains { value(one, $0) != nil } } }

  /// The lowest and highest point that is drawn; zero is always among them, so that lengths can be compared.
  var range: ClosedRange<Double> {
    var (low, high) = (0.0, top ?? 0)
    for category in categories.indices {
      var (below, above) = (0.0, 0.0)
      for one in series.indices {
        guard let value = value(one, category) else { continue }
        if form == .stackedBars {
          if value < 0 { below += value } else { above += value }
        } else {
          (below, above) = (min(below, value), max(above, value))
        }
      }
      (low, high) = (min(low, below), max(high, above))
    }
    return low...high
  }
}

/// How figures are written.
package enum ChartNumber: Sendable, Hashable {
  case integer
  case decimal(Int)
  /// A share of one: `45%`.
  case share
  /// In the currency's smallest units.
  case money(Currency)

  func text(_ value: Double, _ formats: Formats) -> String {
    switch self {
    case .integer: formats.decimal(value, digits: 0)
    case .decimal(let digits): formats.decimal(value, digits: digits)
    case .share: formats.percent(value)
    case .money(let currency): formats.amount(Money(minor: Int64(exactly: value.rounded()) ?? 0, currency: currency))
    }
  }

  /// The smallest distance between two lines of the scale that are written differently.
  var leastStep: Double {
    switch self {
    case .integer: 1
    case .decimal(let digits): (0..<min(max(digits, 0), 6)).reduce(1) { step, _ in step / 10 }
    case .share: 0.01
    case .money(let currency): Double(currency.scale)
    }
  }
}
