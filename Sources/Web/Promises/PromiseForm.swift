import Domain
import Store

/// A promise as typed, read once.
enum PromiseForm {
  struct Values: Sendable {
    let terms: PromiseTerms
    let due: PromiseDue
  }

  /// - Parameter owner: whose it is when the form does not say.
  static func values(_ form: Form, owner: AccountID, zone: Zone, today: CalendarDate) throws(InvalidForm) -> Values {
    var check = Validation()
    let terms = terms(form, owner: owner, &check)
    let due = due(form, zone: zone, today: today, &check)
    try check.check()
    guard let terms, let due else { throw InvalidForm(check.messages) }
    return Values(terms: terms, due: due)
  }

  static func terms(_ form: Form, owner: AccountID) throws(InvalidForm) -> PromiseTerms {
    var check = Validation()
    let terms = terms(form, owner: owner, &check)
    try check.check()
    guard let terms else { throw InvalidForm(check.messages) }
    return terms
  }

  private static func terms(_ form: Form, owner: AccountID, _ check: inout Validation) -> PromiseTerms? {
    let side = check.parsed(form["side"], field: "side", key: "promises.error.side", required: true, by: PromiseSide.init)
    let what = check.text(form["what"], field: "what", required: true, max: PromiseTerms.whatLimit)
    let note = check.text(form["note"], field: "note", max: PromiseTerms.noteLimit)
    let person = check.parsed(form["person"], field: "person", key: "history.error.person") { PersonID($0) }
    let keeper = check.parsed(form["owner"], field: "owner", key: "promises.error.owner") { AccountID($0) }
    guard let side, let what else { return nil }
    return PromiseTerms(side: side, what: what, note: note ?? "", personID: person, ownerID: keeper ?? owner)
  }

  /// A date as the browser's field gives it, or as people write it: "Friday", "до пятницы", 5.11. A time is on the clock of the
  /// zone that was chosen.
  static func due(_ form: Form, zone: Zone, today: CalendarDate, _ check: inout Validation) -> PromiseDue? {
    let date = check.parsed(form["due"], field: "due", key: "promises.error.due", required: true) { typedDate($0, today: today) }
    let time = check.parsed(form["time"], field: "time", key: "promises.error.time") { LocalTime($0) }
    let chosen = check.parsed(form["zone"], field: "zone", key: "field.unknown") { Zone($0) }
    guard let date else { return nil }
    if !(today.adding(days: -3660)...today.adding(days: 18_300)).contains(date) {
      check.fail("due", key: "promises.error.due_far")
      return nil
    }
    return PromiseDue(date: date, time: time, zone: chosen ?? zone)
  }

  static func typedDate(_ text: String, today: CalendarDate) -> CalendarDate? {
    if let date = CalendarDate(text) { return date }
    return DatePhrase.date(text, said: LocalDateTime(date: today, time: .midnight))
  }

  /// As the form first comes up.
  static func blank(_ call: Call, owner: AccountID, zone: Zone) -> Form {
    var pairs = [("side", PromiseSide.us.rawValue), ("owner", owner.description), ("zone", zone.name)]
    for name in ["what", "due", "time", "side", "person", "entry", "back"] {
      if let value = call.query[name] { pairs.append((name, value)) }
    }
    return Form(pairs)
  }

  static func form(_ promise: StoredPromise) -> Form {
    let terms = promise.value.terms, due = promise.value.due
    return Form([
      ("side", terms.side.rawValue), ("what", terms.what), ("note", terms.note), ("person", terms.personID?.description ?? ""),
      ("owner", terms.ownerID.description), ("due", due.date.description), ("time", due.time?.description ?? ""),
      ("zone", due.zone.name), ("version", "\(promise.version)"),
    ])
  }
}
