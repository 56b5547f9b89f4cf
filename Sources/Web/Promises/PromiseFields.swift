import Domain
import Markup
import Store

/// What the form of a promise needs to know about its client.
struct PromiseSubject: Sendable {
  let id: ClientID
  let name: String
  let zone: Zone?
  let people: [TiedPerson]
  let owners: [(id: AccountID, name: String)]

  init(_ reader: Reader, _ id: ClientID) throws {
    let subject = try reader.loggingSubject(id)
    self.id = subject.company ?? id
    let client = try reader.storedClient(self.id)
    name = client.draft.name
    zone = client.draft.zone
    people = try reader.people(of: self.id)
    owners = try reader.clientChoices().owners
  }

  /// Asked for a person who is no client: the promise is the company's, with that person.
  func person(askedFor id: PartyID) -> String? { id == self.id ? nil : id.description }
}

/// The fields of a promise, for making and for changing. What is seldom needed is folded until it holds something.
struct PromiseFields {
  let call: Call
  let subject: PromiseSubject
  private(set) var fields: FormFields

  init(_ call: Call, _ subject: PromiseSubject, _ form: Form, _ messages: [FieldMessage]) {
    self.call = call
    self.subject = subject
    fields = FormFields(call, form, messages)
  }

  mutating func whole(withDue: Bool) -> HTML {
    let w = call.words
    let what = fields.text("what", w("promises.field.what"), hint: w("promises.hint.what"))
    let sides = fields.radios("side", w("promises.field.side"), PromiseSide.allCases.map { ($0.rawValue, w("promises.who.\($0.rawValue)"), nil) })
    let due: HTML = withDue ? self.due() : ""
    let who: HTML = "<div class=\"row\">\(person())\(owner())</div>"
    let note = fields.area("note", w("promises.field.note"), isOptional: true)
    let isOpen = !fields.form["note"].isEmpty || fields.messages.contains { $0.field == "note" }
    return """
      \(what)\(sides)\(due)\(who)<details\(attr: "open", if: isOpen)><summary>\(w("promises.field.note"))</summary><div class="stack">\(note)</div></details>
      """
  }

  /// The date, a time if one was agreed, and whose clock where the client's differs.
  mutating func due() -> HTML {
    let w = call.words
    let date = fields.text("due", w("promises.field.due"), type: "date", width: "w-12")
    let time = fields.text("time", w("promises.field.time"), type: "time", width: "w-8", isOptional: true)
    return "<div class=\"row\">\(date)\(time)\(zone())</div>"
  }

  private mutating func zone() -> HTML {
    let w = call.words
    var names = [w.zone.name]
    for name in [subject.zone?.name, fields.form.text("zone")].compactMap(\.self) where !names.contains(name) { names.append(name) }
    guard names.count > 1 else { return fields.hidden("zone") }
    let options = names.map { name -> Choices.Option in
      let place = name.replacing("_", with: " ")
      return (name, name == w.zone.name ? w("promises.our_clock", ["zone": place]) : w("promises.their_clock", ["zone": place]))
    }
    return fields.select("zone", w("promises.field.zone"), options, width: "w-20")
  }

  private mutating func person() -> HTML {
    guard !subject.people.isEmpty else { return "" }
    let w = call.words
    let options = [(value: "", text: w("promises.person_none"))] + subject.people.map { person in
      (value: person.id.description, text: person.isPast ? w("history.person_past", ["name": person.name]) : person.name)
    }
    return fields.select("person", w("promises.field.person"), options, width: "w-20")
  }

  private mutating func owner() -> HTML {
    let w = call.words
    let options = subject.owners.map { (value: $0.id.description, text: $0.name) }
    let chosen = fields.form["owner"]
    guard options.count > 1, options.contains(where: { $0.value == chosen }) else { return fields.hidden("owner") }
    return fields.select("owner", w("promises.field.owner"), options, width: "w-20")
  }
}
