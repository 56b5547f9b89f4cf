import Database
import Domain
import Store
import TestSupport

extension TestBase {
  /// A firm of that owner, or of nobody.
  func firm(_ name: String = "Alfa", of owner: Actor? = nil) async throws -> ClientID {
    try await write { tx in
      var draft = ClientDraft(kind: .company, name: name)
      draft.ownerID = owner?.id
      return try tx.createClient(draft)
    }
  }

  @discardableResult
  func log(
    _ client: ClientID, minutes: Int64, _ channel: Channel = .call, _ body: String = "", person: PersonID? = nil,
    as actor: Actor? = nil
  ) async throws -> HistoryID {
    let contact = Contact(channel: channel, direction: .outgoing, occurredAt: at(minutes: minutes), personID: person, body: body)
    return try await write(as: actor) { try $0.logContact(contact, client: client) }
  }

  func contacts(_ client: ClientID, as actor: Actor? = nil) async throws -> [HistoryID] {
    try await read(as: actor) { try $0.timeline(of: client, TimelineFilter(kind: .contacts)).entries.map(\.id) }
  }

  struct Last: Equatable, Sendable {
    let at: Instant
    let id: HistoryID?
    let channel: String?
    let by: AccountID?
  }
  func last(_ party: PartyID) async throws -> Last? {
    try await read { reader in
      try reader.connection.first("SELECT last_contact_at, last_contact_id, last_contact_channel, last_contact_by FROM party WHERE id = \(party)") {
        Last(at: try $0.next(), id: try $0.next(), channel: try $0.next(), by: try $0.next())
      }
    }
  }

  /// Rows in every table a refusal must leave alone.
  func counts() async throws -> [Int64] {
    try await read { reader in
      try ["history", "history_mark", "attachment", "stored_file", "fact", "audit", "undo"].map { table in
        try reader.connection.required("SELECT count(*) FROM \(SQL(unsafe: table))")
      }
    }
  }
}
