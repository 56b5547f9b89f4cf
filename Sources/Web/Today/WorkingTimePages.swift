import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

extension Routes.Settings {
  static let hours = Route<Void>(.get, "/settings/hours", .signedIn)
  static let saveHours = Route<Void>(.post, "/settings/hours", .signedIn)
  static let userHours = Route<AccountID>(.get, "/settings/users/:id/hours", .may(.manageAccounts))
  static let saveUserHours = Route<AccountID>(.post, "/settings/users/:id/hours", .may(.manageAccounts))
  static let holidays = Route<Void>(.get, "/settings/holidays", .may(.manageInstallation))
  static let saveHolidays = Route<Void>(.post, "/settings/holidays", .may(.manageInstallation))
}

/// Working hours and days off: one's own, a colleague's, the company's holidays. One address each; the button says which part of
/// the page was sent.
enum WorkingTimePages {
  /// Whose they are.
  enum Subject: Sendable, Hashable {
    case own(AccountID)
    case colleague(AccountID)
    case company

    var account: AccountID? {
      switch self {
      case .own(let id), .colleague(let id): id
      case .company: nil
      }
    }
    var page: String {
      switch self {
      case .own: Routes.Settings.hours()
      case .colleague(let id): Routes.Settings.userHours(id)
      case .company: Routes.Settings.holidays()
      }
    }
  }

  struct Model: Sendable {
    let name: String
    let week: [Weekday: WorkCalendar.Hours]
    let absences: [AbsenceRow]
    let deputies: [AccountName]
    let standsInFor: [String]
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Settings.hours) { call in try await show(.own(try call.actor.id), call) }
    book.on(Routes.Settings.saveHours) { call in try await save(.own(try call.actor.id), call) }
    book.on(Routes.Settings.userHours) { call, id in try await show(.colleague(id), call) }
    book.on(Routes.Settings.saveUserHours) { call, id in try await save(.colleague(id), call) }
    book.on(Routes.Settings.holidays) { call in try await show(.company, call) }
    book.on(Routes.Settings.saveHolidays) { call in try await save(.company, call) }
  }

  private static func show(_ subject: Subject, _ call: Call) async throws -> Response {
    let today = call.today
    return try await call.fresh({ try read($0, subject, today) }) { model in
      WorkingTimeHTML(call, subject, model, WorkingTimeForm.week(model.week), []).page
    }
  }

  private static func read(_ reader: Reader, _ subject: Subject, _ today: CalendarDate) throws -> Model {
    guard let account = subject.account else {
      return Model(name: "", week: [:], absences: try reader.absences(of: nil, from: today), deputies: [], standsInFor: [])
    }
    return Model(
      name: try reader.account(account).name, week: try reader.week(of: account) ?? WorkCalendar.usual,
      absences: try reader.absences(of: account, from: today), deputies: try reader.possibleDeputies(for: account),
      standsInFor: account == reader.actor.id ? try reader.actor.standsInFor.compactMap { try reader.accountName($0) } : [])
  }

  private static func save(_ subject: Subject, _ call: Call) async throws -> Response {
    let form = try await call.form(), today = call.today
    let answer = try await call.submit {
      try await write(form, subject, call)
    } again: { messages in
      WorkingTimeHTML(call, subject, try await call.read { try read($0, subject, today) }, form, messages).page
    } then: { (undo: UndoID?) in
      call.redirect(to: subject.page, undo: undo, said: undo == nil ? "said.saved" : nil)
    }
    // Who stands in for whom is known with the session.
    call.site.sessions.forgetAll()
    return answer
  }

  private static func write(_ form: Form, _ subject: Subject, _ call: Call) async throws -> UndoID? {
    let account = subject.account, page = subject.page
    if let removed = AbsenceID(form["remove"]) { return try await call.write { try $0.removeAbsence(removed, returnTo: page) } }
    if form.has("first"), form["do"] == "absence" {
      let draft = try WorkingTimeForm.absence(form, call.today)
      try await call.write { try $0.addAbsence(draft, of: account) }
    } else if let account {
      let week = try WorkingTimeForm.week(form)
      try await call.write { try $0.setWeek(week, of: account) }
    }
    return nil
  }
}

/// Hours and days off as typed.
enum WorkingTimeForm {
  static func week(_ week: [Weekday: WorkCalendar.Hours]) -> Form {
    Form(Weekday.allCases.flatMap { day -> [(String, String)] in
      guard let hours = week[day] else { return [] }
      return [("from\(day.rawValue)", text(hours.from)), ("until\(day.rawValue)", text(hours.until))]
    })
  }

  static func text(_ minute: Int) -> String {
    let hour = minute / 60, rest = minute % 60
    return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
  }

  static func week(_ form: Form) throws(InvalidForm) -> [Weekday: WorkCalendar.Hours] {
    var week: [Weekday: WorkCalendar.Hours] = [:], messages: [FieldMessage] = []
    for day in Weekday.allCases {
      let from = form["from\(day.rawValue)"], until = form["until\(day.rawValue)"]
      if from.isEmpty, until.isEmpty { continue }
      guard let start = LocalTime(from), let end = until == "24:00" ? 24 * 3600 : LocalTime(until)?.secondOfDay,
        let hours = WorkCalendar.Hours(from: start.secondOfDay / 60, until: end / 60)
      else {
        messages.append(FieldMessage(field: "from\(day.rawValue)", key: "today.error.hours"))
        continue
      }
      week[day] = hours
    }
    guard messages.isEmpty else { throw InvalidForm(messages) }
    return week
  }

  static func absence(_ form: Form, _ today: CalendarDate) throws(InvalidForm) -> AbsenceDraft {
    var check = Validation()
    let first = check.parsed(form["first"], field: "first", key: "clients.error.date", required: true) { CalendarDate($0) }
    let last = check.parsed(form["last"], field: "last", key: "clients.error.date") { CalendarDate($0) } ?? first
    let note = check.text(form["note"], field: "note", max: AbsenceDraft.noteLimit) ?? ""
    try check.check()
    guard let first, let last, let absence = WorkCalendar.Absence(first: first, last: last, deputy: AccountID(form["deputy"])),
      first.days(to: last) <= 400
    else { throw InvalidForm([FieldMessage(field: "last", key: "today.error.range")]) }
    return AbsenceDraft(absence, note: note)
  }
}
