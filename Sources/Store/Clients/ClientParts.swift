import Database
package import Domain

/// Contact points, tags and custom values: rows that belong to a client and are replaced with it.
extension Transaction {
  func replaceParts(of id: PartyID, _ old: ClientDraft, _ new: ClientDraft) throws {
    if old.contactPoints != new.contactPoints {
      try connection.run("DELETE FROM contact_point WHERE party_id = \(id)")
      try connection.insert(into: "contact_point", Self.pointColumns, rows: Self.pointRows(id, new.contactPoints))
    }
    try replaceTags(of: id, old.tags, new.tags)
    if old.customValues != new.customValues {
      try connection.run("DELETE FROM custom_value WHERE party_id = \(id)")
      try connection.insert(into: "custom_value", Self.valueColumns, rows: Self.valueRows(id, new.customValues))
    }
  }

  private func replaceTags(of id: PartyID, _ old: [String], _ new: [String]) throws {
    let before = Set(old.map(Fold.search)), after = Set(new.map(Fold.search))
    let gone = before.subtracting(after)
    if !gone.isEmpty {
      try connection.run("""
        DELETE FROM party_tag WHERE party_id = \(id) AND tag_id IN (SELECT id FROM tag WHERE name_key IN \(list: gone.sorted()))
        """)
    }
    let added = new.filter { !before.contains(Fold.search($0)) }
    for tag in try tagIDs(added).values {
      try connection.run("INSERT INTO party_tag (party_id, tag_id) VALUES (\(id), \(tag)) ON CONFLICT DO NOTHING")
    }
  }

  /// By folded name; tags that do not exist are made.
  package func tagIDs(_ names: some Sequence<String>) throws -> [String: TagID] {
    var wanted: [String: String] = [:]
    for name in names { if wanted[Fold.search(name)] == nil { wanted[Fold.search(name)] = name } }
    guard !wanted.isEmpty else { return [:] }
    var known = try knownTags(wanted.keys.sorted())
    for (key, name) in wanted.sorted(by: { $0.key < $1.key }) where known[key] == nil && !key.isEmpty {
      let made = try connection.value("""
        INSERT INTO tag (name, name_key) VALUES (\(String(name.prefix(60))), \(key)) ON CONFLICT (name_key) DO NOTHING RETURNING id
        """, as: TagID.self)
      // Another server made it meanwhile.
      known[key] = try made ?? connection.required("SELECT id FROM tag WHERE name_key = \(key)")
    }
    return known
  }

  private func knownTags(_ keys: [String]) throws -> [String: TagID] {
    let rows = try connection.rows("SELECT name_key, id FROM tag WHERE name_key IN \(list: keys)") { row in
      (try row.next(String.self), try row.next(TagID.self))
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  static let pointColumns: [StaticString] = ["party_id", "kind", "label", "value", "value_key", "shown", "position"]
  static func pointRows(_ id: PartyID, _ points: [ContactPoint]) -> [[SQLValue]] {
    points.enumerated().map { position, point in
      [
        id.sqlValue, point.kind.sqlValue, point.label.sqlValue, point.value.sqlValue, point.key.sqlValue, point.shown.sqlValue,
        position.sqlValue,
      ]
    }
  }

  static let valueColumns: [StaticString] = ["party_id", "field_id", "value", "number"]
  static func valueRows(_ id: PartyID, _ values: [FieldID: CustomValue]) -> [[SQLValue]] {
    values.sorted { $0.key < $1.key }.map { field, value in
      [id.sqlValue, field.sqlValue, value.stored.sqlValue, value.number.sqlValue]
    }
  }
}
