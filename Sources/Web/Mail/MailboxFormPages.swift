import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// A mailbox set up, and changed.
enum MailboxFormPages {
  struct Model { let mailbox: Mailbox?, keepers: [MailboxForm.Keeper] }

  @Sendable static func new(_ call: Call) async throws -> Response {
    let form = try MailboxForm.fresh(call)
    return try await call.fresh({ try model($0) }) { view(call, $0, form, []) }
  }

  @Sendable static func add(_ call: Call) async throws -> Response {
    let form = try await call.form()
    return try await call.submit({
      let draft = try MailboxForm.parse(form, key: call.site.mail.key, isNew: true)
      _ = try await call.write { try $0.addMailbox(draft) }
    }, again: { view(call, try await call.read { try model($0) }, form, $0) }, then: {
      call.redirect(to: Routes.Mailboxes.list(), said: "said.mailbox_added")
    })
  }

  @Sendable static func page(_ call: Call, _ id: MailboxID) async throws -> Response {
    try await call.fresh({ try model($0, id) }) { view(call, $0, kept($0), []) }
  }

  @Sendable static func change(_ call: Call, _ id: MailboxID) async throws -> Response {
    let form = try await call.form()
    do {
      return try await call.submit({
        let draft = try MailboxForm.parse(form, key: call.site.mail.key, isNew: false)
        try await call.write { try $0.changeMailbox(id, to: draft, version: Int(form["version"]) ?? 0) }
      }, again: { view(call, try await call.read { try model($0, id) }, form, $0) }, then: {
        call.redirect(to: Routes.Mailboxes.list(), said: "said.saved")
      })
    } catch Refusal.conflict {
      let now = try await call.read { try model($0, id) }
      guard let theirs = now.mailbox else { throw Refusal.notFound }
      var mine = form
      mine.set("folders", form["folders"].split(whereSeparator: \.isNewline).joined(separator: "\n"))
      return call.answer(Conflict.mailbox(theirs, mine, keepers: now.keepers, call).page(call, mine), status: .conflict)
    }
  }

  /// What it lacks to be read is asked for in its form.
  @Sendable static func resume(_ call: Call, _ id: MailboxID) async throws -> Response {
    let version = Int(try await call.form()["version"]) ?? 0
    return try await call.submit({
      try await call.write { try $0.resumeMailbox(id, version: version) }
    }, again: { messages in
      let now = try await call.read { try model($0, id) }
      return view(call, now, kept(now), messages)
    }, then: {
      call.redirect(to: Routes.Mailboxes.list(), said: "said.mailbox_resumed")
    })
  }

  @Sendable private static func model(_ reader: Reader, _ id: MailboxID? = nil) throws -> Model {
    let mailbox = try id.map { try reader.mailbox($0) }
    return Model(mailbox: mailbox, keepers: try reader.mailboxKeepers(with: mailbox?.accountID ?? reader.actor.id))
  }

  private static func kept(_ model: Model) -> Form { Form(model.mailbox.map(MailboxForm.pairs) ?? []) }

  private static func view(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body = MailboxForm.fields(&fields, call, keepers: model.keepers, hasSecret: model.mailbox?.hasSecret)
    let action = model.mailbox.map { Routes.Mailboxes.change($0.id) } ?? Routes.Mailboxes.add()
    let version = model.mailbox == nil ? "" : fields.hidden("version")
    return Settings.page(call, .mail, title: model.mailbox?.address ?? w("mailbox.new"), summary: fields.summary, """
      <form class="card stack narrow" method="post" action="\(action)" novalidate data-dirty>\(body)\(version)
      <div class="form-end"><button class="primary">\(w(model.mailbox == nil ? "mailbox.add" : "settings.save"))</button><a class="button" href="\(Routes.Mailboxes.list())">\(w("settings.cancel"))</a></div></form>
      """)
  }
}
