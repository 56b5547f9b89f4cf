import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Everyone with an account, and the invitation of someone new.
enum Users {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let closed = call.query["state"] == "closed"
    let after = call.query["after_id"].flatMap(AccountID.init).map { (name: call.query["after"] ?? "", id: $0) }
    return try await call.fresh({ try $0.accounts(closed: closed, after: after) }) { list(call, $0, closed: closed) }
  }

  @Sendable static func new(_ call: Call) async throws -> Response {
    let usual = try await call.site.store.installation()
    let actor = try call.actor
    let form = Form([
      ("role", Role.employee.rawValue), ("scope", Scope.own.rawValue),
      ("language", (usual?.language ?? actor.language).rawValue), ("zone", usual?.zone.name ?? actor.zone),
    ])
    return try await call.fresh({ try $0.teams() }) { view(call, form, teams: $0, []) }
  }

  @Sendable static func invite(_ call: Call) async throws -> Response {
    let form = try await call.form()
    let token = call.site.newToken()
    return try await call.submit({
      let draft = try UserFields.parse(form)
      return try await call.write { (try $0.invite(draft, tokenHash: Secret.hash(of: token)), draft) }
    }, again: { messages in
      let teams = try await call.read { try $0.teams() }
      return view(call, form, teams: teams, messages)
    }, then: { id, draft in
      call.answer(invited(call, id, draft.name, call.site.link(Routes.Accounts.invitation(), token), LinkPurpose.invitation))
        .withoutReferrer()
    })
  }

  /// The link, to hand over by whatever way is at hand.
  static func invited(_ call: Call, _ id: AccountID, _ name: String, _ link: String, _ purpose: LinkPurpose) -> Page {
    let w = call.words
    let text = purpose == .password ? w("settings.password_link_text") : w("settings.invitation_link_text")
    return Settings.page(call, .users, title: w("settings.link_for", ["name": name]), """
      <section class="card stack narrow"><p>\(text)</p>\(Settings.once(link, w))
      <div class="form-end"><a class="button" href="\(Routes.Settings.user(id))">\(w("settings.to_user"))</a><a class="button" href="\(Routes.Settings.users())">\(w("settings.to_users"))</a></div></section>
      """)
  }

  private static func view(_ call: Call, _ form: Form, teams: [TeamRow], _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body = UserFields.fields(&fields, call, teams: teams)
    return Settings.page(call, .users, title: w("settings.invite"), summary: fields.summary, """
      <form class="stack narrow" method="post" action="\(Routes.Settings.inviteUser())" novalidate data-dirty>\(body)
      <div class="form-end"><button class="primary">\(w("settings.make_invitation"))</button><a class="button" href="\(Routes.Settings.users())">\(w("settings.cancel"))</a></div></form>
      """)
  }

  private static func list(_ call: Call, _ page: AccountPage, closed: Bool) -> Page {
    let w = call.words
    let url = Routes.Settings.users()
    let next = page.next.map { next -> HTML in
      let query = URLText.query((closed ? [("state", "closed")] : []) + [("after", next.name), ("after_id", next.id.description)])
      return "<nav class=\"list-end\" aria-label=\"\(w("settings.pages"))\"><span></span><a class=\"button\" href=\"\(url)\(query)\" rel=\"next\">\(w("settings.next"))</a></nav>"
    }
    let heads = ["accounts.name", "settings.role", "settings.scope", "settings.team", "settings.state", "settings.seen"]
    let table: HTML = page.rows.isEmpty ? "<p class=\"empty\">\(w("settings.no_users"))</p>" : """
      <div class="scroll" role="region" aria-labelledby="users-c" tabindex="0" data-rows><table><caption id="users-c" class="hide">\(w("settings.users"))</caption>
      <thead><tr>\(heads.map { "<th scope=\"col\">\(w($0))</th>" as HTML })</tr></thead>
      <tbody>\(page.rows.map { row(call, $0) })</tbody></table></div>
      """
    return Settings.page(
      call, .users, title: w("settings.users"),
      actions: "<a class=\"button primary\" href=\"\(Routes.Settings.newUser())\" data-key=\"c\">\(w("settings.invite"))</a>", """
        <div class="stack"><p class="group"><a class="button" href="\(url)"\(attr: "aria-current", closed ? nil : "true")>\(w("settings.open_accounts"))</a><a class="button" href="\(url)?state=closed"\(attr: "aria-current", closed ? "true" : nil)>\(w("settings.closed_accounts"))</a></p>
        <div>\(table)\(next)</div></div>
        """)
  }

  private static func row(_ call: Call, _ account: AccountRow) -> HTML {
    let w = call.words
    let tone = account.state == .active ? "ok" : account.state == .invited ? "info" : ""
    let seen: HTML = account.seenAt.map { w.dayTag($0, now: call.now) } ?? "–"
    return """
      <tr data-row><th scope="row"><a href="\(Routes.Settings.user(account.id))" data-open>\(account.name)</a><span class="sub">\(account.email)</span></th>
      <td>\(w("role.\(account.rights.role.rawValue)"))</td><td>\(w("scope.\(account.rights.scope.rawValue)"))</td><td>\(account.teamName ?? "–")</td>
      <td><span class="chip \(tone)">\(w("settings.state_\(account.state.rawValue)"))</span></td><td>\(seen)</td></tr>
      """
  }
}
