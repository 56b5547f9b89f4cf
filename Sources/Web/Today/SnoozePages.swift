import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Laying a row aside: until a day, or until the client answers.
enum SnoozePages {
  private struct Model: Sendable { let name: String, calendar: WorkCalendar, hasClient: Bool }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Today.snooze) { call, key in
      let model = try await read(call, key)
      return call.answer(page(call, key, Form([("until", "tomorrow"), ("back", call.query["back"] ?? "")]), [], model))
    }
    book.on(Routes.Today.saveSnooze) { call, key in
      let form = try await call.form(), model = try await read(call, key)
      let back = TodayState.back(form)
      return try await call.submit {
        let draft = try draft(form, call.today, model)
        return try await call.write { try $0.snooze(key, draft, returnTo: back) }
      } again: { page(call, key, form, $0, model) } then: { call.redirect(to: back, undo: $0) }
    }
  }

  private static func read(_ call: Call, _ key: ReasonKey) async throws -> Model {
    let today = call.today
    return try await call.read { reader in
      let reason = try reader.shownReason(key)
      return Model(
        name: try reader.reasonName(reason), calendar: try reader.calendar(of: reader.actor.id, from: today),
        hasClient: reason.clientID != nil)
    }
  }

  private static func draft(_ form: Form, _ today: CalendarDate, _ model: Model) throws(InvalidForm) -> SnoozeDraft {
    var check = Validation()
    let why = check.text(form["why"], field: "why", max: SnoozeDraft.whyLimit) ?? ""
    var until: SnoozeDraft.Until?
    switch form["until"] {
    case "tomorrow": until = .day(SnoozeDraft.tomorrow(today, model.calendar))
    case "week": until = .day(SnoozeDraft.nextWeek(today, model.calendar))
    case "answer" where model.hasClient: until = .answer
    case "day":
      until = check.parsed(form["day"], field: "day", key: "today.error.day", required: true) { text in
        CalendarDate(text).flatMap { $0 > today && $0 <= today.adding(days: SnoozeDraft.longest) ? .day($0) : nil }
      }
    default: check.fail("until", key: "field.unknown")
    }
    try check.check()
    guard let until else { throw InvalidForm(check.messages) }
    return SnoozeDraft(until, why: why)
  }

  private static func page(_ call: Call, _ key: ReasonKey, _ form: Form, _ messages: [FieldMessage], _ model: Model) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let tomorrow = SnoozeDraft.tomorrow(call.today, model.calendar), week = SnoozeDraft.nextWeek(call.today, model.calendar)
    var options: [(value: String, text: String, hint: String?)] = [
      ("tomorrow", w("today.snooze_tomorrow"), w.formats.weekdayAndDay(tomorrow)), ("week", w("today.snooze_week"), w.formats.weekdayAndDay(week)),
    ]
    if model.hasClient { options.append(("answer", w("today.snooze_answer"), w.count("today.snooze_answer_hint", SnoozeDraft.answerLimit))) }
    options.append(("day", w("today.snooze_day"), nil))
    let body: HTML = """
      \(fields.radios("until", w("today.snooze_until"), options))\(fields.text("day", w("today.day"), type: "date", width: "w-12", isOptional: true))\
      \(fields.text("why", w("today.why"), hint: w("today.why_hint"), isOptional: true))\(fields.hidden("back"))
      """
    return FormPage(
      title: w("today.snooze_title", ["name": model.name]), back: TodayState.back(form), backTitle: w("nav.today"),
      action: Routes.Today.saveSnooze(key), submit: w("today.snooze"), summary: fields.summary, fields: body
    ).page(call, place: .today)
  }
}
