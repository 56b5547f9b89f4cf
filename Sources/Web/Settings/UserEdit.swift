import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// One account: its fields, a link to come in, its end and its return.
enum UserEdit {
  struct Model { let account: AccountRow, teams: [TeamRow], clients: Int }

  @Sendable static func page(_ call: Call, _ id: AccountID) async throws -> Response {
    try await call.fresh({ try model($0, id) }) { view(call, $0, Form(UserFields.pairs($0.account)), []) }
  }

  @Sendable static func change(_ call: Call, _ id: AccountID) async throws -> Response {
    let form = try await call.form()
    do {
      return try await call.submit({
        let draft = try UserFields.parse(form)
        try await call.write { try $0.changeAccount(id, to: draft, version: Int(form["version"]) ?? 0) }
      }, again: { messages in
        view(call, try await call.read { try model($0, id) }, form, messages)
      }, then: {
        call.site.sessions.forgetAll()
        return call.redirect(to: Routes.Settings.user(id), said: "said.saved")
      })
    } catch Refusal.conflict {
      let now = try await call.read { try model($0, id) }
      return call.answer(Conflict.account(now.account, call).page(call, form), status: .conflict)
    }
  }

  @Sendable static func link(_ call: Call, _ id: AccountID) async throws -> Response {
    let token = call.site.newToken()
    let (purpose, name) = try await call.write { tx in
      (try tx.renewLink(for: id, tokenHash: Secret.hash(of: token)), try tx.account(id).name)
    }
    return call.answer(Users.invited(call, id, name, call.site.accessLink(purpose, token: token), purpose)).withoutReferrer()
  }

  @Sendable static func close(_ call: Call, _ id: AccountID) async throws -> Response {
    let version = Int(try await call.form()["version"]) ?? 0
    _ = try await call.write { try $0.closeAccount(id, version: version) }
    call.site.sessions.forgetAll()
    return call.redirect(to: Routes.Settings.user(id), said: "said.account_closed")
  }

  @Sendable static func reopen(_ call: Call, _ id: AccountID) async throws -> Response {
    let version = Int(try await call.form()["version"]) ?? 0
    try await call.write { try $0.reopenAccount(id, version: version) }
    call.site.sessions.forgetAll()
    return call.redirect(to: Routes.Settings.user(id), said: "said.account_reopened")
  }

  private static func model(_ reader: Reader, _ id: AccountID) throws -> Model {
    try reader.require(.manageAccounts)
    return Model(account: try reader.account(id), teams: try reader.teams(), clients: try reader.clientsOwned(by: id))
  }

  private static func view(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    let account = model.account
    let isOpen = account.state != .closed
    let isMine = call.signedIn.map { AccountRules.isFor($0.actor, account.rights.role) } ?? false
    var fields = FormFields(call, form, messages)
    let body: HTML = isOpen && isMine ? """
      <form class="stack" method="post" action="\(Routes.Settings.changeUser(account.id))" novalidate data-dirty>\(UserFields.fields(&fields, call, teams: model.teams))\(fields.hidden("version"))
      <div class="form-end"><button class="primary">\(w("settings.save"))</button></div></form>
      """ : """
      <p>\(account.email)</p><p>\(w("role.\(account.rights.role.rawValue)"))</p>
      \(isOpen ? "<p class=\"note info\">\(w("error.account_owners_only.text"))</p>" : "" as HTML)
      """
    return Settings.page(call, .users, title: account.name, summary: fields.summary, """
      <div class="split"><div>\(body)</div><div class="stack">\(isMine ? actions(call, model) : "" as HTML)</div></div>
      """)
  }

  private static func actions(_ call: Call, _ model: Model) -> HTML {
    let w = call.words
    let account = model.account
    let version: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(account.version)\">"
    let handOver: HTML = call.may(.handOver) ? """
      <p><a class="button" href="\(Routes.Handover.start() + URLText.query([("from", account.id.description)]))">\(call.icon("handover"))\(w("handover.new"))</a></p>
      """ : ""
    let owned: HTML = model.clients == 0 ? "" : "<p>\(w.count("settings.still_owns", model.clients))</p>\(handOver)"
    guard account.state != .closed else {
      return """
        <section class="card stack" aria-labelledby="state-h"><h2 id="state-h">\(w("settings.state_closed"))</h2>\(owned)
        <form method="post" action="\(Routes.Settings.reopenUser(account.id))">\(version)<button>\(w("settings.reopen"))</button></form></section>
        """
    }
    let isSelf = account.id == call.signedIn?.actor.id
    let link = account.hasPassword ? ("settings.password_link", "settings.password_link_hint") : ("settings.invitation_link", "settings.invitation_link_hint")
    let closing: HTML = isSelf ? "" : """
      <section class="card stack" aria-labelledby="close-h"><h2 id="close-h">\(w("settings.close_account"))</h2><p>\(w("settings.close_hint"))</p>\(owned)
      <form method="post" action="\(Routes.Settings.closeUser(account.id))">\(version)<button class="danger">\(w("settings.close_account"))</button></form></section>
      """
    return """
      <p><a class="button" href="\(Routes.Settings.userHours(account.id))">\(call.icon("clock"))\(w("today.hours_title"))</a></p>
      <section class="card stack" aria-labelledby="link-h"><h2 id="link-h">\(w(link.0))</h2><p>\(w(link.1))</p>
      <form method="post" action="\(Routes.Settings.userLink(account.id))"><button>\(w("settings.make_link"))</button></form></section>
      \(closing)
      """
  }
}
