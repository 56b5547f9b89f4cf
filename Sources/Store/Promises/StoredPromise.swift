package import Database
package import Domain

/// A promise as it is kept, with the names that a page needs beside it.
package struct StoredPromise: Sendable, Hashable {
  package let id: PromiseID
  package let clientID: ClientID
  package let clientName: String
  package let value: Promise
  package let personName: String?
  package let ownerName: String
  /// The history entry it was made in.
  package let entryID: HistoryID?
  package let createdAt: Instant
  package let author: String?
  package let version: Int
  package let dueAt: Instant

  static let columns: SQL = """
    pr.id, pr.client_id, p.name, pr.side, pr.what, pr.note, pr.person_id, pr.owner_id, pr.due_date, pr.due_time, pr.due_zone,
    pr.state, pr.made_at, pr.dated_at, pr.moves, pr.was_late, pr.settled_at, person.name, owner.name, pr.entry_id, pr.created_at,
    author.name, pr.version, pr.due_at
    """
  static let tables: SQL = """
    promise pr JOIN party p ON p.id = pr.client_id LEFT JOIN party person ON person.id = pr.person_id
      JOIN account owner ON owner.id = pr.owner_id LEFT JOIN account author ON author.id = pr.created_by
    """

  init(row: inout Row) throws {
    id = try row.next()
    clientID = try row.next()
    clientName = try row.next()
    let side: PromiseSide = try row.next()
    let what: String = try row.next(), note: String = try row.next()
    let terms = PromiseTerms(side: side, what: what, note: note, personID: try row.next(), ownerID: try row.next())
    let due = try Self.due(&row)
    value = Promise(
      terms: terms, due: due, state: try row.next(), madeAt: try row.next(), datedAt: try row.next(), moves: try row.next(),
      wasLate: try row.next(), settledAt: try row.next())
    personName = try row.next()
    ownerName = try row.next()
    entryID = try row.next()
    createdAt = try row.next()
    author = try row.next()
    version = try row.next()
    dueAt = try row.next()
  }

  static func due(_ row: inout Row) throws -> PromiseDue {
    let date: CalendarDate = try row.next(), time = try row.next(String?.self), zone = try row.next(String.self)
    return PromiseDue(date: date, time: time.flatMap { LocalTime($0) }, zone: Zone(zone) ?? .utc)
  }
}

extension PromiseDue {
  /// The beginning of the day it is due on, or its time: from then on it is "due today".
  var from: Instant { time == nil ? zone.instant(date) : deadline }
}

extension Session {
  /// Of a client this actor may see.
  package func promise(_ id: PromiseID) throws -> StoredPromise {
    guard let found = try connection.first("""
      SELECT \(StoredPromise.columns) FROM \(StoredPromise.tables) WHERE pr.id = \(id) AND \(visible())
      """, { try StoredPromise(row: &$0) }) else { throw Refusal.notFound }
    return found
  }

  /// Open ones first, by date; then those settled last.
  package func promises(of client: ClientID, settled limit: Int = 5) throws -> ClientPromises {
    let open = try connection.rows("""
      SELECT \(StoredPromise.columns) FROM \(StoredPromise.tables)
      WHERE pr.client_id = \(client) AND pr.state = 'open' ORDER BY pr.due_at, pr.id LIMIT 100
      """) { try StoredPromise(row: &$0) }
    let settled = try connection.rows("""
      SELECT \(StoredPromise.columns) FROM \(StoredPromise.tables)
      WHERE pr.client_id = \(client) AND pr.state IN ('kept','broken','withdrawn') ORDER BY pr.settled_at DESC, pr.id DESC LIMIT \(limit)
      """) { try StoredPromise(row: &$0) }
    return ClientPromises(open: open, settled: settled)
  }

  /// The promises made in these entries, for a timeline.
  func promises(in entries: [HistoryID]) throws -> [HistoryID: [EntryPromise]] {
    guard !entries.isEmpty else { return [:] }
    var out: [HistoryID: [EntryPromise]] = [:]
    try connection.each("""
      SELECT entry_id, id, side, what, due_date, due_time, due_zone, state FROM promise
      WHERE entry_id IN \(list: entries) AND state <> 'cancelled' ORDER BY id
      """) { row in
      let entry: HistoryID = try row.next()
      out[entry, default: []].append(EntryPromise(
        id: try row.next(), side: try row.next(), what: try row.next(), due: try StoredPromise.due(&row), state: try row.next()))
    }
    return out
  }
}

package struct ClientPromises: Sendable {
  package let open: [StoredPromise]
  package let settled: [StoredPromise]
}

/// As the entry it was made in shows it.
package struct EntryPromise: Sendable, Hashable {
  package let id: PromiseID
  package let side: PromiseSide
  package let what: String
  package let due: PromiseDue
  package let state: PromiseState
}

extension PromiseSide: SQLBindable, ColumnDecodable {}
extension PromiseState: SQLBindable, ColumnDecodable {}
extension ReminderStep: SQLBindable, ColumnDecodable {}
extension ReminderSchedule.Managers: SQLBindable, ColumnDecodable {}
