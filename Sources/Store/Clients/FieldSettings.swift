import Database
package import Domain

/// Custom fields, tags and relationship types, as managers set them.
extension Transaction {
  @discardableResult
  package func createField(_ name: String, _ kind: CustomField.Kind, _ appliesTo: CustomField.AppliesTo, options: [String]) throws -> FieldID {
    try require(.manageFields)
    try requireFreeName("custom_field", name, except: nil)
    let id: FieldID = try connection.required("""
      INSERT INTO custom_field (name, name_key, type, applies_to, options, position)
      VALUES (\(name), \(Fold.search(name)), \(kind), \(appliesTo), \(try JSON.text(options)),
        (SELECT coalesce(max(position), 0) + 1 FROM custom_field)) RETURNING id
      """)
    audit(.created, .field, id.rawValue)
    return id
  }

  /// The type stays: values of it are kept.
  package func changeField(
    _ id: FieldID, name: String, _ appliesTo: CustomField.AppliesTo, options: [String], expecting version: Int
  ) throws {
    try require(.manageFields)
    try requireFreeName("custom_field", name, except: id.rawValue)
    let changed = try connection.run("""
      UPDATE custom_field SET name = \(name), name_key = \(Fold.search(name)), applies_to = \(appliesTo),
        options = \(try JSON.text(options)), version = version + 1 WHERE id = \(id) AND version = \(version)
      """)
    try requireChanged(changed, "SELECT version FROM custom_field WHERE id = \(id)")
    audit(.changed, .field, id.rawValue)
  }

  /// Archived fields keep their values and are not offered.
  package func setFieldArchived(_ id: FieldID, _ isArchived: Bool) throws {
    try require(.manageFields)
    let at = isArchived ? now : nil
    let changed = try connection.run("UPDATE custom_field SET archived_at = \(at), version = version + 1 WHERE id = \(id)")
    guard changed == 1 else { throw Refusal.notFound }
    audit(isArchived ? .archived : .restored, .field, id.rawValue)
  }

  package func renameTag(_ id: TagID, to name: String) throws {
    try require(.manageFields)
    try requireFreeName("tag", name, except: id.rawValue)
    let changed = try connection.run("UPDATE tag SET name = \(name), name_key = \(Fold.search(name)) WHERE id = \(id)")
    guard changed == 1 else { throw Refusal.notFound }
    audit(.changed, .tag, id.rawValue)
  }

  /// - Returns: how to take it back: name and bearers are kept for a day.
  package func removeTag(_ id: TagID, returnTo: String) throws -> UndoID {
    try require(.manageFields)
    let found = try connection.first("SELECT name, interval_days FROM tag WHERE id = \(id)") {
      (name: try $0.next(String.self), days: try $0.next(Int?.self))
    }
    guard let (name, days) = found else { throw Refusal.notFound }
    let bearers = try connection.values("SELECT party_id FROM party_tag WHERE tag_id = \(id)", as: PartyID.self)
    try connection.run("DELETE FROM party_tag WHERE tag_id = \(id)")
    try connection.run("DELETE FROM tag WHERE id = \(id)")
    if days != nil { try rhythmFollows(bearers) }
    audit(.removed, .tag, id.rawValue)
    return try leaveUndo(
      "clients.tag_removed", payload: RemovedTag(name: name, bearers: bearers, intervalDays: days), summary: "clients.undo.tag_removed", ["name": name],
      returnTo: returnTo)
  }

  static func undoRemovedTag(_ tx: Transaction, _ payload: String) throws {
    try tx.require(.manageFields)
    let removed: RemovedTag = try JSON.value(payload)
    guard let tag = try tx.tagIDs([removed.name]).values.first else { return }
    let there = Set(try tx.connection.values("SELECT party_id FROM party_tag WHERE tag_id = \(tag)", as: PartyID.self))
    try tx.connection.insert(
      into: "party_tag", ["party_id", "tag_id"],
      rows: removed.bearers.filter { !there.contains($0) }.map { [$0.sqlValue, tag.sqlValue] })
    if let days = removed.intervalDays { try tx.putInterval(days, of: tag) }
    tx.audit(.restored, .tag, tag.rawValue)
  }

  /// How often clients with the tag should hear from us; nil leaves it to the relationship type.
  package func setTagInterval(_ id: TagID, _ days: Int?) throws {
    try require(.manageFields)
    guard try connection.exists("SELECT 1 FROM tag WHERE id = \(id)") else { throw Refusal.notFound }
    try putInterval(days, of: id)
    audit(.changed, .tag, id.rawValue, detail: "interval")
  }

  fileprivate func putInterval(_ days: Int?, of id: TagID) throws {
    let changed = try connection.run("UPDATE tag SET interval_days = \(days) WHERE id = \(id) AND interval_days IS DISTINCT FROM \(days)")
    guard changed > 0 else { return }
    try rhythmFollows(where: "EXISTS (SELECT 1 FROM party_tag bears WHERE bears.party_id = p.id AND bears.tag_id = \(id))")
  }

  package func createRelationship(_ name: String, _ defaults: RelationshipDefaults) throws {
    try require(.manageFields)
    let id: RelationshipID = try connection.required("""
      INSERT INTO relationship_type (key, name, interval_days, channel, owner_id, position)
      VALUES (\("own.\(Fold.search(name))"), \(name), \(defaults.intervalDays), \(defaults.channel), \(defaults.ownerID),
        (SELECT coalesce(max(position), 0) + 1 FROM relationship_type)) RETURNING id
      """)
    audit(.created, .relationship, id.rawValue)
  }

  /// A built-in type keeps its name.
  package func changeRelationship(
    _ id: RelationshipID, name: String?, _ defaults: RelationshipDefaults, expecting version: Int
  ) throws {
    try require(.manageFields)
    let changed = try connection.run("""
      UPDATE relationship_type SET name = CASE WHEN name IS NULL THEN NULL ELSE \(name ?? "") END,
        interval_days = \(defaults.intervalDays), channel = \(defaults.channel), owner_id = \(defaults.ownerID), version = version + 1
      WHERE id = \(id) AND version = \(version)
      """)
    try requireChanged(changed, "SELECT version FROM relationship_type WHERE id = \(id)")
    try rhythmFollows(where: "p.relationship_id = \(id)")
    audit(.changed, .relationship, id.rawValue)
  }

  package func setRelationshipArchived(_ id: RelationshipID, _ isArchived: Bool) throws {
    try require(.manageFields)
    let at = isArchived ? now : nil
    let changed = try connection.run("UPDATE relationship_type SET archived_at = \(at), version = version + 1 WHERE id = \(id)")
    guard changed == 1 else { throw Refusal.notFound }
    audit(isArchived ? .archived : .restored, .relationship, id.rawValue)
  }

  private func requireFreeName(_ table: SQL, _ name: String, except id: Int64?) throws {
    let holder = try connection.value("SELECT id FROM \(table) WHERE name_key = \(Fold.search(name))", as: Int64.self)
    if let holder, holder != id { throw Refusal.duplicate(field: "name", of: holder) }
  }

  private func requireChanged(_ rows: Int, _ version: SQL) throws {
    guard rows == 0 else { return }
    guard let current = try connection.value(version, as: Int.self) else { throw Refusal.notFound }
    throw Refusal.conflict(currentVersion: current)
  }
}

/// What a relationship type sets for its clients.
package struct RelationshipDefaults: Sendable, Hashable {
  package var intervalDays: Int?
  package var channel: Channel?
  package var ownerID: AccountID?
  package init(intervalDays: Int? = nil, channel: Channel? = nil, ownerID: AccountID? = nil) {
    (self.intervalDays, self.channel, self.ownerID) = (intervalDays, channel, ownerID)
  }
}

private struct RemovedTag: Codable {
  let name: String
  let bearers: [PartyID]
  let intervalDays: Int?
}

extension Session {
  /// Tags with how many carry them, and how often those should hear from us.
  package func tagUse(limit: Int = 500) throws -> [(tag: TagLine, count: Int, intervalDays: Int?)] {
    try connection.rows("""
      SELECT t.id, t.name, (SELECT count(*) FROM party_tag pt WHERE pt.tag_id = t.id), t.interval_days
      FROM tag t ORDER BY t.name_key LIMIT \(limit)
      """) { (tag: TagLine(id: try $0.next(), name: try $0.next()), count: try $0.next(Int.self), intervalDays: try $0.next(Int?.self)) }
  }
}
