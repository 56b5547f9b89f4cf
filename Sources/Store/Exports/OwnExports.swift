import Database
package import Domain

extension Session {
  /// Archives this account asked for within the last day, newest first; nobody sees another's.
  package func ownExports(kind: String) throws -> [JobStatus] {
    try require(.exportClients)
    let ids = try connection.values("""
      SELECT id FROM job WHERE account_id = \(actor.id) AND kind = \(kind) AND created_at > \(now.adding(milliseconds: -Instant.day))
      ORDER BY id DESC LIMIT 20
      """, as: JobID.self)
    return try ids.compactMap { try job($0) }
  }
}
