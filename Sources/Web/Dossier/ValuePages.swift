import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

extension Routes {
  enum Value {
    static let page = Route<Void>(.get, "/value", .may(.viewDossier))
  }
}

/// Dossiers over the whole base: the sums, and whom to look at: given much and earned little, never written of, not lately.
enum ValuePages {
  enum View: String, CaseIterable { case much, none, old }

  struct Model: Sendable {
    let view: View
    let sums: ValueSums
    let lines: [ValueLine]
    let next: ListCursor?
    let oldMonths: Int

    init(_ reader: Reader, _ view: View, _ cursor: ListCursor?) throws {
      self.view = view
      sums = try reader.valueSums()
      oldMonths = try reader.dossierSettings().oldMonths
      let page: ValuePage? =
        switch view {
        case .much: nil
        case .none: try reader.withoutDossier(after: cursor)
        case .old: try reader.oldDossiers(after: cursor)
        }
      lines = try page?.lines ?? reader.givenMuchEarnedLittle()
      next = page?.next
    }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Value.page) { call in
      let view = call.query["view"].flatMap(View.init) ?? .much
      let cursor = call.query["after"].flatMap { ListCursor($0) }
      return try await call.page({ try Model($0, view, cursor) }, { page($0, call) })
    }
  }

  private static func page(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    let tabs = View.allCases.map { view -> HTML in
      "<a href=\"\(Routes.Value.page())?view=\(view.rawValue)\"\(attr: "aria-current", view == model.view ? "page" : nil)>\(w("value.view.\(view.rawValue)"))</a>"
    }
    return Page(w("value.title"), place: .value, main: """
      <header class="head"><div><h1>\(w("value.title"))</h1><p class="sub">\(w("value.text"))</p></div></header>
      \(stats(model.sums, w))<nav class="tabs" aria-label="\(w("value.title"))">\(tabs)</nav>
      <p>\(w.count("value.explain.\(model.view.rawValue)", model.oldMonths))</p>
      \(model.lines.isEmpty ? empty(model, call) : table(model, call))
      """)
  }

  private static func stats(_ sums: ValueSums, _ w: Words) -> HTML {
    let open: HTML = sums.unconverted == 0 ? "" : "<dd class=\"meta\">\(w.count("dossier.glance_unconverted", sums.unconverted))</dd>"
    return """
      <dl class="stats"><div class="stat"><dt>\(w("value.clients"))</dt><dd>\(w.formats.integer(sums.clients))</dd></div>\
      <div class="stat"><dt>\(w("dossier.column.entries"))</dt><dd>\(w.formats.integer(sums.entries))</dd></div>\
      <div class="stat"><dt>\(w("dossier.headline.given"))</dt><dd>\(sum(sums.given, w))</dd>\(open)</div>\
      <div class="stat"><dt>\(w("dossier.headline.benefit"))</dt><dd>\(sum(sums.benefit, w))</dd></div></dl>
      """
  }

  private static func sum(_ total: Money, _ w: Words) -> String {
    let text = w.formats.money(total)
    return total.isLargestSum ? w("value.at_least", ["sum": text]) : text
  }

  private static func empty(_ model: Model, _ call: Call) -> HTML {
    "<div class=\"empty\">\(call.icon("value"))<p>\(call.words("value.empty.\(model.view.rawValue)"))</p><a class=\"button\" href=\"\(Routes.Clients.list())\">\(call.words("nav.clients"))</a></div>"
  }

  private static func table(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let code = ["currency": model.sums.given.currency.code]
    let heads: [(String, Bool)] =
      switch model.view {
      case .much: [(w("dossier.column.given", code), true), (w("value.paid", code), true), (w("value.share"), true), (w("dossier.column.benefit", code), true)]
      case .none: [(w("value.since"), false)]
      case .old: [(w("value.last"), false), (w("dossier.column.entries"), true), (w("dossier.column.given", code), true)]
      }
    let columns = heads.map { "<th scope=\"col\"\(attr: "class", $0.1 ? "num" : nil)>\($0.0)</th>" as HTML }
    let next: HTML = model.next.map { cursor in
      let url = Routes.Value.page() + URLText.query([("view", model.view.rawValue), ("after", cursor.text)])
      return "<nav class=\"list-end\" aria-label=\"\(w("value.pages"))\"><a class=\"button\" rel=\"next\" href=\"\(url)\">\(w("value.next"))</a></nav>"
    } ?? ""
    return """
      <div class="scroll gap" role="region" aria-labelledby="value-list" tabindex="0"><table><caption id="value-list" class="hide">\(w("value.view.\(model.view.rawValue)"))</caption>\
      <thead><tr><th scope="col">\(w("value.client"))</th><th scope="col">\(w("value.owner"))</th>\(columns)</tr></thead>
      <tbody>\(model.lines.map { row($0, model.view, w) })</tbody></table></div>\(next)
      """
  }

  private static func row(_ line: ValueLine, _ view: View, _ w: Words) -> HTML {
    let cells: HTML
    switch view {
    case .much:
      let paid = line.paid?.minor ?? 0
      let share = paid > 0 ? w.formats.percent(Double(line.given.minor) / Double(paid)) : "–"
      cells = """
        <td class="num">\(w.formats.amount(line.given))</td><td class="num">\(line.paid.map { w.formats.amount($0) } ?? "–")</td><td class="num">\(share)</td><td class="num">\(w.formats.amount(line.benefit))</td>
        """
    case .none: cells = "<td>\(w.dateTag(line.since))</td>"
    case .old:
      cells = """
        <td>\(line.lastDate.map { w.dateTag($0) } ?? "–")</td><td class="num">\(w.formats.integer(line.entries))</td><td class="num">\(w.formats.amount(line.given))</td>
        """
    }
    return """
      <tr><th scope="row"><a href="\(Routes.Dossier.page(line.id))">\(line.name)</a></th><td>\(line.owner ?? "–")</td>\(cells)</tr>
      """
  }
}
