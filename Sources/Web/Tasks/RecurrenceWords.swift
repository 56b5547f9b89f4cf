import Domain
import Markup

/// What a rule means, as a sentence in the reader's language.
struct RecurrenceWords {
  private let w: Words

  init(_ words: Words) { w = words }

  func sentence(_ recurrence: Recurrence) -> String {
    guard let plain = PlainRecurrence(recurrence.rule) else { return w("tasks.rule.own", ["rule": recurrence.rule.text]) }
    let rule = recurrence.basis == .completion ? w.count("tasks.rule.after.\(plain.unit.rawValue)", plain.every) : calendar(plain)
    switch plain.end {
    case .never: return rule
    case .until(let date): return w("tasks.rule.until", ["rule": rule, "date": w.formats.date(date)])
    case .count(let count): return w.count("tasks.rule.times", count, ["rule": rule])
    }
  }

  private func calendar(_ plain: PlainRecurrence) -> String {
    switch plain.unit {
    case .day: return counted("day", plain.every)
    case .week:
      let days = Weekday.allCases.filter(plain.weekdays.contains)
      if plain.every == 1, days == [.monday, .tuesday, .wednesday, .thursday, .friday] { return w("tasks.rule.workdays") }
      return days.isEmpty
        ? counted("week", plain.every) : counted("week", plain.every, ["days": days.map { w.formats.weekday($0) }.joined(separator: ", ")])
    case .month: return plain.monthDay.map { counted("month", plain.every, ["day": day($0, month: nil)]) } ?? counted("month", plain.every)
    case .year:
      guard let month = plain.month, let monthDay = plain.monthDay else { return counted("year", plain.every) }
      return counted("year", plain.every, ["day": day(monthDay, month: month)])
    }
  }

  /// Every one, or every so many; on which day where that is known.
  private func counted(_ unit: String, _ every: Int, _ slots: [String: String] = [:]) -> String {
    let tail = slots.isEmpty ? "" : "_on"
    return every == 1 ? w("tasks.rule.\(unit)\(tail)", slots) : w.count("tasks.rule.\(unit)s\(tail)", every, slots)
  }

  private func day(_ day: PlainRecurrence.MonthDay, month: Int?) -> String {
    let name = month.map { w.formats.monthOfDate($0) }
    switch day {
    case .day(let number):
      guard let month, let date = PartialDate(month: month, day: number) else { return w("tasks.rule.on_day.\(number)") }
      return w("tasks.rule.on_date", ["date": w.formats.date(date)])
    case .last: return name.map { w("tasks.rule.on_last_of", ["month": $0]) } ?? w("tasks.rule.on_last")
    case .weekday(let ordinal, let weekday):
      let nth = w("tasks.rule.nth.\(ordinal < 0 ? "last" : String(ordinal)).\(weekday.rawValue)")
      return name.map { w("tasks.rule.weekday_of", ["weekday": nth, "month": $0]) } ?? nth
    }
  }
}

extension Words {
  func sentence(_ recurrence: Recurrence) -> String { RecurrenceWords(self).sentence(recurrence) }

  /// A day near today in words; a time as the clock shows it where it is meant.
  func due(_ due: TaskDue, now: Instant) -> String {
    guard let time = due.time else { return day(due.date, today: zone.date(now)) }
    let shown = day(due.date, today: due.zone.date(now))
    if due.zone == zone { return self("tasks.due_at", ["day": shown, "time": time.description]) }
    let place = due.zone.name.split(separator: "/").last.map { String($0).replacing("_", with: " ") } ?? due.zone.name
    return self("tasks.due_zone", ["day": shown, "time": time.description, "zone": place])
  }

  func dueTag(_ due: TaskDue, now: Instant) -> HTML {
    let exact = due.time == nil ? due.date.description : due.moment.iso
    let title = due.time == nil ? formats.date(due.date) : formats.dateTime(due.moment)
    return "<time datetime=\"\(exact)\" title=\"\(title)\">\(self.due(due, now: now))</time>"
  }
}
