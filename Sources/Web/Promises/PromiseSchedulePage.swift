import Domain
import Hummingbird
import Markup
import Store

/// When the company's promises are reminded of, and who hears of late ones.
enum PromiseSchedulePage {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Promises.schedule) { call in
      try await call.fresh({ try $0.promiseSchedule() }) { view(call, form($0.value, $0.version), []) }
    }
    book.on(Routes.Promises.changeSchedule) { call in
      let form = try await call.form()
      do {
        return try await call.submit({
          let new = try read(form), version = try PromiseSteps.version(form)
          try await call.write { try $0.changePromiseSchedule(to: new, version: version) }
        }, again: { view(call, form, $0) }, then: { call.redirect(to: Routes.Promises.schedule(), said: "said.saved") })
      } catch Refusal.conflict {
        let now = try await call.read { try $0.promiseSchedule() }
        return call.answer(view(call, self.form(now.value, now.version), [], isConflict: true), status: .conflict)
      }
    }
  }

  private static func form(_ schedule: ReminderSchedule, _ version: Int) -> Form {
    Form([
      ("days_before", schedule.daysBefore.map(String.init) ?? ""), ("on_the_day", schedule.onTheDay ? "1" : ""),
      ("when_overdue", schedule.whenOverdue ? "1" : ""), ("escalate_after", schedule.escalateAfter.map(String.init) ?? ""),
      ("escalate_to", schedule.escalateTo.rawValue), ("hour", "\(schedule.hour)"), ("version", "\(version)"),
    ])
  }

  private static func read(_ form: Form) throws(InvalidForm) -> ReminderSchedule {
    var check = Validation()
    func days(_ name: String, _ check: inout Validation) -> Int? {
      check.parsed(form[name], field: name, key: "promises.error.days") { text in
        Int(text).flatMap { ReminderSchedule.dayLimits.contains($0) ? $0 : nil }
      }
    }
    let before = days("days_before", &check), escalate = days("escalate_after", &check)
    let managers = check.parsed(form["escalate_to"], field: "escalate_to", key: "field.unknown", required: true, by: ReminderSchedule.Managers.init)
    let hour = check.parsed(form["hour"], field: "hour", key: "field.unknown", required: true) { text in Int(text).flatMap { 0...23 ~= $0 ? $0 : nil } }
    try check.check()
    guard let managers, let hour else { throw InvalidForm(check.messages) }
    return ReminderSchedule(
      daysBefore: before, onTheDay: form.isOn("on_the_day"), whenOverdue: form.isOn("when_overdue"), escalateAfter: escalate,
      escalateTo: managers, hour: hour)
  }

  private static func view(_ call: Call, _ form: Form, _ messages: [FieldMessage], isConflict: Bool = false) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let hours = (0...23).map { (value: "\($0)", text: ($0 < 10 ? "0" : "") + "\($0):00") }
    let managers = ReminderSchedule.Managers.allCases.map { (value: $0.rawValue, text: w("promises.managers.\($0.rawValue)"), hint: String?.none) }
    let note: HTML = isConflict
      ? "<div class=\"note warn\" role=\"alert\">\(call.icon("warn"))<p>\(w("promises.schedule_conflict"))</p></div>" : ""
    let body: HTML = """
      \(fields.text("days_before", w("promises.schedule.before"), hint: w("promises.schedule.before_hint"), width: "w-8", isOptional: true))
      <div class="choices">\(fields.check("on_the_day", w("promises.schedule.day")))\(fields.check("when_overdue", w("promises.schedule.overdue")))</div>
      \(fields.text("escalate_after", w("promises.schedule.escalate"), hint: w("promises.schedule.escalate_hint"), width: "w-8", isOptional: true))
      \(fields.radios("escalate_to", w("promises.schedule.whom"), managers))
      \(fields.select("hour", w("promises.schedule.hour"), hours, hint: w("promises.schedule.hour_hint"), width: "w-8"))
      """
    return Settings.page(call, .promises, title: w("promises.schedule.title"), summary: fields.summary + note, """
      <form class="card stack narrow" method="post" action="\(Routes.Promises.changeSchedule())" novalidate data-dirty><p>\(w("promises.schedule.text"))</p>\(body)\(fields.hidden("version"))
      <div class="form-end"><button class="primary">\(w("settings.save"))</button></div></form>
      """)
  }
}
