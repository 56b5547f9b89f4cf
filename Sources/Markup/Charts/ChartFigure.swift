/// A chart on a page: the picture, wide and narrow (a drawing that shrinks to a phone cannot be read), and the table.

import Domain

extension Chart {
  /// For pages: coloured by the sheet `charts`, links in the table.
  package func html(_ formats: Formats) -> HTML {
    guard !isEmpty else { return "<figure class=\"chart\"><figcaption>\(title)</figcaption><p class=\"empty in\">\(empty)</p></figure>" }
    let table = ChartTable(chart: self, formats: formats).html
    let folded: HTML = isTableOpen ? table : "<details><summary>\(tableTitle)</summary>\(table)</details>"
    return """
      <figure class="chart"><figcaption>\(title)</figcaption>\(legend)
      \(svg(formats, .screen, isNarrow: false))\(svg(formats, .screen, isNarrow: true))
      \(folded)</figure>
      """
  }

  /// For paper and PDF: its own colours, no links, the table open below.
  package func paper(_ formats: Formats) -> HTML {
    guard !isEmpty else { return "<figure class=\"chart\"><figcaption>\(title)</figcaption><p>\(empty)</p></figure>" }
    return """
      <figure class="chart"><figcaption>\(title)</figcaption>
      \(svg(formats, .paper, isNarrow: false))
      \(ChartTable(chart: self, formats: formats, hasLinks: false).html)</figure>
      """
  }

  /// The picture alone, for where the figures stand in a table already.
  package func picture(_ formats: Formats, _ ink: ChartInk, isNarrow: Bool = false) -> HTML {
    isEmpty ? "" : svg(formats, ink, isNarrow: isNarrow)
  }

  private func svg(_ formats: Formats, _ ink: ChartInk, isNarrow: Bool) -> HTML {
    let name = isNarrow ? "\(id)-n" : id
    let (content, width, height): (HTML, Double, Double)
    if form == .horizontalBars {
      let bars = HorizontalBars(self, formats, ink, isNarrow: isNarrow)
      (content, width, height) = (bars.content, bars.width, bars.height)
    } else {
      let plot = ChartPlot(self, formats, ink, isNarrow: isNarrow)
      (content, width, height) = (plot.content, plot.width, plot.height)
    }
    let size = "0 0 \(Drawn.number(width)) \(Drawn.number(height))"
    let attributes: HTML = ink == .screen ? " class=\"\(isNarrow ? "slim" : "wide")\"" : " width=\"\(Drawn.number(width))\" height=\"\(Drawn.number(height))\""
    return """
      <svg xmlns="http://www.w3.org/2000/svg"\(attributes) role="img" aria-labelledby="\(name)-t \(name)-d" viewBox="\(size)"><title id="\(name)-t">\(title)</title><desc id="\(name)-d">\(summary)</desc>\(content)</svg>
      """
  }

  /// Which colour is which series, where the drawing has no room for their names.
  private var legend: HTML {
    guard series.count > 1 else { return "" }
    let isAlways = form == .bars || form == .horizontalBars
    let items = series.enumerated().map { index, one -> HTML in
      "<span><svg class=\"swatch\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"\(ChartInk.className(index))\" width=\"10\" height=\"10\"/></svg>\(one.name)</span>"
    }
    return "<p class=\"legend\(isAlways ? "" : " slim")\">\(items)</p>"
  }
}

/// The same figures in words and numbers.
struct ChartTable {
  let chart: Chart
  let formats: Formats
  var hasLinks = true

  var html: HTML {
    let heads = chart.series.map { "<th scope=\"col\" class=\"num\">\($0.name)</th>" as HTML }
    return """
      <div class="scroll" role="region" aria-labelledby="\(chart.id)-c" tabindex="0"><table><caption id="\(chart.id)-c" class="hide">\(chart.title)</caption>
      <thead><tr><th scope="col">\(chart.head)</th>\(heads)</tr></thead><tbody>\(chart.categories.indices.map(row))</tbody></table></div>
      """
  }

  private func row(_ category: Int) -> HTML {
    let cells = chart.series.indices.map { series -> HTML in
      guard let value = chart.value(series, category) else { return "<td class=\"num\">–</td>" }
      return "<td class=\"num\">\(linked(chart.number.text(value, formats), chart.series[series].links, category))</td>"
    }
    return "<tr><th scope=\"row\">\(linked(chart.categories[category], chart.categoryLinks, category))</th>\(cells)</tr>"
  }

  private func linked(_ text: String, _ links: [String?], _ index: Int) -> HTML {
    guard hasLinks, links.indices.contains(index), let link = links[index] else { return HTML(text) }
    return "<a href=\"\(link)\">\(text)</a>"
  }
}
