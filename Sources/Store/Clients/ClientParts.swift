import Database
package import Domain

/// Contact points, tags and custom values: rows that belong to a client and are replaced with it.
extension Transaction {
  func replaceParts(_ changed: [ChangedClient]) throws {
    let moved = changed.filter { $0.old.draft.contactPoints != $0.new.contactPoints }
    if !moved.isEmpty {
      try connection.run("DELETE FROM contact_point WHERE party_id IN \(list: moved.map(\.id))")
      try connection.insert(into: "contact_point", Self.pointColumns, rows: moved.flatMap { Self.pointRows($0.id, $0.new.contactPoints) })
    }
    try replaceTags(changed.filter { $0.old.draft.tags != $0.new.tags })
    let valued = changed.filter { $0.old.draft.customValues != $0.new.customValues }
    if !valued.isEmpty {
      try connection.run("DELETE FROM custom_value WHERE party_id IN \(list: valued.map(\.id))")
      try connection.insert(into: "custom_value", Self.valueColumns, rows: valued.flatMap { Self.valueRows($0.id, $0.new.customValues) })
    }
  }

  /// A statement for each tag, not for each client.
  private func replaceTags(_ changed: [ChangedClient]) throws {
    guard !changed.isEmpty else { return }
    var gone: [String: [PartyID]] = [:], added: [String: [PartyID]] = [:], names: [String] = []
    for one in changed {
      let before = Set(one.old.draft.tags.map(Fold.search)), after = Set(one.new.tags.map(Fold.search))
      for key in before.subtracting(after) { gone[key, default: []].append(one.id) }
      for key in after.subtracting(before) { added[key, default: []].append(one.id) }
      names += one.new.tags.filter { !before.contains(Fold.search($0)) }
    }
    let known = try knownTags(gone.keys.sorted())
    try connection.run(all: gone.sorted { $0.key < $1.key }.compactMap { key, parties in
      known[key].map { "DELETE FROM party_tag WHERE tag_id = \($0) AND party_id IN \(list: parties)" }
    })
    let tags = try tagIDs(names)
    try connection.run(all: added.sorted { $0.key < $1.key }.compactMap { key, parties in
      tags[key].map { tag in
        """
        INSERT INTO party_tag (party_id, tag_id) SELECT id, \(tag) FROM party WHERE id IN \(list: parties) ON CONFLICT DO NOTHING
        """
      }
    })
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
