import Domain
import Markup
import Store

/// The mail server's form. The secret is typed, sealed, and never shown again: an empty field keeps the one there is.
enum MailServerForm {
  static func pairs(_ row: MailServerRow) -> [(String, String)] {
    [
      ("host", row.host), ("port", "\(row.port)"), ("security", row.security.rawValue), ("username", row.username),
      ("sender_name", row.senderName), ("sender_address", row.senderAddress), ("per_minute", "\(row.perMinute)"), ("version", "\(row.version)"),
    ]
  }

  static func parse(_ form: Form, key: SealKey?) throws -> MailServerDraft {
    var v = Validation()
    let host = v.parsed(form["host"], field: "host", key: "mail.host_wrong", required: true) { MailServer.isHost($0) ? $0 : nil }
    let port = v.parsed(form["port"], field: "port", key: "mail.port_wrong", required: true) { number($0, in: 1...65_535) }
    let security = v.parsed(form["security"], field: "security", key: "field.unknown", required: true) { MailSecurity(rawValue: $0) }
    let username = v.text(form["username"], field: "username", max: 200) ?? ""
    let address = v.parsed(form["sender_address"], field: "sender_address", key: "mail.address_wrong", required: true) { EmailAddress($0) }
    let name = v.text(form["sender_name"], field: "sender_name", max: 100) ?? ""
    let rate = v.parsed(form["per_minute"], field: "per_minute", key: "mail.rate_wrong", required: true) { number($0, in: 1...6000) }
    let typed = form.all("secret").last ?? ""
    let sealed = typed.isEmpty ? nil : key?.seal(String(typed.prefix(1000)))
    if !typed.isEmpty, sealed == nil { v.fail("secret", key: "mail.no_key") }
    try v.check()
    guard let host, let port, let security, let address, let rate else { throw InvalidForm(v.messages) }
    return MailServerDraft(
      host: host, port: port, security: security, username: username, secret: sealed, dropsSecret: form.isOn("drop_secret"), senderName: name,
      senderAddress: address.text, perMinute: rate)
  }

  private static func number(_ text: String, in range: ClosedRange<Int>) -> Int? { Int(text).flatMap { range.contains($0) ? $0 : nil } }
}

extension Conflict {
  static func mailServer(_ theirs: MailServerRow, _ mine: Form, _ call: Call) -> Conflict {
    let w = call.words
    let names = ["host", "port", "security", "username", "sender_name", "sender_address", "per_minute"].map { (field: $0, label: "mail.\($0)") }
    var fields = FormFields(call, Form([("drop_secret", mine["drop_secret"])]), [])
    var rest: HTML = ""
    if mine.text("secret") != nil {
      rest += fields.text(
        "secret", w("mail.secret"), type: "password", autocomplete: "new-password", hint: w("mail.secret_again"), isOptional: true)
    }
    if mine.isOn("drop_secret") { rest += fields.check("drop_secret", w("mail.drop_secret")) }
    return Conflict(
      tab: .mail, action: Routes.Mail.changeServer(), names: names, theirs: MailServerForm.pairs(theirs), version: theirs.version, rest: rest
    ) { field, value in
      field == "security" && MailSecurity(rawValue: value) != nil ? w("mail.security_\(value)") : value
    }
  }
}
