import Domain
import Hummingbird
import Markup
import Store

/// Handovers under way and past.
enum HandoverList {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let before = call.query["before"].flatMap(HandoverID.init)
    return try await call.page({ try $0.handovers(before: before, limit: 51) }) { view(call, $0) }
  }

  private static func view(_ call: Call, _ records: [HandoverRecord]) -> Page {
    let w = call.words
    let shown = records.prefix(50)
    let start = "<a class=\"button primary\" href=\"\(Routes.Handover.start())\" data-key=\"c\">\(w("handover.new"))</a>" as HTML
    let list: HTML = shown.isEmpty
      ? "<div class=\"empty\">\(call.icon("handover"))<p>\(w("handover.none"))</p>\(start)</div>" : table(call, Array(shown))
    let more: HTML = records.count > 50 ? shown.last.map { last in
      "<nav class=\"list-end\" aria-label=\"\(w("handover.pages"))\"><a class=\"button\" rel=\"next\" href=\"\(Routes.Handover.list() + URLText.query([("before", last.id.description)]))\">\(w("handover.older"))</a></nav>"
    } ?? "" : ""
    return Page(w("nav.handovers"), place: .handovers, main: """
      <header class="head"><div><h1>\(w("nav.handovers"))</h1><p class="sub">\(w("handover.sub"))</p></div>
      <div class="actions">\(shown.isEmpty ? "" as HTML : start)</div></header>\(list)\(more)
      """)
  }

  private static func table(_ call: Call, _ records: [HandoverRecord]) -> HTML {
    let w = call.words
    let rows = records.map { record -> HTML in
      let state = w("handover.state.\(record.state.rawValue)")
      let tone = record.state == .draft ? "chip warn" : record.state == .done ? "chip ok" : "chip"
      let count: HTML = record.doneAt == nil ? "" : "\(w.formats.integer(record.report.clients))"
      return """
        <tr data-row><th scope="row"><a href="\(Routes.Handover.page(record.id))" data-open>\(Handover.title(record, w))</a><span class="sub">\(record.maker)</span></th>
        <td class="nowrap">\(w.dayTag(record.doneAt ?? record.changedAt, now: call.now))</td><td class="num">\(count)</td><td><span class="\(tone)">\(state)</span></td></tr>
        """
    }
    return """
      <div class="scroll" role="region" aria-labelledby="cap" tabindex="0" data-rows><table><caption id="cap" class="hide">\(w("nav.handovers"))</caption>
      <thead><tr><th scope="col">\(w("handover.column.what"))</th><th scope="col">\(w("handover.column.when"))</th><th scope="col" class="num">\(w("clients.title"))</th><th scope="col">\(w("handover.column.state"))</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      """
  }
}
