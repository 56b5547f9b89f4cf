import Database
package import Domain

/// What the client asks for beyond the lines.
package struct DealRequirement: Sendable, Hashable {
  package let id: RequirementID
  package let text: String
  /// It came after the price was agreed, and the price stayed.
  package let absorbed: Bool
  package let addedAt: Instant
  package let addedBy: String?

  package static let textLimit = 1000
}

package struct DealDocument: Sendable, Hashable {
  package let id: DocumentID
  package let name: String
  package let mediaType: String
  package let size: Int
  package let addedAt: Instant
  package let addedBy: String?
}

extension Session {
  package func requirements(of deal: DealID) throws -> [DealRequirement] {
    try connection.rows("""
      SELECT r.id, r.text, r.absorbed, r.added_at, a.name FROM deal_requirement r LEFT JOIN account a ON a.id = r.added_by
      WHERE r.deal_id = \(deal) AND r.removed_at IS NULL ORDER BY r.id
      """) {
      DealRequirement(
        id: try $0.next(), text: try $0.next(), absorbed: try $0.next(), addedAt: try $0.next(), addedBy: try $0.next())
    }
  }

  package func documents(of deal: DealID) throws -> [DealDocument] {
    try connection.rows("""
      SELECT x.id, x.name, x.media_type, x.size, x.added_at, a.name FROM deal_document x LEFT JOIN account a ON a.id = x.added_by
      WHERE x.deal_id = \(deal) AND x.removed_at IS NULL ORDER BY x.id
      """) {
      DealDocument(
        id: try $0.next(), name: try $0.next(), mediaType: try $0.next(), size: try $0.next(), addedAt: try $0.next(),
        addedBy: try $0.next())
    }
  }

  /// With its content, if its client is visible to this actor.
  package func documentContent(_ id: DocumentID) throws -> (name: String, mediaType: String, hash: String, bytes: [UInt8]) {
    try require(.viewDeals)
    guard let found = try connection.first("""
      SELECT x.name, x.media_type, x.hash, f.content
      FROM deal_document x JOIN stored_file f ON f.hash = x.hash JOIN deal d ON d.id = x.deal_id JOIN party p ON p.id = d.client_id
      WHERE x.id = \(id) AND x.removed_at IS NULL AND \(visible())
      """, { (name: try $0.next(String.self), mediaType: try $0.next(String.self), hash: try $0.next(String.self), bytes: try $0.next([UInt8].self)) })
    else { throw Refusal.notFound }
    return found
  }

  package func deal(ofDocument id: DocumentID) throws -> DealID {
    try found("SELECT deal_id FROM deal_document WHERE id = \(id) AND removed_at IS NULL")
  }
  package func deal(ofRequirement id: RequirementID) throws -> DealID {
    try found("SELECT deal_id FROM deal_requirement WHERE id = \(id) AND removed_at IS NULL")
  }
  package func deal(ofLine id: LineID) throws -> DealID { try found("SELECT deal_id FROM deal_line WHERE id = \(id)") }
  package func deal(ofMember id: MemberID) throws -> DealID { try found("SELECT deal_id FROM deal_member WHERE id = \(id)") }
  package func deal(ofContact id: DealContactID) throws -> DealID { try found("SELECT deal_id FROM deal_contact WHERE id = \(id)") }

  private func found(_ query: SQL) throws -> DealID {
    guard let deal = try connection.value(query, as: DealID.self) else { throw Refusal.notFound }
    return deal
  }

  /// The deal's part of the client's timeline, newest first.
  package func timeline(of deal: DealID, limit: Int = 200) throws -> Timeline {
    try require(.viewDeals)
    var timeline = Timeline()
    timeline.entries = try connection.rows("""
      SELECT \(TimelineEntry.columns)
      FROM deal_history x JOIN history h ON h.id = x.history_id JOIN party p ON p.id = h.client_id
        LEFT JOIN history_mark m ON m.history_id = h.id
      WHERE x.deal_id = \(deal) AND m.superseded_by IS NULL AND \(visible())
      ORDER BY h.occurred_at DESC, h.id DESC LIMIT \(limit)
      """) { try TimelineEntry(row: &$0) }
    try complete(&timeline)
    return timeline
  }
}

extension Transaction {
  /// - Parameter absorbed: it came after the price was agreed, and the price stays.
  @discardableResult
  package func addRequirement(_ text: String, absorbed: Bool, to id: DealID) throws -> RequirementID {
    let deal = try changeable(id, nil)
    let requirement: RequirementID = try connection.required("""
      INSERT INTO deal_requirement (deal_id, text, absorbed, added_at, added_by)
      VALUES (\(id), \(text), \(absorbed), \(now), \(actor.id)) RETURNING id
      """)
    try partsChanged(deal, .requirement(DealRequirementNote(
      deal: id, name: deal.draft.name, requirement: requirement, change: .added, text: text, absorbed: absorbed,
      price: deal.draft.price.money(deal.draft.price.agreed))))
    return requirement
  }

  package func removeRequirement(_ requirement: RequirementID, of id: DealID) throws {
    let deal = try changeable(id, nil)
    guard let found = try requirements(of: id).first(where: { $0.id == requirement }) else { throw Refusal.notFound }
    try connection.run("UPDATE deal_requirement SET removed_at = \(now) WHERE id = \(requirement)")
    try partsChanged(deal, .requirement(DealRequirementNote(
      deal: id, name: deal.draft.name, requirement: requirement, change: .removed, text: found.text, absorbed: found.absorbed,
      price: deal.draft.price.money(deal.draft.price.agreed))))
  }

  package func addDocuments(_ files: [FileDraft], to id: DealID) throws {
    let deal = try changeable(id, nil)
    for file in files {
      let hash = try store(file.bytes)
      try connection.run("""
        INSERT INTO deal_document (deal_id, hash, name, media_type, size, added_at, added_by)
        VALUES (\(id), \(hash), \(file.name), \(file.mediaType), \(file.bytes.count), \(now), \(actor.id))
        """)
      try partsChanged(deal, .document(DealDocumentNote(deal: id, name: deal.draft.name, change: .added, document: file.name)))
    }
  }

  /// It is shown no more; its content stays for the backup's sake until the client is erased.
  package func removeDocument(_ document: DocumentID, of id: DealID) throws {
    let deal = try changeable(id, nil)
    guard let found = try documents(of: id).first(where: { $0.id == document }) else { throw Refusal.notFound }
    try connection.run("UPDATE deal_document SET removed_at = \(now) WHERE id = \(document)")
    try partsChanged(deal, .document(DealDocumentNote(deal: id, name: deal.draft.name, change: .removed, document: found.name)))
  }
}
