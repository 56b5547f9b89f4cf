import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What came to me by handovers: each client with its briefing, a tick when it is read.
enum ReceivedPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.received) { call in
      let all = call.query["show"] == "all"
      let before = call.query["before"].flatMap(ReceivedID.init)
      return try await call.page({ reader in
        (try reader.received(unreadOnly: !all, before: before), try reader.unreadBriefings())
      }) { view(call, $0.0, unread: $0.1, all: all) }
    }
    book.on(Routes.Handover.read) { call, id in try await tick(call, id, read: true) }
    book.on(Routes.Handover.unread) { call, id in try await tick(call, id, read: false) }
  }

  private static func tick(_ call: Call, _ id: ReceivedID, read: Bool) async throws -> Response {
    let form = try await call.form()
    let client = try await call.write { try $0.markBriefing(id, read: read) }
    let back = localPath(form["return_to"]) ?? (read ? Routes.Handover.received() : Routes.Handover.briefing(client))
    return call.redirect(to: back, said: read ? "said.briefing_read" : "said.briefing_unread")
  }

  private static func view(_ call: Call, _ page: ReceivedPage, unread: Int, all: Bool) -> Page {
    let w = call.words
    let path = Routes.Handover.received()
    let tabs: HTML = """
      <nav class="tabs" aria-label="\(w("handover.received"))"><a href="\(path)"\(attr: "aria-current", all ? nil : "page")>\(w("handover.received_unread")) <span class="count">\(w.formats.integer(unread))</span></a>
      <a href="\(path)?show=all"\(attr: "aria-current", all ? "page" : nil)>\(w("handover.received_all"))</a></nav>
      """
    let list: HTML = page.clients.isEmpty ? """
      <div class="empty">\(call.icon("inbox"))<p>\(w(all ? "handover.received_none" : "handover.received_all_read"))</p>\
      <a class="button" href="\(all ? Routes.Clients.list() : path + "?show=all")">\(w(all ? "clients.title" : "handover.received_all"))</a></div>
      """ : "<ul class=\"items\" data-rows>\(page.clients.map { row($0, all: all, call) })</ul>"
    let more: HTML = page.next.map { next in
      let query = URLText.query((all ? [("show", "all")] : []) + [("before", next.description)])
      return "<nav class=\"list-end\" aria-label=\"\(w("handover.pages"))\"><a class=\"button\" rel=\"next\" href=\"\(path + query)\">\(w("handover.older"))</a></nav>"
    } ?? ""
    return Page(w("handover.received"), place: .received, main: """
      <header class="head"><div><h1>\(w("handover.received"))</h1><p class="sub">\(w("handover.received_sub"))</p></div></header>
      \(tabs)\(list)\(more)
      """)
  }

  private static func row(_ client: ReceivedClient, all: Bool, _ call: Call) -> HTML {
    let w = call.words
    let from = client.from.map { w("handover.received_from", ["name": $0]) }
    let met = client.introducedAt == nil ? w("handover.not_met") : nil
    let meta = [from, w.day(client.at, now: call.now), met].compactMap(\.self).joined(separator: " · ")
    let note: HTML = client.note.isEmpty ? "" : "<p class=\"text\">\(client.note)</p>"
    let back: HTML = all ? "<input type=\"hidden\" name=\"return_to\" value=\"\(Routes.Handover.received())?show=all\">" : ""
    let tick: HTML = client.readAt == nil ? """
      <form method="post" action="\(Routes.Handover.read(client.id))">\(back)<button class="small" data-key-row="e" aria-label="\(w("handover.mark_read_named", ["name": client.name]))">\(call.icon("check"))\(w("handover.mark_read"))</button></form>
      """ : "<span class=\"chip ok\">\(call.icon("check"))\(w("handover.read"))</span>"
    return """
      <li data-row><div><b><a href="\(Routes.Handover.briefing(client.clientID))" data-open>\(client.name)</a></b><p class="meta">\(meta)</p>\(note)</div>
      <div class="actions">\(tick)<a class="button small" href="\(Routes.Clients.page(client.clientID))" aria-label="\(w("handover.open_client", ["name": client.name]))">\(w("handover.client_page"))</a></div></li>
      """
  }
}
