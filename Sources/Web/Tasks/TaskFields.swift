import Domain
import Markup
import Store

/// The fields of a task's form: what and for when first; what is seldom needed is folded.
struct TaskFields {
  let call: Call
  let choices: TaskFormPages.Choices
  /// Clients of the name that was typed, where it is not one.
  let alike: [TaskFormPages.Named]
  private(set) var fields: FormFields

  init(_ call: Call, _ form: Form, _ messages: [FieldMessage], _ choices: TaskFormPages.Choices, alike: [TaskFormPages.Named]) {
    (self.call, self.choices, self.alike) = (call, choices, alike)
    fields = FormFields(call, form, messages)
  }

  mutating func html() -> HTML {
    let w = call.words
    let title = fields.text("title", w("tasks.field.title"))
    let due = fields.text("due", w("tasks.field.due"), type: "date", width: "w-12", isOptional: true)
    let time = fields.text("time", w("tasks.field.time"), type: "time", hint: w("tasks.time_hint"), width: "w-12", isOptional: true)
    let owners = choices.owners.map { (value: $0.id.description, text: $0.name) }
    let owner = fields.select("owner", w("tasks.field.owner"), owners, width: "w-20")
    let client = picker()
    let editor = RecurrenceFields.html(call, &fields)
    let note = fields.area("note", w("tasks.field.note"), isOptional: true)
    let steps = fields.area("steps", w("tasks.field.steps"), hint: w("tasks.steps_hint"), isOptional: true)
    let zones = choices.zones.map { (value: $0, text: $0.replacing("_", with: " ")) }
    let zone = fields.select("zone", w("tasks.field.zone"), zones, width: "w-20")
    let isOpen = ["note", "steps"].contains { !fields.form[$0].isEmpty } || fields.messages.contains { ["note", "steps", "zone"].contains($0.field) }
    return """
      \(title)<div class="row">\(due)\(time)</div>\(client)\(owner)\(fields.check("important", w("tasks.field.important")))\(editor)\
      <details\(attr: "open", if: isOpen)><summary>\(w("tasks.more"))</summary><div class="stack">\(note)\(steps)\(zone)</div></details>
      """
  }

  /// With script a list to pick from; without it the name is looked for, and several are offered as a choice.
  private mutating func picker() -> HTML {
    let w = call.words
    let form = fields.form
    let errors = fields.messages.filter { $0.field == "client_name" }.map { w($0) }
    let error: HTML = errors.isEmpty ? "" : "<p class=\"error\" id=\"client_name-error\">\(call.icon("alert"))\(errors.joined(separator: " "))</p>"
    let radios = alike.map { choice -> HTML in
      "<label class=\"choice\"><input type=\"radio\" name=\"client_id\" value=\"\(choice.id)\"><span>\(choice.name)</span></label>"
    }
    let hidden: HTML = alike.isEmpty ? "<input type=\"hidden\" name=\"client_id\" value=\"\(form["client_id"])\">" : ""
    return """
      <div class="field"><label for="client_name">\(w("tasks.field.client")) <span class="optional">\(w("field.optional"))</span></label>\(error)<div class="picker">\
      <input id="client_name" name="client_name" value="\(form["client_name"])" data-picker="\(Routes.Search.pickClient())" autocomplete="off"\
      \(attr: "aria-describedby", errors.isEmpty ? nil : "client_name-error")\(attr: "aria-invalid", errors.isEmpty ? nil : "true")>\(hidden)</div></div>\
      \(alike.isEmpty ? "" : "<div class=\"choices\">\(radios)</div>" as HTML)
      """
  }
}

/// The recurrence editor. All of it is in the page; style hides what the chosen unit does not need.
enum RecurrenceFields {
  static func html(_ call: Call, _ fields: inout FormFields) -> HTML {
    let w = call.words
    var units = ["none"] + PlainRecurrence.Unit.allCases.map(\.rawValue)
    if fields.form["repeat"] == "rule" { units.append("rule") }
    let unit = fields.select("repeat", w("tasks.repeat.unit"), units.map { (value: $0, text: w("tasks.repeat.unit.\($0)")) }, width: "w-20")
    let every = fields.text("every", w("tasks.repeat.every"), type: "number", hint: w("tasks.repeat.every_hint"), width: "w-12")
    let on = fields.select(
      "on", w("tasks.repeat.on"), RecurrenceForm.On.allCases.map { (value: $0.rawValue, text: w("tasks.repeat.on.\(word($0))")) })
    let rule = fields.text("rule", w("tasks.repeat.rule"))
    let basis = fields.radios(
      "basis", w("tasks.repeat.basis"), Recurrence.Basis.allCases.map { ($0.rawValue, w("tasks.repeat.basis.\($0.rawValue)"), nil) })
    let end = fields.radios("end", w("tasks.repeat.end"), ["never", "until", "count"].map { ($0, w("tasks.repeat.end.\($0)"), nil) })
    let until = fields.text("until", w("tasks.repeat.until"), type: "date", width: "w-12")
    let count = fields.text("count", w("tasks.repeat.count"), type: "number", width: "w-12")
    return """
      <fieldset class="field"><legend>\(w("tasks.repeat"))</legend><div class="repeat">\(unit)<div class="by-unit">\(every)</div>\
      \(weekdays(call, fields.form))<div class="by-month">\(on)</div><div class="by-rule">\(rule)</div><div class="by-unit">\(basis)</div>\
      <div class="by-unit">\(end)<div class="until">\(until)</div><div class="times">\(count)</div></div></div></fieldset>
      """
  }

  private static func word(_ on: RecurrenceForm.On) -> String { on == .date ? "day" : on.rawValue }

  private static func weekdays(_ call: Call, _ form: Form) -> HTML {
    let w = call.words
    let chosen = Set(form.all("weekday"))
    let items = Weekday.allCases.map { day -> HTML in
      """
      <label class="choice"><input type="checkbox" name="weekday" value="\(day.code)"\(attr: "checked", if: chosen.contains(day.code))><span>\(w.formats.weekday(day))</span></label>
      """
    }
    return "<fieldset class=\"field by-week\"><legend>\(w("tasks.repeat.weekdays"))</legend><div class=\"choices inline\">\(items)</div></fieldset>"
  }
}
