import Database
package import Domain

/// A filter kept by name; shared ones everybody sees, with the rows that are theirs to see.
package struct SavedView: Sendable, Hashable {
  package let id: ViewID
  package let name: String
  /// As it stands in the URL after the question mark.
  package let query: String
  package let isShared: Bool
  package let isOwn: Bool
}

extension Session {
  package func savedViews(of list: String) throws -> [SavedView] {
    try connection.rows("""
      SELECT id, name, query, shared, account_id FROM saved_view WHERE list = \(list) AND (account_id = \(actor.id) OR shared)
      ORDER BY name, id LIMIT 30
      """) { row in
      SavedView(
        id: try row.next(), name: try row.next(), query: try row.next(), isShared: try row.next(),
        isOwn: try row.next(AccountID.self) == actor.id)
    }
  }
}

extension Transaction {
  package func saveView(_ name: String, list: String, query: String, shared: Bool) throws -> ViewID {
    try require(.viewClients)
    let own = try connection.required("SELECT count(*) FROM saved_view WHERE account_id = \(actor.id)", as: Int.self)
    guard own < 100 else { throw InvalidForm([FieldMessage(field: "name", key: "clients.error.too_many_views")]) }
    let id: ViewID = try connection.required("""
      INSERT INTO saved_view (account_id, list, name, query, shared, created_at)
      VALUES (\(actor.id), \(list), \(name), \(query), \(shared && actor.may(.bulkChange)), \(now)) RETURNING id
      """)
    audit(.created, .view, id.rawValue)
    return id
  }

  /// One's own; whoever manages fields may remove what others share.
  package func removeView(_ id: ViewID) throws -> SavedView {
    let found = try connection.first("SELECT name, query, shared, account_id, list FROM saved_view WHERE id = \(id)") { row in
      let view = SavedView(
        id: id, name: try row.next(), query: try row.next(), isShared: try row.next(),
        isOwn: try row.next(AccountID.self) == actor.id)
      return view
    }
    guard let view = found, view.isOwn || view.isShared else { throw Refusal.notFound }
    if !view.isOwn { try require(.manageFields) }
    try connection.run("DELETE FROM saved_view WHERE id = \(id)")
    audit(.removed, .view, id.rawValue)
    return view
  }
}
