import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The briefing of a client: a page to read before one talks with them, the same on paper and as PDF.
enum BriefingPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.briefing) { call, id in
      let response = try await call.page({ try $0.briefing(of: id) }) { page($0, call) }
      try call.saw(.party, id.rawValue)
      return response
    }
    book.on(Routes.Handover.briefingPDF) { call, id in
      let briefing = try await call.read { try $0.briefing(of: id) }
      try call.saw(.party, id.rawValue)
      let name = briefing.view.stored.draft.name
      let title = call.words("briefing.title", ["name": name])
      let main: HTML = "<h1>\(name)</h1><p class=\"lead\">\(BriefingHTML.head(briefing, call))</p>\(BriefingHTML.sections(briefing, call))"
      return try await call.pdf(FlatDocument(title, words: call.words, main: main), name: title)
    }
  }

  private static func page(_ briefing: Briefing, _ call: Call) -> Page {
    let w = call.words
    let client = briefing.view.stored
    let name = client.draft.name
    var page = Page(w("briefing.title", ["name": name]), place: .clients, main: """
      <nav class="crumb" aria-label="\(w("history.place"))"><a href="\(Routes.Clients.page(client.id))" data-key="u">\(call.icon("back"))\(name)</a></nav>
      <header class="head"><div><h1>\(w("briefing.title", ["name": name]))</h1><p class="line">\(BriefingHTML.head(briefing, call))</p></div>
      <div class="actions">\(tick(briefing, call))<a class="button" href="\(Routes.Handover.briefingPDF(client.id))" download>\(call.icon("download"))\(w("briefing.pdf"))</a></div></header>
      \(note(briefing, call))\(BriefingHTML.sections(briefing, call))
      """)
    page.sheets = ["handover"]
    return page
  }

  /// The successor says that it was read.
  private static func tick(_ briefing: Briefing, _ call: Call) -> HTML {
    guard let receipt = briefing.receipt else { return "" }
    let w = call.words
    if receipt.isRead {
      return "<form method=\"post\" action=\"\(Routes.Handover.unread(receipt.id))\"><button>\(w("handover.mark_unread"))</button></form>"
    }
    return """
      <form method="post" action="\(Routes.Handover.read(receipt.id))"><button class="primary" data-key="e">\(call.icon("check"))\(w("handover.mark_read"))</button></form>
      """
  }

  private static func note(_ briefing: Briefing, _ call: Call) -> HTML {
    guard let receipt = briefing.receipt, !receipt.note.isEmpty else { return "" }
    let from = receipt.from ?? call.words("handover.nobody")
    return "<div class=\"note info\">\(call.icon("handover"))<div><p>\(call.words("briefing.note_from", ["name": from]))</p><p class=\"text\">\(receipt.note)</p></div></div>"
  }
}
