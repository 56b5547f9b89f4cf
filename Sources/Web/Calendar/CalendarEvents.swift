import Domain
import Files
import Markup
import Store

/// What a calendar shows, in its owner's words.
struct CalendarEvents {
  let words: Words
  let baseURL: String
  let today: CalendarDate

  func document(_ contents: CalendarContents, for actor: Actor) -> CalendarDocument {
    let work = contents.promises.map(promise) + contents.tasks.compactMap(task)
    let events = work + contents.birthdays.compactMap(birthday) + contents.dates.compactMap(date)
    return CalendarDocument(name: words("calendar.name", ["name": actor.name]), zone: words.zone, events: events)
  }

  /// The same task keeps its identity, and so does a series from one occurrence to the next.
  private func uid(_ kind: String, _ id: Int64) -> String {
    let host = baseURL.split(separator: "/").dropFirst().first.map { $0.prefix { $0 != ":" } } ?? "dossier"
    return "\(kind)-\(id)@\(host)"
  }

  /// At its time in the zone it was agreed in, or the whole day. Another date moves the same event; kept, it goes.
  private func promise(_ promise: StoredPromise) -> CalendarEvent {
    let w = words, terms = promise.value.terms, due = promise.value.due
    let start = due.time.map { CalendarEvent.Start.time(LocalDateTime(date: due.date, time: $0), due.zone) } ?? .day(due.date)
    let url = baseURL + Routes.Promises.page(promise.id)
    var lines = [w("calendar.client", ["name": promise.clientName])]
    if let person = promise.personName, person != promise.clientName { lines.append(w("calendar.promise_person", ["name": person])) }
    if !terms.note.isEmpty { lines.append(terms.note) }
    return CalendarEvent(
      uid: uid("promise", promise.id.rawValue), start: start,
      summary: w("calendar.promise.\(terms.side.rawValue)", ["what": terms.what, "client": promise.clientName]),
      details: (lines + [url]).joined(separator: "\n"), url: url, category: w("promises.title"),
      changedAt: max(promise.createdAt, promise.value.datedAt), sequence: promise.version)
  }

  private func task(_ task: StoredTask) -> CalendarEvent? {
    guard let due = task.due else { return nil }
    let w = words
    let isSeries = task.recurrence?.basis == .schedule
    let scheduled = isSeries ? task.scheduledOn ?? due.date : due.date
    let start = Self.start(due.on(scheduled))
    let title = task.client.map { w("calendar.task_for", ["title": task.title, "client": $0]) } ?? w("calendar.task", ["title": task.title])
    let url = baseURL + Routes.Tasks.page(task.id)
    return CalendarEvent(
      uid: uid("task", (task.seriesID ?? task.id).rawValue), start: start, rule: isSeries ? task.recurrence?.rule : nil,
      firstMovedTo: due.date == scheduled ? nil : Self.start(due), summary: title, details: details(task, url), url: url,
      category: w("tasks.title"), changedAt: task.changedAt, sequence: task.version)
  }

  private static func start(_ due: TaskDue) -> CalendarEvent.Start {
    due.time.map { .time(LocalDateTime(date: due.date, time: $0), due.zone) } ?? .day(due.date)
  }

  private func details(_ task: StoredTask, _ url: String) -> String {
    let w = words
    var lines: [String] = []
    if !task.note.isEmpty { lines.append(task.note) }
    if let client = task.client { lines.append(w("calendar.client", ["name": client])) }
    if let recurrence = task.recurrence { lines.append(w("calendar.repeats", ["rule": w.sentence(recurrence)])) }
    if !task.steps.isEmpty {
      lines.append(w("calendar.steps"))
      lines += task.steps.map { ($0.isDone ? "[x] " : "[ ] ") + $0.text }
    }
    return (lines + [url]).joined(separator: "\n")
  }

  private func birthday(_ day: YearlyDay) -> CalendarEvent? {
    var lines: [String] = []
    if let year = day.date.year { lines.append(words("calendar.born", ["year": String(year)])) }
    return yearly("birthday", day, words("calendar.birthday", ["name": day.name]), lines)
  }

  private func date(_ day: YearlyDay) -> CalendarEvent? {
    yearly("date", day, words("calendar.yearly", ["text": day.text, "name": day.name]), [])
  }

  /// Every year from last year on, or from its own year where that is still to come; 29 February on the 28th in common years.
  private func yearly(_ kind: String, _ day: YearlyDay, _ summary: String, _ lines: [String]) -> CalendarEvent? {
    let year = max(day.date.year ?? 0, today.year - 1)
    let end = day.endsOn.map { PlainRecurrence.End.until($0) } ?? .never
    guard let first = day.date.occurrence(in: year), day.endsOn.map({ first <= $0 }) ?? true else { return nil }
    let rule = PlainRecurrence(.year, monthDay: .day(day.date.day), month: day.date.month, end: end).rule
    let url = baseURL + (day.isClient ? Routes.Clients.page(day.party) : Routes.People.page(day.party))
    let place = day.client.map { [words("calendar.works_at", ["client": $0])] } ?? []
    return CalendarEvent(
      uid: uid(kind, day.id), start: .day(first), rule: rule, summary: summary, details: (lines + place + [url]).joined(separator: "\n"),
      url: url, category: words("facts.birthday"), changedAt: day.changedAt)
  }
}
