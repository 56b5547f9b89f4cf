import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// How mail leaves: the server, whether it is held, a test to oneself.
enum MailServerPage {
  struct Model { let row: MailServerRow, waiting: Int }

  @Sendable static func page(_ call: Call) async throws -> Response {
    try await call.fresh(model) { view(call, $0, Form(MailServerForm.pairs($0.row)), []) }
  }

  @Sendable static func change(_ call: Call) async throws -> Response {
    let form = try await call.form()
    guard call.site.mail.server == nil else { throw WebError.badRequest("the server is set where the program is started") }
    do { return try await save(form, call) } catch Refusal.conflict {
      let now = try await call.read { try $0.mailServer() }
      return call.answer(Conflict.mailServer(now, form, call).page(call, form), status: .conflict)
    }
  }

  private static func save(_ form: Form, _ call: Call) async throws -> Response {
    try await call.submit({
      let draft = try MailServerForm.parse(form, key: call.site.mail.key)
      try await call.write { try $0.changeMailServer(to: draft, version: Int(form["version"]) ?? 0) }
    }, again: { view(call, try await call.read(model), form, $0) }, then: {
      call.redirect(to: Routes.Mail.server(), said: "said.saved")
    })
  }

  /// A mail to oneself, by the same road as every other.
  @Sendable static func test(_ call: Call) async throws -> Response {
    let actor = try call.actor
    let token = call.site.newToken()
    try await call.write { tx in
      try tx.require(.manageInstallation)
      try tx.enqueueMail(MailDraft(.test, key: "test:\(token)", to: .account(actor.id), letter: letter, lifetime: Instant.hour))
    }
    return call.redirect(to: Routes.Mail.outbox(), said: "said.mail_queued")
  }

  private static var letter: Letter {
    Letter(
      subject: .words("mail.test_subject"), opening: [.words("mail.test_text")],
      action: LetterLink(.words("mail.test_link"), path: Routes.Mail.server()))
  }

  @Sendable static func hold(_ call: Call) async throws -> Response {
    try await call.write { try $0.holdMail() }
    return call.redirect(to: Routes.Mail.server(), said: "said.mail_held")
  }

  @Sendable static func release(_ call: Call) async throws -> Response {
    let drops = try await call.form()["waiting"] != "send"
    let place = call.site.mail.place
    try await call.write { try $0.releaseMail(at: place, dropsWaiting: drops) }
    return call.redirect(to: Routes.Mail.server(), said: "said.mail_released")
  }

  @Sendable private static func model(_ reader: Reader) throws -> Model {
    Model(row: try reader.mailServer(), waiting: try reader.waitingMail())
  }

  private static func view(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let settings = call.site.mail.server.map { fixed(call, $0) } ?? editor(call, model, &fields)
    return Settings.page(
      call, .mail, title: w("mail.title"), summary: fields.summary,
      actions: """
        <a class="button" href="\(Routes.Mail.outbox())">\(w("mail.outbox"))</a><a class="button" href="\(Routes.Mailboxes.list())">\(w("mailbox.title"))</a>
        """,
      "<div class=\"stack narrow\">\(held(call, model))\(trouble(call, model.row))\(settings)\(actions(call, model.row))</div>")
  }

  /// A copy sends nothing until told: the choice is in full before it is made.
  private static func held(_ call: Call, _ model: Model) -> HTML {
    guard let since = model.row.heldAt else { return "" }
    let w = call.words
    let because = model.row.heldBecause ?? .person
    let more = because != .person ? " " + w("mailbox.held_too") : ""
    let choice: HTML = model.waiting == 0 ? "" : """
      <fieldset class="field"><legend>\(w.count("mail.waiting_question", model.waiting))</legend><div class="choices">
      <label class="choice"><input type="radio" name="waiting" value="drop" checked><span>\(w("mail.waiting_drop")) <span class="hint">\(w("mail.waiting_drop_hint"))</span></span></label>
      <label class="choice"><input type="radio" name="waiting" value="send"><span>\(w("mail.waiting_send"))</span></label></div></fieldset>
      """
    return """
      <section class="card stack" aria-labelledby="held-h"><div class="note warn">\(call.icon("alert"))<p><b id="held-h">\(w("mail.held_title"))</b> \(w("mail.held_\(because.rawValue)", ["when": w.formats.dateTime(since)]))\(more)</p></div>
      <form class="stack" method="post" action="\(Routes.Mail.release())">\(choice)<div class="form-end"><button class="primary">\(w("mail.release"))</button></div></form></section>
      """
  }

  private static func trouble(_ call: Call, _ row: MailServerRow) -> HTML {
    guard !row.trouble.isEmpty, let at = row.troubleAt else { return "" }
    return """
      <div class="note danger">\(call.icon("alert"))<p>\(call.words("mail.trouble", ["when": call.words.formats.dateTime(at), "text": row.trouble]))</p></div>
      """
  }

  private static func fixed(_ call: Call, _ server: MailServer) -> HTML {
    let w = call.words
    return """
      <section class="card stack" aria-labelledby="fixed-h"><header><h2 id="fixed-h">\(w("mail.server"))</h2></header><p>\(w("mail.fixed"))</p>
      <dl class="defs"><dt>\(w("mail.host"))</dt><dd>\(server.host):\(server.port)</dd><dt>\(w("mail.security"))</dt><dd>\(w("mail.security_\(server.security.rawValue)"))</dd>
      <dt>\(w("mail.username"))</dt><dd>\(server.username.isEmpty ? "–" : server.username)</dd><dt>\(w("mail.sender_address"))</dt><dd>\(server.senderName) &lt;\(server.senderAddress)&gt;</dd></dl></section>
      """
  }

  private static func editor(_ call: Call, _ model: Model, _ fields: inout FormFields) -> HTML {
    let w = call.words
    let securities = MailSecurity.allCases.reversed().map { (value: $0.rawValue, text: w("mail.security_\($0.rawValue)"), hint: String?.some(w("mail.security_\($0.rawValue)_hint"))) }
    let hasSecret = model.row.secret != nil
    let drop: HTML = hasSecret ? fields.check("drop_secret", w("mail.drop_secret")) : ""
    return """
      <form class="card stack" method="post" action="\(Routes.Mail.changeServer())" aria-labelledby="server-h" novalidate data-dirty><header><h2 id="server-h">\(w("mail.server"))</h2></header>
      <div class="row">\(fields.text("host", w("mail.host"), hint: w("mail.host_hint")))\(fields.text("port", w("mail.port"), width: "w-8"))</div>
      \(fields.radios("security", w("mail.security"), securities))
      \(fields.text("username", w("mail.username"), isOptional: true))
      \(fields.text("secret", w("mail.secret"), type: "password", autocomplete: "new-password", hint: w(hasSecret ? "mail.secret_kept" : "mail.secret_hint"), isOptional: true))\(drop)
      \(fields.text("sender_name", w("mail.sender_name"), isOptional: true))
      \(fields.text("sender_address", w("mail.sender_address"), type: "email"))
      \(fields.text("per_minute", w("mail.per_minute"), hint: w("mail.per_minute_hint"), width: "w-20"))\(fields.hidden("version"))
      <div class="form-end"><button class="primary">\(w("settings.save"))</button></div></form>
      """
  }

  private static func actions(_ call: Call, _ row: MailServerRow) -> HTML {
    let w = call.words
    guard row.heldAt == nil else { return "" }
    let isSet = row.maySend(isReady: call.site.mail.server != nil)
    let hint: HTML = isSet ? "" : "<p class=\"hint\" id=\"test-why\">\(w("mail.test_first"))</p>"
    return """
      <section class="card stack" aria-labelledby="try-h"><header><h2 id="try-h">\(w("mail.try"))</h2></header>\(hint)<div class="actions">
      <form method="post" action="\(Routes.Mail.test())"><button\(attr: "disabled", if: !isSet)\(attr: "aria-describedby", isSet ? nil : "test-why")>\(w("mail.send_test"))</button></form>
      <form method="post" action="\(Routes.Mail.hold())"><button class="quiet">\(w("mail.hold"))</button></form></div></section>
      """
  }
}
