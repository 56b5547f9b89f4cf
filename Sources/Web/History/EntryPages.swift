import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// One entry by itself, with its versions and what may be done to it; in a dialog only the latter.
enum EntryPages {
  struct Model: Sendable {
    let timeline: Timeline
    let entry: TimelineEntry
    let clientName: String
    let later: HistoryID?
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.History.entry) { call, id in
      try await call.page({ try Model($0, id) }) { model in
        try call.saw(.party, model.entry.clientID.rawValue)
        return page(model, call)
      }
    }
    book.on(Routes.History.pin) { call, id in try await pin(call, id, true) }
    book.on(Routes.History.unpin) { call, id in try await pin(call, id, false) }
  }

  private static func pin(_ call: Call, _ id: HistoryID, _ pinned: Bool) async throws -> Response {
    let client = try await call.write { tx in
      if pinned { try tx.pin(id) } else { try tx.unpin(id) }
      return try tx.entry(id).clientID
    }
    return call.redirect(to: Routes.Clients.page(client), said: pinned ? "said.pinned" : "said.unpinned")
  }

  private static func page(_ model: Model, _ call: Call) -> Page {
    let html = EntryHTML(model.timeline, party: model.entry.clientID, call)
    let title = html.title(model.entry)
    let list: HTML = "<ol class=\"timeline\">\(html.whole(model.entry, dated: true, linked: false))</ol>"
    return Page(title, place: .clients, main: call.isFragment ? dialog(model, title, call) : whole(model, title, list, call))
  }

  private static func whole(_ model: Model, _ title: String, _ list: HTML, _ call: Call) -> HTML {
    let w = call.words
    let later: HTML = model.later.map {
      "<div class=\"note info\">\(call.icon("info"))<p>\(w("history.replaced")) <a href=\"\(Routes.History.entry($0))\">\(w("history.open_later"))</a></p></div>"
    } ?? ""
    return """
      <nav class="crumb" aria-label="\(w("history.place"))"><a href="\(Routes.Clients.page(model.entry.clientID))" data-key="u">\(call.icon("back"))\(model.clientName)</a></nav>
      <header class="head"><div><h1>\(title)</h1><p class="sub">\(w.formats.dateTime(model.entry.occurredAt))</p></div></header>
      \(later)<section class="card">\(list)</section>
      <form class="actions gap" method="post" action="\(Routes.History.pin(model.entry.id))">\(buttons(model, call))</form>
      """
  }

  private static func dialog(_ model: Model, _ title: String, _ call: Call) -> HTML {
    let w = call.words
    return """
      <form class="stack" method="post" action="\(Routes.History.pin(model.entry.id))"><h2>\(title)</h2>
      <p class="meta">\(w.formats.dateTime(model.entry.occurredAt)) · \(model.clientName)</p>
      <div class="form-end">\(buttons(model, call))<a class="button" href="\(Routes.History.entry(model.entry.id))">\(call.icon("link"))\(w("history.open"))</a></div></form>
      """
  }

  private static func buttons(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let entry = model.entry
    guard let actor = call.signedIn?.actor, actor.may(.logContacts), model.later == nil else { return "" }
    var out = HTML()
    if actor.mayCorrect(entryBy: entry.authorID), entry.written != nil {
      out += "<a class=\"button\" href=\"\(Routes.History.correct(entry.id))\">\(call.icon("pencil"))\(w("history.correct"))</a>"
      out += "<a class=\"button\" href=\"\(Routes.History.withdraw(entry.id))\">\(call.icon("undo"))\(w("history.withdraw"))</a>"
    }
    if actor.mayCorrect(entryBy: entry.authorID), entry.kind == .withdrawal {
      out += "<button formaction=\"\(Routes.History.restore(entry.id))\">\(call.icon("refresh"))\(w("history.restore"))</button>"
    } else {
      let route = entry.isPinned ? Routes.History.unpin : Routes.History.pin
      out += "<button formaction=\"\(route(entry.id))\">\(call.icon("pin"))\(w(entry.isPinned ? "history.unpin" : "history.pin"))</button>"
    }
    if entry.written != nil {
      let url = Routes.Facts.new(entry.clientID) + URLText.query([("entry", entry.id.description)])
      out += "<a class=\"button\" href=\"\(url)\">\(call.icon("plus"))\(w("facts.from_entry"))</a>"
    }
    if actor.may(.editDossier), entry.kind != .withdrawal {
      out += "<button formaction=\"\(Routes.Dossier.fromHistory(entry.id))\">\(call.icon("value"))\(w("dossier.from_history"))</button>"
    }
    return out
  }
}

extension EntryPages.Model {
  init(_ reader: Reader, _ id: HistoryID) throws {
    timeline = try reader.entryPage(id)
    guard let entry = timeline.entries.first else { throw Refusal.notFound }
    self.entry = entry
    clientName = try reader.partyName(entry.clientID)
    later = entry.supersededBy
  }
}
