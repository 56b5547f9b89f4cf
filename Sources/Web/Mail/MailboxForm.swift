import Domain
import Markup
import Store

/// A mailbox's form. The password is typed, sealed, and never shown again: an empty field keeps the one there is.
enum MailboxForm {
  static func fresh(_ call: Call) throws -> Form {
    Form([
      ("account", "\(try call.actor.id)"), ("takes", MailboxTakes.all.rawValue), ("port", "993"), ("security", MailSecurity.tls.rawValue),
      ("folders", MailboxFolder.inbox), ("since", call.today.description),
    ])
  }

  static func pairs(_ mailbox: Mailbox) -> [(String, String)] {
    [
      ("address", mailbox.address), ("account", "\(mailbox.accountID)"), ("takes", mailbox.takes.rawValue), ("host", mailbox.host),
      ("port", "\(mailbox.port)"), ("security", mailbox.security.rawValue), ("username", mailbox.username),
      ("folders", mailbox.folders.joined(separator: "\n")), ("since", mailbox.since.description), ("version", "\(mailbox.version)"),
    ]
  }

  static func parse(_ form: Form, key: SealKey?, isNew: Bool) throws -> MailboxDraft {
    var v = Validation()
    let address = v.parsed(form["address"], field: "address", key: "mail.address_wrong", required: true) { EmailAddress($0) }
    let account = v.parsed(form["account"], field: "account", key: "mailbox.keeper_wrong", required: true) { AccountID($0) }
    let takes = v.parsed(form["takes"], field: "takes", key: "field.unknown", required: true) { MailboxTakes(rawValue: $0) }
    let host = v.parsed(form["host"], field: "host", key: "mailbox.host_wrong", required: true) { MailServer.isHost($0) ? $0 : nil }
    let port = v.parsed(form["port"], field: "port", key: "mail.port_wrong", required: true) { text in
      Int(text).flatMap { 1...65_535 ~= $0 ? $0 : nil }
    }
    let security = v.parsed(form["security"], field: "security", key: "field.unknown", required: true) { MailSecurity(rawValue: $0) }
    let username = v.parsed(form["username"], field: "username", key: "mailbox.username_wrong", required: true) { text in
      text.unicodeScalars.count <= 200 && isPlain(text) ? text : nil
    }
    let secret = secret(form, key, isNew, &v)
    let names = folders(form["folders"])
    if names == nil { v.fail("folders", key: "mailbox.folders_wrong", slots: ["most": "\(MailboxFolder.most)"]) }
    let since = v.parsed(form["since"], field: "since", key: "mailbox.since_wrong", required: true) { CalendarDate($0) }
    try v.check()
    guard let address, let account, let takes, let host, let port, let security, let username, let names, let since else {
      throw InvalidForm(v.messages)
    }
    return MailboxDraft(
      address: address, account: account, takes: takes, host: host, port: port, security: security, username: username, secret: secret,
      folders: names, since: since)
  }

  private static func secret(_ form: Form, _ key: SealKey?, _ isNew: Bool, _ v: inout Validation) -> [UInt8]? {
    let typed = form.all("secret").last ?? ""
    guard !typed.isEmpty else {
      if isNew { v.fail("secret", key: "field.required") }
      return nil
    }
    guard typed.unicodeScalars.count <= 1000, isPlain(typed) else {
      v.fail("secret", key: "mailbox.secret_wrong")
      return nil
    }
    let sealed = key?.seal(typed)
    if sealed == nil { v.fail("secret", key: "mail.no_key") }
    return sealed
  }

  /// One on each line, each once.
  private static func folders(_ text: String) -> [String]? {
    var names: [String] = []
    for line in text.split(whereSeparator: \.isNewline) where !line.trimmingBlanks.isEmpty {
      guard let name = MailboxFolder.name(line) else { return nil }
      if !names.contains(name) { names.append(name) }
    }
    return 1...MailboxFolder.most ~= names.count ? names : nil
  }

  /// What goes to the server in a line of its own.
  private static func isPlain(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } }
}

extension MailboxForm {
  typealias Keeper = (id: AccountID, name: String)

  /// All fields; the password's hint says whether one is kept.
  static func fields(_ fields: inout FormFields, _ call: Call, keepers: [Keeper], hasSecret: Bool?) -> HTML {
    let w = call.words
    let chosen = fields.form["account"]
    let nobody = keepers.contains { "\($0.id)" == chosen } ? [] : [(value: "", text: w("mailbox.choose_keeper"))]
    let people = nobody + keepers.map { (value: "\($0.id)", text: $0.name) }
    let takes = MailboxTakes.allCases.map { (value: $0.rawValue, text: w("mailbox.takes_\($0.rawValue)"), hint: String?.some(w("mailbox.takes_\($0.rawValue)_hint"))) }
    let securities = MailSecurity.allCases.reversed().map { security in
      (value: security.rawValue, text: w("mail.security_\(security.rawValue)"), hint: String?.some(w("mailbox.security_\(security.rawValue)_hint")))
    }
    let secretHint = hasSecret == true ? "mail.secret_kept" : "mail.secret_hint"
    return """
      \(fields.text("address", w("mailbox.address"), type: "email", hint: w("mailbox.address_hint")))
      \(fields.radios("takes", w("mailbox.takes"), takes))
      \(fields.select("account", w("mailbox.keeper"), people, hint: w("mailbox.keeper_hint")))
      <div class="row">\(fields.text("host", w("mail.host"), hint: w("mailbox.host_hint")))\(fields.text("port", w("mail.port"), width: "w-8"))</div>
      \(fields.radios("security", w("mail.security"), securities))
      \(fields.text("username", w("mail.username"), hint: w("mailbox.username_hint")))
      \(fields.text("secret", w("mail.secret"), type: "password", autocomplete: "new-password", hint: w(secretHint), isOptional: hasSecret == true))
      \(fields.area("folders", w("mailbox.folders"), hint: w("mailbox.folders_hint")))
      \(fields.text("since", w("mailbox.since"), type: "date", hint: w("mailbox.since_hint"), width: "w-20"))
      """
  }
}

extension Conflict {
  static func mailbox(_ theirs: Mailbox, _ mine: Form, keepers: [MailboxForm.Keeper], _ call: Call) -> Conflict {
    let w = call.words
    let names = [
      ("address", "mailbox.address"), ("takes", "mailbox.takes"), ("account", "mailbox.keeper"), ("host", "mail.host"), ("port", "mail.port"),
      ("security", "mail.security"), ("username", "mail.username"), ("folders", "mailbox.folders"), ("since", "mailbox.since"),
    ]
    var fields = FormFields(call, Form(), [])
    let rest: HTML = mine.text("secret") == nil ? "" : fields.text(
      "secret", w("mail.secret"), type: "password", autocomplete: "new-password", hint: w("mail.secret_again"), isOptional: true)
    let people = Dictionary(
      keepers.map { ("\($0.id)", $0.name) } + [("\(theirs.accountID)", theirs.accountName)], uniquingKeysWith: { first, _ in first })
    return Conflict(
      tab: .mail, action: Routes.Mailboxes.change(theirs.id), names: names, theirs: MailboxForm.pairs(theirs), version: theirs.version,
      rest: rest
    ) { field, value in
      switch field {
      case "account": people[value] ?? value
      case "takes" where MailboxTakes(rawValue: value) != nil: w("mailbox.takes_\(value)")
      case "security" where MailSecurity(rawValue: value) != nil: w("mail.security_\(value)")
      case "since": CalendarDate(value).map { w.formats.date($0) } ?? value
      default: value
      }
    }
  }
}
