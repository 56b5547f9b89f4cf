import Database
package import Domain

/// A client or person that may be the one about to be made.
package struct Lookalike: Sendable, Hashable {
  package enum Reason: String, Sendable, Hashable { case email, phone, ownNumber = "own_number", name }
  package let id: PartyID
  package let kind: PartyKind
  package let isClient: Bool
  package let name: String
  package let reason: Reason
}

extension Session {
  /// Those in the actor's scope with an e-mail address, phone or own number in common, or with nearly the same name.
  package func lookalikes(of draft: ClientDraft, except id: PartyID? = nil, limit: Int = 5) throws -> [Lookalike] {
    var found: [Lookalike] = []
    func add(_ more: [Lookalike]) {
      for one in more where one.id != id && !found.contains(where: { $0.id == one.id }) { found.append(one) }
    }
    if let number = draft.ownNumber { add(try matching("p.own_number = \(number)", .ownNumber)) }
    for (kind, reason) in [(ContactPointKind.email, Lookalike.Reason.email), (.phone, .phone)] {
      let keys = draft.contactPoints.filter { $0.kind == kind && $0.key.utf8.count >= 5 }.map(\.key)
      guard !keys.isEmpty else { continue }
      add(try matching("p.id IN (SELECT party_id FROM contact_point WHERE kind = \(kind) AND value_key IN \(list: keys))", reason))
    }
    if !draft.name.isEmpty { add(try similarlyNamed(draft)) }
    return Array(found.prefix(limit))
  }

  private func matching(_ condition: SQL, _ reason: Lookalike.Reason) throws -> [Lookalike] {
    try connection.rows("""
      SELECT p.id, p.kind, p.is_client, p.name FROM party p WHERE \(condition) AND p.deleted_at IS NULL AND \(visible())
      ORDER BY p.id LIMIT 5
      """) { row in
      Lookalike(id: try row.next(), kind: try row.next(), isClient: try row.next(), name: try row.next(), reason: reason)
    }
  }

  /// Candidates share the longest word; a small difference in the rest still looks alike.
  private func similarlyNamed(_ draft: ClientDraft) throws -> [Lookalike] {
    let name = NameKey(draft.name)
    guard let word = name.words.max(by: { $0.utf8.count < $1.utf8.count }), word.unicodeScalars.count >= 3 else { return [] }
    // Its beginning, so that another ending or one wrong letter late in the word is found too.
    let stem = String(word.prefix(max(3, word.count - 2)))
    let candidates = try connection.rows("""
      SELECT p.id, p.kind, p.is_client, p.name FROM party p
      WHERE p.id IN (SELECT key FROM (\(matches([stem], limit: 300))) AS hit) AND p.kind = \(draft.kind)
        AND p.deleted_at IS NULL AND \(visible()) LIMIT 300
      """) { row in
      Lookalike(id: try row.next(), kind: try row.next(), isClient: try row.next(), name: try row.next(), reason: .name)
    }
    return candidates.filter { NameKey($0.name).isLike(name) }
  }
}
