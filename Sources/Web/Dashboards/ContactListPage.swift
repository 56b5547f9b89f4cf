import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The contacts behind a number of a dashboard, newest first.
enum ContactListPage {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let today = call.today
    let filter = ContactListFilter(pairs: call.query.pairs) ?? ContactListFilter(from: today.adding(days: -6), until: today)
    let cursor = cursor(call.query)
    return try await call.page({ try $0.contacts(filter, after: cursor) }, { view(call, filter, $0) })
  }

  private static func cursor(_ query: Query) -> ListCursor? {
    guard let at = query["at"].flatMap({ Int64($0) }), let id = query["id"].flatMap({ HistoryID($0) }) else { return nil }
    return ListCursor(.number(at), id: id.rawValue)
  }

  private static func view(_ call: Call, _ filter: ContactListFilter, _ page: ContactPage) -> Page {
    let w = call.words
    let range = w("dashboards.range", ["from": w.formats.date(filter.from), "until": w.formats.date(filter.until)])
    let channel = filter.channel.map { w("history.channel.\($0.rawValue)") }
    let heads = ["dashboards.when", "dashboards.client", "dashboards.channel", "dashboards.employee", "dashboards.about"]
    let table: HTML = page.lines.isEmpty ? "<p class=\"empty\">\(w("dashboards.no_contacts"))</p>" : """
      <div class="scroll" role="region" aria-labelledby="rows-c" tabindex="0" data-rows><table><caption id="rows-c" class="hide">\(w("dashboards.contacts"))</caption>
      <thead><tr>\(heads.map { "<th scope=\"col\">\(w($0))</th>" as HTML })</tr></thead><tbody>\(page.lines.map { row(call, $0) })</tbody></table></div>
      """
    return Page(w("dashboards.contacts"), place: .dashboards, main: """
      <nav class="crumb" aria-label="\(w("history.place"))"><a href="\(Routes.Dashboards.page())" data-key="u">\(call.icon("back"))\(w("dashboards.title"))</a></nav>
      <header class="head"><div><h1>\(w("dashboards.contacts"))</h1><p class="sub">\([range, channel].compactMap(\.self).joined(separator: " · "))</p></div></header>
      \(table)\(next(call, filter, page))
      """)
  }

  private static func next(_ call: Call, _ filter: ContactListFilter, _ page: ContactPage) -> HTML {
    guard let next = page.next, case .number(let at) = next.key else { return "" }
    let w = call.words
    let url = Routes.Dashboards.contacts() + URLText.query(filter.pairs + [("at", "\(at)"), ("id", "\(next.id)")])
    return "<nav class=\"list-end\" aria-label=\"\(w("settings.pages"))\"><span></span><a class=\"button\" href=\"\(url)\" rel=\"next\">\(w("settings.next"))</a></nav>"
  }

  private static func row(_ call: Call, _ line: ContactLine) -> HTML {
    let w = call.words
    let client: HTML = line.client.map { "<a href=\"\(Routes.Clients.page($0.id))\" data-open>\($0.name)</a>" } ?? "<span class=\"meta\">\(w("dashboards.client_elsewhere"))</span>"
    let direction: HTML = line.direction.map { "<span class=\"sub\">\(w("history.direction.\($0.rawValue)"))</span>" } ?? ""
    return """
      <tr data-row><td class="nowrap">\(w.dateTimeTag(line.occurredAt))</td><th scope="row">\(client)</th><td>\(w("history.channel.\(line.channel.rawValue)"))\(direction)</td>
      <td>\(line.author ?? "–")</td><td class="wide">\(line.subject)</td></tr>
      """
  }
}
