import Database
package import Domain

/// Colleagues by name, for whoever works here: owners and authors are told of by id.
package struct AccountName: Sendable, Hashable {
  package let id: AccountID
  package let name: String
  package let isClosed: Bool
}

extension Session {
  package func accountNames(after id: AccountID?, limit: Int) throws -> [AccountName] {
    try connection.rows("""
      SELECT id, name, closed_at FROM account WHERE id > \(id ?? AccountID(rawValue: 0)) ORDER BY id LIMIT \(limit)
      """) { AccountName(id: try $0.next(), name: try $0.next(), isClosed: try $0.next(Instant?.self) != nil) }
  }
}
