import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The first page of a new installation: the company, and its owner's account. Opened by the link that the first start prints.
enum Welcome {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let token = call.query["token"] ?? ""
    _ = try await call.site.store.linkHolder(.owner, tokenHash: Secret.hash(of: token), at: call.now)
    let language = call.words.language
    let form = Form([
      ("token", token), ("language", language.rawValue), ("country", usualCountry(language)),
    ])
    return call.answer(view(call, form, [])).withoutReferrer()
  }

  @Sendable static func send(_ call: Call) async throws -> Response {
    let form = try await call.doorForm()
    let tokenHash = Secret.hash(of: form["token"])
    _ = try await call.site.store.linkHolder(.owner, tokenHash: tokenHash, at: call.now)
    return try await call.submit({ () -> Actor in
      let entry = try parse(form)
      let hash = try await call.site.passwords.newHash(entry.password)
      return try await call.site.store.createOwner(
        entry.owner, passwordHash: hash, installation: entry.installation, tokenHash: tokenHash, at: call.now)
    }, again: { view(call, form, $0) }, then: { try await call.startSession($0.id, to: Routes.home()) })
  }

  struct Entry { let installation: Installation, owner: AccountDraft, password: String }

  private static func parse(_ form: Form) throws -> Entry {
    var v = Validation()
    let installation = InstallationFields.parse(form, into: &v)
    let name = v.text(form["name"], field: "name", required: true)
    let email = v.parsed(form["email"], field: "email", key: "accounts.email_wrong", required: true) { EmailAddress($0) }
    let password = PasswordFields.parse(form, email: email?.text ?? "", into: &v)
    try v.check()
    guard let installation, let name, let email else { throw InvalidForm(v.messages) }
    let owner = AccountDraft(
      name: name, email: email, rights: AccountRights(role: .owner, scope: .all), language: installation.language,
      zone: installation.zone)
    return Entry(installation: installation, owner: owner, password: password)
  }

  private static func view(_ call: Call, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body: HTML = """
      <form class="stack" method="post" action="\(call.doorAction(Routes.Accounts.begin()))" novalidate>
      <section class="card stack" aria-labelledby="company-h"><h2 id="company-h">\(w("accounts.company_section"))</h2>
      \(InstallationFields.fields(&fields, call))</section>
      <section class="card stack" aria-labelledby="owner-h"><h2 id="owner-h">\(w("accounts.owner_section"))</h2>
      \(fields.text("name", w("accounts.name"), autocomplete: "name"))
      \(fields.text("email", w("accounts.email"), type: "email", autocomplete: "username"))
      \(PasswordFields.fields(&fields, w))</section>
      \(fields.hidden("token"))
      <div class="form-end"><button class="primary">\(w("accounts.begin"))</button></div>
      </form>
      """
    let intro: HTML = "<p>\(w("accounts.welcome_text"))</p>"
    return call.doorPage(w("accounts.welcome"), width: nil, summary: fields.summary, intro + body)
  }

  private static func usualCountry(_ language: Language) -> String {
    switch language {
    case .en: "GB"
    case .ru: "RU"
    case .pl: "PL"
    case .bg: "BG"
    }
  }
}
