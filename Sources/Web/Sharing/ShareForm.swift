import Domain
import Store

/// A link as typed, read once.
enum ShareForm {
  static func draft(_ form: Form, today: CalendarDate) throws(InvalidForm) -> (ShareDraft, code: String?) {
    var v = Validation()
    let recipient = v.text(form["recipient"], field: "recipient", max: ShareDraft.recipientLimit)
    let language = v.parsed(form["language"], field: "language", key: "field.unknown", required: true) { Language(rawValue: $0) }
    let period = v.parsed(form["period"], field: "period", key: "sharing.error.period") { DossierPeriod($0) }
    let lastDay = v.parsed(form["last_day"], field: "last_day", key: "sharing.error.last_day", required: true) { text in
      CalendarDate(text).flatMap { today <= $0 && $0 <= today.adding(days: ShareDraft.mostDays) ? $0 : nil }
    }
    let code = v.parsed(form["code"], field: "code", key: "sharing.error.code") { text in
      ShareDraft.codeLengths.contains(text.count) ? text : nil
    }
    try v.check()
    guard let language, let lastDay else { throw InvalidForm(v.messages) }
    let draft = ShareDraft(
      recipient: recipient ?? "", language: language, period: period ?? .all, lastDay: lastDay, files: form.isOn("files"))
    return (draft, code)
  }

  static func fresh(_ language: Language, today: CalendarDate) -> Form {
    Form([("language", language.rawValue), ("last_day", today.adding(days: ShareDraft.usualDays).description), ("files", "1")])
  }
}
