import Database
package import Domain

/// Working hours and days off, of accounts and of the whole company.
package struct AbsenceRow: Sendable, Hashable {
  package let id: AbsenceID
  /// Nil for everybody.
  package let accountID: AccountID?
  package let absence: WorkCalendar.Absence
  package let deputy: String?
  package let note: String
}

package struct AbsenceDraft: Sendable, Hashable {
  package let absence: WorkCalendar.Absence
  package let note: String
  package init(_ absence: WorkCalendar.Absence, note: String = "") { (self.absence, self.note) = (absence, note) }
  package static let noteLimit = 200
}

extension Session {
  /// What decides about an account's days from that one on.
  package func calendar(of account: AccountID, from day: CalendarDate) throws -> WorkCalendar {
    WorkCalendar(week: try week(of: account) ?? WorkCalendar.usual, absences: try absences(of: account, from: day).map(\.absence))
  }

  /// Nil while nothing was said.
  package func week(of account: AccountID) throws -> [Weekday: WorkCalendar.Hours]? {
    var week: [Weekday: WorkCalendar.Hours] = [:]
    var isSaid = false
    try connection.each("SELECT weekday, from_minute, until_minute FROM working_hours WHERE account_id = \(account)") { row in
      isSaid = true
      guard let day = Weekday(rawValue: try row.next(Int.self)) else { return }
      if let from = try row.next(Int?.self), let until = try row.next(Int?.self) { week[day] = WorkCalendar.Hours(from: from, until: until) }
    }
    return isSaid ? week : nil
  }

  /// Own ones and the company's holidays, soonest first; with nil the holidays alone.
  package func absences(of account: AccountID?, from day: CalendarDate) throws -> [AbsenceRow] {
    let whose: SQL = account.map { "(b.account_id = \($0) OR b.account_id IS NULL)" } ?? "b.account_id IS NULL"
    return try connection.rows("""
      SELECT b.id, b.account_id, b.first_day, b.last_day, b.deputy_id, d.name, b.note
      FROM absence b LEFT JOIN account d ON d.id = b.deputy_id WHERE \(whose) AND b.last_day >= \(day) ORDER BY b.first_day, b.id LIMIT 100
      """) { row -> AbsenceRow? in
      let id = try row.next(AbsenceID.self), account = try row.next(AccountID?.self)
      let first = try row.next(CalendarDate.self), last = try row.next(CalendarDate.self)
      guard let absence = WorkCalendar.Absence(first: first, last: last, deputy: try row.next()) else { return nil }
      return AbsenceRow(id: id, accountID: account, absence: absence, deputy: try row.next(), note: try row.next())
    }.compactMap(\.self)
  }

  /// Colleagues who could stand in.
  package func possibleDeputies(for account: AccountID) throws -> [AccountName] {
    try connection.rows("""
      SELECT id, name, closed_at FROM account WHERE closed_at IS NULL AND id <> \(account) AND role <> 'readonly' ORDER BY name, id LIMIT 200
      """) { AccountName(id: try $0.next(), name: try $0.next(), isClosed: try $0.next(Instant?.self) != nil) }
  }
}

extension Connection {
  /// Those who are away on the actor's present day and named the actor.
  func standsInFor(_ actor: Actor, at now: Instant) throws -> [AccountID] {
    let today = (Zone(actor.zone) ?? .utc).date(now)
    return try values("""
      SELECT DISTINCT account_id FROM absence WHERE deputy_id = \(actor.id) AND last_day >= \(today) AND first_day <= \(today)
        AND account_id IS NOT NULL ORDER BY account_id LIMIT 20
      """)
  }
}

extension Transaction {
  /// Days that are missing are days off.
  package func setWeek(_ week: [Weekday: WorkCalendar.Hours], of account: AccountID) throws {
    try requireCalendar(of: account)
    try connection.run("DELETE FROM working_hours WHERE account_id = \(account)")
    try connection.insert(
      into: "working_hours", ["account_id", "weekday", "from_minute", "until_minute"],
      rows: Weekday.allCases.map { day in
        [account.sqlValue, day.rawValue.sqlValue, (week[day]?.from).sqlValue, (week[day]?.until).sqlValue]
      })
    audit(.changed, .account, account.rawValue, detail: "working hours")
  }

  /// - Parameter account: nil for a holiday of the company.
  @discardableResult
  package func addAbsence(_ draft: AbsenceDraft, of account: AccountID?) throws -> AbsenceID {
    try requireCalendar(of: account)
    if let deputy = draft.absence.deputy {
      guard deputy != account, try connection.exists("SELECT 1 FROM account WHERE id = \(deputy) AND closed_at IS NULL") else {
        throw InvalidForm([FieldMessage(field: "deputy", key: "field.unknown")])
      }
    }
    let id: AbsenceID = try connection.required("""
      INSERT INTO absence (account_id, first_day, last_day, deputy_id, note, made_at, made_by)
      VALUES (\(account), \(draft.absence.first), \(draft.absence.last), \(draft.absence.deputy), \(draft.note), \(now), \(actor.id))
      RETURNING id
      """)
    audit(.changed, .account, account?.rawValue, detail: "days off")
    return id
  }

  package func removeAbsence(_ id: AbsenceID, returnTo: String) throws -> UndoID {
    let found = try connection.first("SELECT account_id, first_day, last_day, deputy_id, note FROM absence WHERE id = \(id)") { row in
      RemovedAbsence(account: try row.next(), first: try row.next(), last: try row.next(), deputy: try row.next(), note: try row.next())
    }
    guard let found else { throw Refusal.notFound }
    try requireCalendar(of: found.account)
    try connection.run("DELETE FROM absence WHERE id = \(id)")
    audit(.changed, .account, found.account?.rawValue, detail: "days off")
    return try leaveUndo("today.absence", payload: found, summary: "today.undo.absence", returnTo: returnTo)
  }

  static func undoAbsence(_ tx: Transaction, _ payload: String) throws {
    let was: RemovedAbsence = try JSON.value(payload)
    guard let absence = WorkCalendar.Absence(first: was.first, last: was.last, deputy: was.deputy) else { return }
    try tx.addAbsence(AbsenceDraft(absence, note: was.note), of: was.account)
  }

  /// One's own; of others those may who manage accounts; the company's holidays who manages the company.
  private func requireCalendar(of account: AccountID?) throws {
    guard let account else { return try require(.manageInstallation) }
    if account != actor.id { try require(.manageAccounts) }
    guard try connection.exists("SELECT 1 FROM account WHERE id = \(account) AND closed_at IS NULL") else { throw Refusal.notFound }
  }
}

private struct RemovedAbsence: Codable {
  let account: AccountID?
  let first: CalendarDate
  let last: CalendarDate
  let deputy: AccountID?
  let note: String
}
