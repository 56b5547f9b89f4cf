import Domain

/// The recurrence editor's fields as typed, read into a rule; and a rule as the editor shows it.
enum RecurrenceForm {
  static let names = ["repeat", "every", "weekday", "on", "rule", "basis", "end", "until", "count"]

  enum On: String, CaseIterable { case date, weekday, lastWeekday = "last_weekday", last }

  /// - Parameter anchor: the day that "the same day of the month" speaks of.
  /// - Parameter was: the plain rule these fields were filled from, if the day is still the same.
  static func recurrence(_ form: Form, anchor: CalendarDate, was: PlainRecurrence?, _ check: inout Validation) -> Recurrence? {
    let unit = form["repeat"]
    if unit.isEmpty || unit == "none" { return nil }
    if unit == "rule" {
      let rule = check.parsed(form["rule"], field: "rule", key: "tasks.error.rule", required: true) { RecurrenceRule($0) }
      return rule.map { Recurrence($0, .schedule) }
    }
    guard let unit = PlainRecurrence.Unit(rawValue: unit) else {
      check.fail("repeat", key: "field.unknown")
      return nil
    }
    let basis = Recurrence.Basis(rawValue: form["basis"]) ?? .schedule
    var plain = PlainRecurrence(unit)
    plain.every = number(form, "every", RecurrenceRule.intervalLimit, &check) ?? 1
    plain.end = end(form, &check)
    if basis == .schedule { place(form, anchor, was, &plain) }
    guard check.isValid else { return nil }
    guard let rule = plain.rule else {
      check.fail("repeat", key: "tasks.error.no_day")
      return nil
    }
    return Recurrence(rule, basis)
  }

  private static func number(_ form: Form, _ field: String, _ limit: Int, _ check: inout Validation) -> Int? {
    let text = form[field].isEmpty && field == "every" ? "1" : form[field]
    guard let number = Int(text), 1...limit ~= number else {
      check.fail(field, key: "tasks.error.\(field)", slots: ["max": String(limit)])
      return nil
    }
    return number
  }

  private static func end(_ form: Form, _ check: inout Validation) -> PlainRecurrence.End {
    switch form["end"] {
    case "until":
      guard let date = CalendarDate(form["until"]), TaskDue.years ~= date.year else {
        check.fail("until", key: "tasks.error.until")
        return .never
      }
      return .until(date)
    case "count": return number(form, "count", RecurrenceRule.countLimit, &check).map { .count($0) } ?? .never
    default: return .never
    }
  }

  /// On which days of the week, month or year.
  private static func place(_ form: Form, _ anchor: CalendarDate, _ was: PlainRecurrence?, _ plain: inout PlainRecurrence) {
    switch plain.unit {
    case .day: break
    case .week:
      plain.weekdays = Set(form.all("weekday").compactMap { Weekday(code: $0) })
      if plain.weekdays.isEmpty { plain.weekdays = [anchor.weekday] }
    case .month, .year:
      let on = On(rawValue: form["on"]) ?? .date
      if let was, was.unit == plain.unit, let day = was.monthDay, On(day) == on {
        // The 31st stays the 31st, though this month's task is due on the 28th.
        (plain.monthDay, plain.month) = (day, was.month)
        return
      }
      plain.month = plain.unit == .year ? anchor.month : nil
      plain.monthDay = day(on, anchor)
    }
  }

  private static func day(_ on: On, _ anchor: CalendarDate) -> PlainRecurrence.MonthDay {
    let ordinal = (anchor.day - 1) / 7 + 1
    switch on {
    case .date: return .day(anchor.day)
    case .weekday: return .weekday(ordinal > 4 ? -1 : ordinal, anchor.weekday)
    case .lastWeekday: return .weekday(-1, anchor.weekday)
    case .last: return .last
    }
  }
}

extension RecurrenceForm.On {
  init(_ day: PlainRecurrence.MonthDay) {
    switch day {
    case .day: self = .date
    case .last: self = .last
    case .weekday(let ordinal, _): self = ordinal < 0 ? .lastWeekday : .weekday
    }
  }
}

extension RecurrenceForm {
  static func pairs(_ recurrence: Recurrence?) -> [(String, String)] {
    var out = [("basis", recurrence?.basis.rawValue ?? "schedule"), ("every", "1"), ("on", "date"), ("end", "never")]
    guard let recurrence else { return out + [("repeat", "none")] }
    out.append(("rule", recurrence.rule.text))
    guard let plain = PlainRecurrence(recurrence.rule) else { return out + [("repeat", "rule")] }
    out += [("repeat", plain.unit.rawValue), ("every", String(plain.every))]
    out += Weekday.allCases.filter(plain.weekdays.contains).map { ("weekday", $0.code) }
    if let day = plain.monthDay { out.append(("on", On(day).rawValue)) }
    switch plain.end {
    case .never: break
    case .until(let date): out += [("end", "until"), ("until", date.description)]
    case .count(let count): out += [("end", "count"), ("count", String(count))]
    }
    return out
  }
}
