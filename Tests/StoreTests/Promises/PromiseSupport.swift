import Database
import Domain
import Store
import TestSupport
import Testing

extension TestBase {
  static let sofia = Zone("Europe/Sofia") ?? .utc

  func due(_ date: String, _ time: String? = nil, _ zone: Zone = sofia) throws -> PromiseDue {
    PromiseDue(date: try #require(CalendarDate(date)), time: time.flatMap { LocalTime($0) }, zone: zone)
  }

  /// A promise of Maria's.
  func promise(
    _ client: ClientID, _ what: String = "price", due date: String = "2026-11-06", _ time: String? = nil, by side: PromiseSide = .us,
    of keeper: Actor? = nil, at moment: Instant? = nil
  ) async throws -> PromiseID {
    let due = try due(date, time), terms = PromiseTerms(side: side, what: what, ownerID: (keeper ?? maria).id)
    return try await write(at: moment) { try $0.makePromise(terms, due: due, to: client) }
  }

  func reason(_ id: PromiseID, _ kind: String = "promise") async throws -> AccountID? {
    try await read { try $0.connection.value("SELECT account_id FROM reason WHERE kind = \(kind) AND subject_id = \(id)") }
  }

  func number(_ query: SQL) async throws -> Int { try await read { try $0.connection.required(query) } }
}
