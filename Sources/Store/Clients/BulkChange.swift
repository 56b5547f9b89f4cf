import Database
package import Domain

/// A change of many clients at once, as one transaction with one undo.
package enum BulkChange: Sendable, Hashable {
  case owner(AccountID?)
  case addTags([String])
  case removeTag(TagID)
}

package enum Bulk {
  /// More at once would hold the writer for too long: the page says so.
  package static let limit = 1000
}

extension Transaction {
  /// - Returns: how many changed, and how to take it back.
  package func change(
    _ ids: [ClientID], _ change: BulkChange, returnTo: String
  ) throws -> (count: Int, undo: UndoID?) {
    try require(.bulkChange)
    guard ids.count <= Bulk.limit else { throw InvalidForm([FieldMessage(field: "id", key: "clients.error.too_many_selected")]) }
    let seen = try connection.values("""
      SELECT p.id FROM party p WHERE p.id IN \(list: ids) AND p.is_client AND p.deleted_at IS NULL AND \(visible()) ORDER BY p.id
      """, as: PartyID.self)
    switch change {
    case .owner(let owner): return try changeOwner(seen, to: owner, returnTo)
    case .addTags(let names):
      let tags = try tagIDs(names).values.sorted()
      return try changeTags(seen, add: tags, remove: [], returnTo)
    case .removeTag(let tag): return try changeTags(seen, add: [], remove: [tag], returnTo)
    }
  }

  private func changeOwner(_ ids: [ClientID], to owner: AccountID?, _ returnTo: String) throws -> (Int, UndoID?) {
    try requireOwnerInScope(owner)
    let before = try connection.rows("""
      SELECT id, owner_id FROM party WHERE id IN \(list: ids) AND owner_id IS DISTINCT FROM \(owner)
      """) { OwnerBefore(id: try $0.next(), owner: try $0.next()) }
    guard !before.isEmpty else { return (0, nil) }
    try setOwners(before.map { OwnerBefore(id: $0.id, owner: owner) }, from: before)
    let undo = try leaveUndo(
      "clients.owner", payload: before, summary: "clients.undo.owner", ["count": String(before.count)], returnTo: returnTo)
    return (before.count, undo)
  }

  /// One UPDATE an owner, not one a client.
  private func setOwners(_ new: [OwnerBefore], from old: [OwnerBefore]) throws {
    let was = Dictionary(old.map { ($0.id, $0.owner) }, uniquingKeysWith: { a, _ in a })
    let teams = try teams(ofOwners: new.map(\.owner))
    var history: [HistoryDraft] = []
    for (owner, group) in Dictionary(grouping: new, by: \.owner) {
      try connection.run("""
        UPDATE party SET owner_id = \(owner), team_id = \(teams[owner] ?? nil), changed_at = \(now), changed_by = \(actor.id),
          version = version + 1 WHERE id IN \(list: group.map(\.id))
        """)
      try reasonsFollow(group.map(\.id))
      for party in group {
        let event = HistoryEvent.ownerChanged(OwnerChange(from: was[party.id] ?? nil, to: owner))
        history.append(HistoryDraft(event, client: party.id, by: actor.id, at: now))
        audit(.changed, .party, party.id.rawValue, detail: "owner")
      }
    }
    try insertHistory(history)
  }

  /// Takes back only what still stands: a client that got another owner meanwhile keeps that one.
  static func undoOwners(_ tx: Transaction, _ payload: String) throws {
    try tx.require(.bulkChange)
    let before: [OwnerBefore] = try JSON.value(payload)
    let now = try tx.connection.rows("SELECT id, owner_id FROM party WHERE id IN \(list: before.map(\.id))") {
      OwnerBefore(id: try $0.next(), owner: try $0.next())
    }
    try tx.setOwners(before, from: now)
  }

  private func changeTags(_ ids: [ClientID], add: [TagID], remove: [TagID], _ returnTo: String) throws -> (Int, UndoID?) {
    let change = try applyTags(ids, add: add, remove: remove)
    guard !change.isEmpty else { return (0, nil) }
    let count = Set(change.added.map(\.party) + change.removed.map(\.party)).count
    let undo = try leaveUndo(
      "clients.tags", payload: change, summary: "clients.undo.tags", ["count": String(count)], returnTo: returnTo)
    return (count, undo)
  }

  private func applyTags(_ ids: [ClientID], add: [TagID], remove: [TagID]) throws -> TagChange {
    var change = TagChange(added: [], removed: [])
    guard !ids.isEmpty else { return change }
    let there = Set(try connection.rows("""
      SELECT party_id, tag_id FROM party_tag WHERE party_id IN \(list: ids) AND tag_id IN \(list: add + remove)
      """) { TagChange.Pair(party: try $0.next(), tag: try $0.next()) })
    for id in ids {
      change.added += add.map { TagChange.Pair(party: id, tag: $0) }.filter { !there.contains($0) }
      change.removed += remove.map { TagChange.Pair(party: id, tag: $0) }.filter(there.contains)
    }
    try write(change)
    return change
  }

  private func write(_ change: TagChange) throws {
    try connection.insert(
      into: "party_tag", ["party_id", "tag_id"], rows: change.added.map { [$0.party.sqlValue, $0.tag.sqlValue] })
    for (tag, pairs) in Dictionary(grouping: change.removed, by: \.tag) {
      try connection.run("DELETE FROM party_tag WHERE tag_id = \(tag) AND party_id IN \(list: pairs.map(\.party))")
    }
    try rhythmFollows(Set(change.added.map(\.party) + change.removed.map(\.party)).sorted())
    try tell(change)
  }

  private func tell(_ change: TagChange) throws {
    let tags = Set(change.added.map(\.tag) + change.removed.map(\.tag)).sorted()
    let names = Dictionary(uniqueKeysWithValues: try connection.rows("SELECT id, name FROM tag WHERE id IN \(list: tags)") {
      (try $0.next(TagID.self), try $0.next(String.self))
    })
    let added = Dictionary(grouping: change.added, by: \.party), removed = Dictionary(grouping: change.removed, by: \.party)
    let parties = Set(added.keys).union(removed.keys).sorted()
    func text(_ pairs: [TagChange.Pair]?) -> String { (pairs ?? []).compactMap { names[$0.tag] }.joined(separator: ", ") }
    try insertHistory(parties.map { party in
      let event = HistoryEvent.partyChanged([FieldChange("tags", old: text(removed[party]), new: text(added[party]))])
      return HistoryDraft(event, client: party, by: actor.id, at: now)
    })
    try connection.run("UPDATE party SET version = version + 1, changed_at = \(now), changed_by = \(actor.id) WHERE id IN \(list: parties)")
    for party in parties { audit(.changed, .party, party.rawValue, detail: "tags") }
  }

  static func undoTags(_ tx: Transaction, _ payload: String) throws {
    try tx.require(.bulkChange)
    let change: TagChange = try JSON.value(payload)
    for (tag, pairs) in Dictionary(grouping: change.added, by: \.tag) {
      _ = try tx.applyTags(pairs.map(\.party), add: [], remove: [tag])
    }
    for (tag, pairs) in Dictionary(grouping: change.removed, by: \.tag) {
      _ = try tx.applyTags(pairs.map(\.party), add: [tag], remove: [])
    }
  }
}

private struct OwnerBefore: Codable {
  let id: PartyID
  let owner: AccountID?
}

private struct TagChange: Codable {
  struct Pair: Codable, Hashable {
    let party: PartyID
    let tag: TagID
  }
  var added: [Pair]
  var removed: [Pair]
  var isEmpty: Bool { added.isEmpty && removed.isEmpty }
}
