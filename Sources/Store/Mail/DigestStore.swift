import Database
package import Domain

/// Who wants a mail each morning, and whose is due.
package struct DueDigest: Sendable, Hashable {
  package let account: AccountID
  /// The day there.
  package let day: CalendarDate
  /// The hour has passed so long ago that a morning's mail would come in the evening.
  package let isTooLate: Bool
}

extension Session {
  /// The hour of the own digest; nil while it is off.
  package func digestHour() throws -> Int? {
    try connection.value("SELECT hour FROM digest WHERE account_id = \(actor.id)")
  }
}

extension Transaction {
  package func setDigest(hour: Int?) throws {
    guard let hour else {
      try connection.run("DELETE FROM digest WHERE account_id = \(actor.id)")
      return audit(.changed, .account, actor.id.rawValue, detail: "digest off")
    }
    // Asked for in the afternoon, it begins the next morning.
    let local = zone.local(now)
    let made = local.time.hour >= hour ? local.date.description : ""
    try connection.run("""
      INSERT INTO digest (account_id, hour, made_on) VALUES (\(actor.id), \(min(max(hour, 0), 23)), \(made))
      ON CONFLICT (account_id) DO UPDATE SET hour = excluded.hour
      """)
    audit(.changed, .account, actor.id.rawValue, detail: "digest")
  }

  /// The day's digest of this actor is made: by the first server that says so, and never again that day.
  /// - Parameter letter: nil where there is nothing to say, so that no mail goes out.
  /// - Returns: whether this one made it.
  package func makeDigest(for day: CalendarDate, _ letter: Letter?) throws -> Bool {
    let isFirst = try connection.run("UPDATE digest SET made_on = \(day.description) WHERE account_id = \(actor.id) AND made_on < \(day.description)") == 1
    guard isFirst else { return false }
    if let letter {
      try enqueueMail(
        MailDraft(.digest, key: "digest:\(actor.id):\(day)", to: .account(actor.id), letter: letter, lifetime: DigestTime.window))
    }
    return true
  }
}

package enum DigestTime {
  /// A server that was away at the hour makes up for it within this.
  package static let window = 6 * Instant.hour

  /// Whether a digest for that hour is due there; nil before the hour.
  package static func due(hour: Int, zone: Zone, now: Instant) -> (day: CalendarDate, isTooLate: Bool)? {
    let day = zone.date(now)
    guard let time = LocalTime(hour: hour, minute: 0) else { return nil }
    let moment = zone.instant(day, time)
    guard now >= moment else { return nil }
    return (day, moment.milliseconds(to: now) > window)
  }
}

extension Store {
  /// Of all time zones, those where the hour has come and the day's digest is not made.
  package func dueDigests(at now: Instant) async throws -> [DueDigest] {
    let wanted = try await database.read { connection in
      try connection.rows("""
        SELECT d.account_id, d.hour, d.made_on, a.zone FROM digest d JOIN account a ON a.id = d.account_id WHERE a.closed_at IS NULL
        """) { (id: try $0.next(AccountID.self), hour: try $0.next(Int.self), made: try $0.next(String.self), zone: try $0.next(String.self)) }
    }
    return wanted.compactMap { row in
      guard let due = DigestTime.due(hour: row.hour, zone: Zone(row.zone) ?? .utc, now: now), row.made < due.day.description else { return nil }
      return DueDigest(account: row.id, day: due.day, isTooLate: due.isTooLate)
    }
  }
}
