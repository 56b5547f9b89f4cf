package import Database
package import Domain

/// The contact clock of clients: how often each should hear from us, kept with the client, and the reason "too rarely" that follows.
enum Rhythms {
  static let source = ReasonSource(
    .tooRarely,
    expected: "SELECT id AS subject_id, id AS client_id, contact_due_at AS due_at FROM party WHERE contact_due_at <> \(Reason.never)")

  /// How often, of the party `p`: by hand, else the shortest of its tags, else its relationship type. Where no tag says anything,
  /// which is asked once, nobody's tags are looked at.
  static let days: SQL = """
    CASE WHEN NOT p.is_client OR p.erased_at IS NOT NULL THEN NULL WHEN p.contact_days_own IS NOT NULL THEN nullif(p.contact_days_own, 0)
      ELSE coalesce(
        CASE WHEN EXISTS (SELECT 1 FROM tag WHERE interval_days IS NOT NULL) THEN
          (SELECT min(t.interval_days) FROM party_tag pt JOIN tag t ON t.id = pt.tag_id WHERE pt.party_id = p.id) END,
        (SELECT r.interval_days FROM relationship_type r WHERE r.id = p.relationship_id)) END
    """
  static let start: SQL = "CASE p.last_contact_at WHEN 0 THEN p.created_at ELSE p.last_contact_at END"

  /// What must hold for every party; `doctor` looks for those of which it does not.
  static let check: SQL = """
    SELECT p.id FROM party p WHERE p.contact_days IS DISTINCT FROM \(days)
      OR p.contact_due_at <> coalesce(\(start) + p.contact_days * \(Instant.day), \(Reason.never)) LIMIT 1
    """
}

extension Transaction {
  /// After whatever decides how often: by hand, tags, relationship type, becoming a client.
  func rhythmFollows(_ parties: [PartyID]) throws {
    for part in parties.parts(of: 1000) { try rhythmFollows(where: "p.id IN \(list: part)") }
  }

  /// In two statements, however many they are; in four where a clock begins or ends, in one where all stand already.
  package func rhythmFollows(where condition: SQL) throws {
    // The table once: joined with itself, PostgreSQL reads it twice and works the days out four times.
    let due: SQL = "coalesce(\(Rhythms.start) + \(Rhythms.days) * \(Instant.day), \(Reason.never))"
    let moved = try connection.run("""
      UPDATE party AS p SET contact_days = \(Rhythms.days), contact_due_at = \(due)
      WHERE (\(condition)) AND (p.contact_days IS DISTINCT FROM \(Rhythms.days) OR p.contact_due_at <> \(due))
      """)
    guard moved > 0, try moveReasons(where: condition) != moved else { return }
    try rhythmReasons(where: condition)
    try connection.run("""
      DELETE FROM reason WHERE kind = \(ReasonKind.tooRarely)
        AND subject_id IN (SELECT p.id FROM party p WHERE (\(condition)) AND p.contact_due_at = \(Reason.never))
      """)
  }

  /// Those that are there, to where the parties' clocks stand now: as `ReasonSQL.merge`, at less cost.
  private func moveReasons(where condition: SQL) throws -> Int {
    let isSame: SQL = "reason.due_at = p.contact_due_at"
    return try connection.run("""
      UPDATE reason SET account_id = coalesce(reason.passed_to, p.owner_id), press = \(Self.leastPress) + p.contact_due_at * 16,
        from_at = p.contact_due_at, due_at = p.contact_due_at, number = p.contact_days, raised_at = \(now),
        snooze_id = CASE WHEN \(isSame) THEN reason.snooze_id END, snoozed_until = CASE WHEN \(isSame) THEN reason.snoozed_until ELSE 0 END,
        shows_at = CASE WHEN \(isSame) THEN reason.shows_at WHEN p.archived_at IS NULL AND p.deleted_at IS NULL THEN p.contact_due_at
          ELSE \(Reason.never) END
      FROM party p WHERE (\(condition)) AND p.contact_due_at <> \(Reason.never) AND reason.kind = \(ReasonKind.tooRarely)
        AND reason.subject_id = p.id AND (reason.due_at <> p.contact_due_at OR reason.number <> p.contact_days)
      """)
  }

  private static var leastPress: Int64 { Reason.press(ReasonKind.tooRarely.group, due: Instant(milliseconds: 0), weight: 0) }

  /// Reasons as the parties' clocks say, where they do not say so yet.
  func rhythmReasons(where condition: SQL) throws {
    try connection.run("""
      INSERT INTO reason (kind, subject_id, client_id, account_id, follows_owner, press, has_deadline, from_at, shows_at, due_at,
        due_on, text, number, raised_at)
      SELECT \(ReasonKind.tooRarely), p.id, p.id, p.owner_id, \(true), \(Self.leastPress) + p.contact_due_at * 16, \(false), p.contact_due_at,
        CASE WHEN p.archived_at IS NULL AND p.deleted_at IS NULL THEN p.contact_due_at ELSE \(Reason.never) END, p.contact_due_at,
        NULL, '', p.contact_days, \(now)
      FROM party p WHERE (\(condition)) AND p.contact_due_at <> \(Reason.never) AND NOT EXISTS (
        SELECT 1 FROM reason was WHERE was.kind = \(ReasonKind.tooRarely) AND was.subject_id = p.id
          AND was.due_at = p.contact_due_at AND was.number = p.contact_days)
      ORDER BY p.id
      \(ReasonSQL.merge)
      """)
  }

  /// A contact was made: whoever made it did what was asked.
  func restartClock(of party: PartyID) throws {
    guard try moveClock(of: party) else { return }
    try connection.run("""
      INSERT INTO reason_done (kind, subject_id, client_id, due_at, done_at, done_by)
      SELECT kind, subject_id, client_id, due_at, \(now), \(actor.id) FROM reason
      WHERE kind = \(ReasonKind.tooRarely) AND subject_id = \(party) AND shows_at < \(endOfToday)
      """)
    try rhythmReasons(where: "p.id = \(party)")
  }

  /// A contact was corrected or withdrawn: the clock runs from the one that stands now, and it was not done after all.
  func putClockBack(of party: PartyID) throws {
    guard try moveClock(of: party) else { return }
    try rhythmReasons(where: "p.id = \(party)")
    try connection.run("""
      DELETE FROM reason_done WHERE kind = \(ReasonKind.tooRarely) AND subject_id = \(party)
        AND due_at = (SELECT contact_due_at FROM party WHERE id = \(party))
      """)
  }

  /// - Returns: false where no clock runs, or it stands already.
  private func moveClock(of party: PartyID) throws -> Bool {
    let due: SQL = "\(Rhythms.start) + p.contact_days * \(Instant.day)"
    return try connection.run("""
      UPDATE party AS p SET contact_due_at = \(due) WHERE p.id = \(party) AND p.contact_days IS NOT NULL AND p.contact_due_at <> \(due)
      """) > 0
  }
}

/// What decides how often, for rows about to be made.
struct RhythmTable {
  var relationships: [RelationshipID: Int] = [:]
  var tags: [TagID: Int] = [:]

  func days(of draft: ClientDraft, _ own: Set<TagID>) -> Int? {
    Rhythm.days(byHand: draft.contactDays, tags: own.compactMap { tags[$0] }, relationship: draft.relationshipID.flatMap { relationships[$0] })
  }
}

extension Session {
  func rhythmTable(tags: some Sequence<TagID>) throws -> RhythmTable {
    var table = RhythmTable()
    try connection.each("SELECT id, interval_days FROM relationship_type WHERE interval_days IS NOT NULL") {
      table.relationships[try $0.next()] = try $0.next(Int.self)
    }
    let tags = Set(tags).sorted()
    guard !tags.isEmpty else { return table }
    try connection.each("SELECT id, interval_days FROM tag WHERE interval_days IS NOT NULL AND id IN \(list: tags)") {
      table.tags[try $0.next()] = try $0.next(Int.self)
    }
    return table
  }
}
