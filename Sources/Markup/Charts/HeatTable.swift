/// A heat map: a table with a number in every cell that leads to what is counted, coloured by how much it is in five steps. The
/// colour repeats the number and never replaces it.

import Domain

package struct HeatTable: Sendable {
  package struct Cell: Sendable {
    package let count: Int
    package let link: String?
    /// What the link says beyond the number: `3 calls in the week of 2 November`.
    package let label: String?
    package init(_ count: Int, link: String? = nil, label: String? = nil) { (self.count, self.link, self.label) = (count, link, label) }
  }
  package struct Row: Sendable {
    package let name: String
    package let cells: [Cell]
    package init(_ name: String, _ cells: [Cell]) { (self.name, self.cells) = (name, cells) }
  }

  package var id: String
  package var title: String
  package var head: String
  package var columns: [String]
  package var rows: [Row]
  package var empty: String

  package init(id: String, title: String, head: String, columns: [String], rows: [Row], empty: String) {
    (self.id, self.title, self.head, self.columns, self.rows, self.empty) = (id, title, head, columns, rows, empty)
  }

  package func html(_ formats: Formats) -> HTML {
    let most = rows.flatMap(\.cells).map(\.count).max() ?? 0
    guard most > 0 else { return "<p class=\"empty in\">\(empty)</p>" }
    let heads = columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
    let body = rows.map { row -> HTML in
      "<tr><th scope=\"row\">\(row.name)</th>\(row.cells.map { cell($0, most, formats) })</tr>"
    }
    return """
      <div class="scroll" role="region" aria-labelledby="\(id)-c" tabindex="0"><table class="heat"><caption id="\(id)-c">\(title)</caption>
      <thead><tr><th scope="col">\(head)</th>\(heads)</tr></thead><tbody>\(body)</tbody></table></div>
      """
  }

  private func cell(_ cell: Cell, _ most: Int, _ formats: Formats) -> HTML {
    guard cell.count > 0 else { return "<td><span class=\"none\">0</span></td>" }
    let tone = "h\(Self.step(cell.count, of: most))"
    guard let link = cell.link else { return "<td><span class=\"\(tone)\">\(formats.integer(cell.count))</span></td>" }
    return "<td><a class=\"\(tone)\" href=\"\(link)\"\(attr: "aria-label", cell.label)>\(formats.integer(cell.count))</a></td>"
  }

  /// 1 to 5, in even steps up to the most.
  static func step(_ count: Int, of most: Int) -> Int {
    guard most > 0, count > 0 else { return 1 }
    return min(5, max(1, Int((Double(count) / Double(most) * 5).rounded(.up))))
  }
}
