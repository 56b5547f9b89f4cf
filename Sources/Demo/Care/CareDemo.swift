import Database
import Domain
import Store

/// A believable morning at the agency: who waits, who has a birthday, what was laid aside and why, who is away.
struct CareDemo {
  let store: Store
  let now: Instant

  func write(as owner: Actor) async throws {
    let today = Zone.utc.date(now)
    try await store.write(as: owner, at: now) { tx in
      try tx.setUsualRhythms()
      try tx.moveBirthdays(near: today)
      try tx.numberReasons()
      try tx.addDaysOff(today)
      try tx.countAsDone()
    }
    for one in Agency.colleagues where one.left == nil && one.role != .readOnly && !one.clients.isEmpty {
      try await store.write(as: one.actor, at: now) { try $0.laySomeAside(one.language, today) }
    }
  }
}

extension Colleague {
  var actor: Actor { Actor(id: id, name: name, role: role, scope: scope, teamID: team, language: language, zone: zone) }
}

extension Transaction {
  /// Most clients are within the rhythm somebody chose for them, some of everyone's are not; whoever has been silent for a year is
  /// waited for no more.
  fileprivate func setUsualRhythms() throws {
    let clients = try connection.rows("""
      SELECT id, owner_id, last_contact_at, contact_due_at FROM party WHERE is_client AND last_contact_at > 0 ORDER BY owner_id, last_contact_at DESC, id
      """) { row in
      (id: try row.next(PartyID.self), owner: try row.next(AccountID?.self), last: try row.next(Instant.self), due: try row.next(Instant.self))
    }
    let choices = [14, 21, 30, 45, 60, 90, 120, 180, 270, 365]
    var chosen: [SQL] = []
    for own in Dictionary(grouping: clients, by: \.owner).values {
      for (index, client) in own.enumerated() {
        let gone = Int(client.last.milliseconds(to: now) / Instant.day)
        var days: Int?
        if gone > 300 { days = 0 }
        else if index % 3 != 0, gone > 14 { days = choices.last { $0 < gone } }
        else if client.due <= now { days = choices.first { $0 > gone + 2 + index % 9 } }
        if let days { chosen.append("UPDATE party SET contact_days_own = \(days) WHERE id = \(client.id)") }
      }
    }
    try connection.run(all: chosen)
    try rhythmFollows(where: "p.contact_days_own IS NOT NULL")
  }

  /// Somebody's at everyone's clients: today, tomorrow, yesterday, in turn.
  fileprivate func moveBirthdays(near today: CalendarDate) throws {
    let born = try connection.rows("""
      SELECT r.account_id, r.subject_id, p.birth_date FROM reason r JOIN party p ON p.id = r.subject_id
      WHERE r.kind = 'birthday' AND r.account_id IS NOT NULL ORDER BY r.account_id, r.subject_id
      """) { (account: try $0.next(AccountID.self), person: try $0.next(PartyID.self), date: try $0.next(PartialDate.self)) }
    var moved: [PartyID] = []
    for (account, own) in Dictionary(grouping: born, by: \.account).sorted(by: { $0.key < $1.key }) {
      for (index, one) in own.dropFirst(2).prefix(2).enumerated() {
        let day = today.adding(days: (Int(account.rawValue) + index) % 3 - 1 + index)
        guard let date = PartialDate(year: one.date.year, month: day.month, day: day.day) else { continue }
        try connection.run("UPDATE party SET birth_date = \(date) WHERE id = \(one.person)")
        moved.append(one.person)
      }
    }
    try datesFollow(moved.sorted())
  }

  /// PostgreSQL spends a number on every reason that was raised over an older one; the same base has the same numbers everywhere.
  fileprivate func numberReasons() throws {
    try connection.run("""
      UPDATE reason SET id = -n.place FROM (SELECT id, row_number() OVER (ORDER BY kind, subject_id) AS place FROM reason) n
      WHERE n.id = reason.id
      """)
    try connection.run("UPDATE reason SET id = -id")
    try connection.identityFollows("reason")
  }

  private struct Away { let who: Int64, from: Int, days: Int, deputy: Int64?, note: String }

  fileprivate func addDaysOff(_ today: CalendarDate) throws {
    if let first = CalendarDate(year: today.year, month: 12, day: 24), let feast = WorkCalendar.Absence(first: first, last: first.adding(days: 2)) {
      try addAbsence(AbsenceDraft(feast, note: "Коледа"), of: nil)
    }
    for away in [
      Away(who: 9, from: 6, days: 9, deputy: 2, note: "Отпуск"), Away(who: 8, from: -1, days: 5, deputy: 4, note: "Отпуск"),
      Away(who: 6, from: 12, days: 1, deputy: nil, note: "Urlop"),
    ] {
      let first = today.adding(days: away.from)
      let absence = WorkCalendar.Absence(first: first, last: first.adding(days: away.days - 1), deputy: away.deputy.map { AccountID($0) })
      if let absence { try addAbsence(AbsenceDraft(absence, note: away.note), of: AccountID(away.who)) }
    }
    let short = WorkCalendar.Hours(from: 9 * 60, until: 17 * 60)
    try setWeek(Dictionary(uniqueKeysWithValues: [Weekday.monday, .tuesday, .wednesday, .thursday].compactMap { day in short.map { (day, $0) } }), of: AccountID(7))
  }

  /// Contacts of the last days that had been due.
  fileprivate func countAsDone() throws {
    try connection.run("""
      INSERT INTO reason_done (kind, subject_id, client_id, due_at, done_at, done_by)
      SELECT 'too_rarely', id, id, last_contact_at - \(Instant.day), last_contact_at, last_contact_by FROM party
      WHERE is_client AND last_contact_by IS NOT NULL AND last_contact_at > \(now.adding(milliseconds: -7 * Instant.day)) ORDER BY id
      """)
  }

  fileprivate func laySomeAside(_ language: Language, _ today: CalendarDate) throws {
    let shown = try self.today(.mine).sections.flatMap(\.rows).compactMap(\.key).filter { $0.kind == .tooRarely }
    let words: [Language: (answer: String, day: String)] = [
      .bg: ("Пратена е оферта, чакаме отговор", "В отпуск е до края на месеца"),
      .en: ("Sent the quote, waiting to hear back", "On leave, asked us to ring afterwards"),
      .ru: ("Отправлено предложение, ждём ответа", "В отпуске, просили позвонить позже"),
      .pl: ("Wysłana oferta, czekamy na odpowiedź", "Na urlopie, prośba o telefon później"),
    ]
    guard let words = words[language] else { return }
    if shown.count > 3, let first = shown.first { _ = try snooze(first, SnoozeDraft(.answer, why: words.answer), returnTo: "/today") }
    if shown.count > 5 { _ = try snooze(shown[2], SnoozeDraft(.day(today.adding(days: 6)), why: words.day), returnTo: "/today") }
  }
}
