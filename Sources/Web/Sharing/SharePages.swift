import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The links of a client: made, listed with how often they were opened, withdrawn.
enum SharePages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Shares.list) { call, client in
      try await call.fresh({ try Model($0, client) }) { model in
        view(call, client, model, ShareForm.fresh(model.language ?? call.words.language, today: call.today), [])
      }
    }
    book.on(Routes.Shares.create, create)
    book.on(Routes.Shares.withdraw) { call, id in
      let (client, undo) = try await call.write { tx in (try tx.share(id).clientID, try tx.withdrawShare(id)) }
      return call.redirect(to: Routes.Shares.list(client), undo: undo)
    }
  }

  struct Model: Sendable {
    let name: String
    let language: Language?
    let links: [ShareLink]

    init(_ reader: Reader, _ client: ClientID) throws {
      links = try reader.shares(of: client)
      name = try reader.partyName(client)
      language = try reader.storedClient(client).draft.language
    }
  }

  @Sendable private static func create(_ call: Call, _ client: ClientID) async throws -> Response {
    let form = try await call.form()
    let token = call.site.newToken()
    return try await call.submit({ () -> Bool in
      let (draft, code) = try ShareForm.draft(form, today: call.today)
      var codeHash: String?
      if let code { codeHash = await call.site.passwords.hash(code) }
      let hash = codeHash
      _ = try await call.write { try $0.createShare(draft, of: client, tokenHash: Secret.hash(of: token), codeHash: hash) }
      return hash != nil
    }, again: { messages in
      view(call, client, try await call.read { try Model($0, client) }, form, messages)
    }, then: { hasCode in
      made(call, client, call.site.settings.baseURL + Routes.Shared.page(token), hasCode)
    })
  }

  private static func made(_ call: Call, _ client: ClientID, _ url: String, _ hasCode: Bool) -> Response {
    let w = call.words
    let code: HTML = hasCode ? "<p>\(w("sharing.made_code"))</p>" : ""
    return call.answer(Page(w("sharing.made"), place: .clients, main: """
      \(crumb(call, client, w("sharing.title")))<header class="head"><div><h1>\(w("sharing.made"))</h1></div></header>
      <section class="card stack narrow"><p>\(w("sharing.made_text"))</p>\(Settings.once(url, w))\(code)
      <div class="form-end"><a class="button" href="\(Routes.Shares.list(client))">\(w("sharing.to_links"))</a></div></section>
      """))
  }

  private static func crumb(_ call: Call, _ client: ClientID, _ name: String) -> HTML {
    """
    <nav class="crumb" aria-label="\(call.words("history.place"))"><a href="\(Routes.Clients.page(client))" data-key="u">\(call.icon("back"))\(name)</a></nav>
    """
  }
}

extension SharePages {
  private static func view(_ call: Call, _ client: ClientID, _ model: Model, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let new: HTML = call.may(.showToClient) ? newForm(call, client, &fields) : ""
    let list: HTML = model.links.isEmpty
      ? "<p class=\"empty in\">\(w("sharing.none"))</p>" : "<ul class=\"items\">\(model.links.map { item(call, $0) })</ul>"
    return Page(w("sharing.title_for", ["name": model.name]), place: .clients, main: """
      \(fields.summary)\(crumb(call, client, model.name))
      <header class="head"><div><h1>\(w("sharing.title"))</h1><p class="sub">\(model.name)</p></div>
      <div class="actions"><a class="button" href="\(Routes.DossierFiles.print(client))">\(call.icon("eye"))\(w("sharing.as_client"))</a></div></header>
      <div class="stack"><section class="card narrow" aria-labelledby="links-h"><header><h2 id="links-h">\(w("sharing.title"))</h2></header>\(list)</section>\(new)</div>
      """)
  }

  private static func newForm(_ call: Call, _ client: ClientID, _ fields: inout FormFields) -> HTML {
    let w = call.words
    return """
      <form class="card stack narrow" method="post" action="\(Routes.Shares.create(client))" aria-labelledby="new-h" novalidate><h2 id="new-h">\(w("sharing.new"))</h2>
      <p>\(w("sharing.new_text"))</p>
      \(fields.text("recipient", w("sharing.recipient"), hint: w("sharing.recipient_hint"), isOptional: true))
      <div class="row">\(fields.select("language", w("sharing.language"), Choices.languages, width: "w-12"))\
      \(fields.text("last_day", w("sharing.last_day"), type: "date", hint: w("sharing.last_day_hint"), width: "w-12"))</div>
      <div class="row">\(fields.text("period", w("sharing.period"), hint: w("sharing.period_hint"), width: "w-12", isOptional: true))\
      \(fields.text("code", w("sharing.code"), hint: w("sharing.code_hint"), width: "w-20", isOptional: true))</div>
      \(fields.check("files", w("sharing.files")))
      <div class="form-end"><button class="primary">\(w("sharing.create"))</button></div></form>
      """
  }

  private static func item(_ call: Call, _ link: ShareLink) -> HTML {
    let w = call.words, name = link.recipient.isEmpty ? w("sharing.for_nobody") : link.recipient
    let isOpen = link.state(at: call.now) == .open
    let action: HTML = isOpen && call.may(.showToClient) ? """
      <form method="post" action="\(Routes.Shares.withdraw(link.id))"><button class="small danger" aria-label="\(w("sharing.withdraw_named", ["name": name]))">\(w("sharing.withdraw"))</button></form>
      """ : ""
    let facts = [state(call, link), w("sharing.created", ["date": w.formats.date(link.createdAt), "name": link.creator])]
    return """
      <li><div><b>\(name)</b><p class="meta">\(facts.joined(separator: " · "))</p><p class="meta">\(use(call, link))</p>\
      <p class="chips"><span class="chip">\(link.language.ownName)</span>\(link.hasCode ? "<span class=\"chip\">\(w("sharing.with_code"))</span>" as HTML : "")</p></div>
      <div class="actions">\(action)</div></li>
      """
  }

  private static func state(_ call: Call, _ link: ShareLink) -> String {
    let w = call.words
    // The last day, not the midnight after it.
    let last = w.formats.date(link.endsAt.adding(milliseconds: -1))
    return switch link.state(at: call.now) {
    case .open: w("sharing.state.open", ["date": last])
    case .ended: w("sharing.state.ended", ["date": last])
    case .withdrawn:
      w("sharing.state.withdrawn", ["date": w.formats.date(link.withdrawnAt ?? link.createdAt), "name": link.withdrawer ?? ""])
    }
  }

  private static func use(_ call: Call, _ link: ShareLink) -> String {
    let w = call.words
    guard let last = link.lastViewedAt else { return w("sharing.never") }
    var parts = [w.count("sharing.views", link.views), w("sharing.last_view", ["date": w.formats.dateTime(last)])]
    if link.downloads > 0 { parts.append(w.count("sharing.downloads", link.downloads)) }
    return parts.joined(separator: ", ")
  }
}
