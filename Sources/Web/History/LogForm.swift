import Domain
import Store

/// The form of a contact or a note, read once into what the store takes.
enum LogForm {
  static func contact(_ form: Form, zone: Zone, now: Instant) throws(InvalidForm) -> Contact {
    var check = Validation()
    let channel = check.parsed(form["channel"], field: "channel", key: "history.error.channel", required: true, by: Channel.init)
    let direction = check.parsed(form["direction"], field: "direction", key: "history.error.direction", required: true, by: Direction.init)
    let when = instant(form, zone, now, &check)
    let person = person(form, &check)
    let subject = check.text(form["subject"], field: "subject", max: Contact.subjectLimit)
    let body = check.text(form["body"], field: "body", max: Contact.bodyLimit)
    let outcome = check.text(form["outcome"], field: "outcome", max: Contact.bodyLimit)
    try check.check()
    guard let channel, let direction, let when else { throw InvalidForm(check.messages) }
    return Contact(
      channel: channel, direction: direction, occurredAt: when, personID: person, subject: subject ?? "", body: body ?? "",
      outcome: outcome ?? "")
  }

  static func note(_ form: Form, zone: Zone, now: Instant) throws(InvalidForm) -> Note {
    var check = Validation()
    let when = instant(form, zone, now, &check)
    let person = person(form, &check)
    let subject = check.text(form["subject"], field: "subject", max: Contact.subjectLimit)
    let body = check.text(form["body"], field: "body", required: true, max: Contact.bodyLimit)
    try check.check()
    guard let when, let body else { throw InvalidForm(check.messages) }
    return Note(occurredAt: when, personID: person, subject: subject ?? "", body: body)
  }

  /// In the past, or today at any hour: an entry of tomorrow is a plan, not history. Empty is now.
  private static func instant(_ form: Form, _ zone: Zone, _ now: Instant, _ check: inout Validation) -> Instant? {
    guard let text = form.text("when") else { return now }
    guard let local = LocalDateTime(text), local.date.year >= 1900 else {
      check.fail("when", key: "history.error.when")
      return nil
    }
    guard local.date <= zone.date(now) else {
      check.fail("when", key: "history.error.future")
      return nil
    }
    // The form knows minutes; what was just now stays just now, after what happened a few seconds ago.
    return zone.local(now).formValue == local.formValue ? now : zone.instant(local)
  }

  private static func person(_ form: Form, _ check: inout Validation) -> PersonID? {
    check.parsed(form["person"], field: "person", key: "history.error.person") { PersonID($0) }
  }

  /// Nil unless it is marked so.
  static func freeHelp(_ form: Form) throws(InvalidForm) -> FreeHelpMark? {
    var check = Validation()
    let minutes = check.parsed(form["free_minutes"], field: "free_minutes", key: "history.error.minutes") { text in
      Int(text).flatMap { 1...10_000 ~= $0 ? $0 : nil }
    }
    try check.check()
    return form.isOn("free") || minutes != nil ? FreeHelpMark(minutes: minutes) : nil
  }

  static func files(_ form: Form) -> [FileDraft] {
    (form.files["files"] ?? []).map { FileDraft(name: $0.name, mediaType: $0.mediaType, bytes: $0.bytes) }
  }
}

extension Form {
  /// As the form first comes up.
  init(contactOver channel: Channel, direction: Direction = .outgoing, at now: Instant, in zone: Zone, with person: String?) {
    self.init([
      ("channel", channel.rawValue), ("direction", direction.rawValue), ("when", zone.local(now).formValue),
      ("person", person ?? ""),
    ])
  }

  /// An entry's own words, to be corrected.
  init(correcting entry: TimelineEntry, in zone: Zone, free: FreeHelpMark?) {
    self.init([
      ("free", free == nil ? "" : "1"), ("free_minutes", free?.minutes.map(String.init) ?? ""),
      ("channel", entry.channel?.rawValue ?? ""), ("direction", entry.direction?.rawValue ?? ""),
      ("when", zone.local(entry.occurredAt).formValue), ("person", entry.personID?.description ?? ""),
      ("subject", entry.subject), ("body", entry.body), ("outcome", entry.outcome),
    ] + entry.files.map { ("keep", $0.id.description) })
  }
}
