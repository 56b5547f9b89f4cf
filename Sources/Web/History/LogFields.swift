import Domain
import Markup
import Store

/// The fields of a contact or note, for logging and for correcting. What is seldom needed is folded until it holds something.
struct LogFields {
  let call: Call
  let people: [TiedPerson]
  let isContact: Bool
  private(set) var fields: FormFields

  init(_ call: Call, _ form: Form, _ messages: [FieldMessage], people: [TiedPerson], isContact: Bool) {
    self.call = call
    self.people = people
    self.isContact = isContact
    fields = FormFields(call, form, messages)
  }

  mutating func html(files: HTML, offers: HTML = "") -> HTML {
    let w = call.words
    let how = isContact ? channels + directions : ""
    let words = fields.area("body", w("history.field.body"), isOptional: isContact)
    let when = fields.text("when", w("history.field.when"), type: "datetime-local", width: "w-20")
    let row: HTML = "<div class=\"row\">\(when)\(with)</div>"
    let subject = fields.text("subject", w("history.field.subject"), isOptional: true)
    let outcome = isContact ? fields.area("outcome", w("history.field.outcome"), isOptional: true) : ""
    let open = !fields.form["outcome"].isEmpty || !fields.messages.isEmpty || !fields.form.all("keep").isEmpty || fields.form.isOn("free")
    return """
      \(how)\(subject)\(words)\(offers)\(row)<details\(attr: "open", if: open)><summary>\(w(isContact ? "history.field.more" : "history.field.files"))</summary>\
      <div class="stack">\(outcome)\(free)\(files)</div></details>
      """
  }

  /// Help that nobody is billed for: the dossier may tell of it.
  private var free: HTML {
    mutating get {
      guard isContact else { return "" }
      let w = call.words
      return """
        \(fields.check("free", w("history.field.free"), hint: w("history.free_hint")))\
        \(fields.text("free_minutes", w("history.field.free_minutes"), width: "w-8", isOptional: true))
        """
    }
  }

  private var channels: HTML {
    radios("channel", call.words("history.field.channel"), Channel.allCases.map { ($0.rawValue, call.words("history.channel.\($0)"), $0.rawValue) })
  }

  private var directions: HTML {
    radios("direction", call.words("history.field.direction"), [Direction.outgoing, .incoming].map {
      ($0.rawValue, call.words("history.direction.\($0.rawValue)"), nil)
    })
  }

  private func radios(_ name: String, _ legend: String, _ options: [(value: String, text: String, icon: String?)]) -> HTML {
    let errors = fields.messages.filter { $0.field == name }.map { call.words($0) }
    let error: HTML = errors.isEmpty ? "" : "<p class=\"error\">\(call.icon("alert"))\(errors.joined(separator: " "))</p>"
    let items = options.enumerated().map { index, option -> HTML in
      let icon: HTML = option.icon.map { call.icon($0) } ?? ""
      return """
        <label class="choice"><input type="radio"\(attr: "id", index == 0 ? name : nil) name="\(name)" value="\(option.value)"\(attr: "checked", if: fields.form[name] == option.value)><span>\(icon)\(option.text)</span></label>
        """
    }
    return "<fieldset class=\"\(errors.isEmpty ? "field" : "field bad")\"><legend>\(legend)</legend>\(error)<div class=\"choices inline\">\(items)</div></fieldset>"
  }

  private var with: HTML {
    mutating get {
      guard !people.isEmpty else { return "" }
      let w = call.words
      let options = [(value: "", text: w("history.field.person_none"))] + people.map { person in
        (value: person.id.description, text: person.isPast ? w("history.person_past", ["name": person.name]) : person.name)
      }
      return fields.select("person", w("history.field.person"), options, width: "w-20")
    }
  }
}
