import Database
package import Domain

/// An answer kept so that the same request sent again does nothing twice.
package struct KeptAnswer: Sendable, Hashable {
  package let status: Int
  package let body: String
  package let etag: String?
  package let location: String?

  package init(status: Int, body: String, etag: String? = nil, location: String? = nil) {
    (self.status, self.body, self.etag, self.location) = (status, body, etag, location)
  }
}

package enum OnceOutcome: Sendable {
  case done(KeptAnswer)
  /// The key's effect happened before; this is what was answered then.
  case replayed(KeptAnswer)
  /// The key was used with another request.
  case mismatch
}

package enum Idempotency {
  package static let lifetime = Instant.day
}

extension Transaction {
  /// The effect at most once a key and account: the key, the request's hash and the answer are committed with the effect. Of
  /// two equal requests at the same time the second waits for the first (on the key's row in PostgreSQL, for the writer in
  /// SQLite). What is refused leaves no key, and may be sent again corrected.
  package func once(
    _ key: String, request hash: [UInt8], _ effect: () throws -> KeptAnswer
  ) throws -> OnceOutcome {
    let owner = "account:\(actor.id)"
    try connection.run("""
      DELETE FROM idempotency WHERE owner = \(owner) AND idempotency_key = \(key)
        AND created_at <= \(now.adding(milliseconds: -Idempotency.lifetime))
      """)
    let claimed = try connection.run("""
      INSERT INTO idempotency (owner, idempotency_key, request_hash, status, body, created_at)
      VALUES (\(owner), \(key), \(hash), 0, '', \(now)) ON CONFLICT (owner, idempotency_key) DO NOTHING
      """)
    guard claimed == 1 else { return try kept(key, owner, hash) }
    let answer = try effect()
    try connection.run("""
      UPDATE idempotency SET status = \(answer.status), body = \(answer.body), etag = \(answer.etag), location = \(answer.location)
      WHERE owner = \(owner) AND idempotency_key = \(key)
      """)
    return .done(answer)
  }

  private func kept(_ key: String, _ owner: String, _ hash: [UInt8]) throws -> OnceOutcome {
    let found = try connection.first("""
      SELECT request_hash, status, body, etag, location FROM idempotency WHERE owner = \(owner) AND idempotency_key = \(key)
      """) { row in
      (hash: try row.next([UInt8].self),
       answer: KeptAnswer(status: try row.next(), body: try row.next(), etag: try row.next(), location: try row.next()))
    }
    // Purged between the two statements: the caller sends it again.
    guard let found else { throw DatabaseError.busy }
    return found.hash == hash ? .replayed(found.answer) : .mismatch
  }
}

extension Store {
  /// Forgets keys older than a day.
  /// - Returns: how many.
  @discardableResult
  package func purgeIdempotency(at now: Instant) async throws -> Int {
    try await database.write {
      try $0.run("DELETE FROM idempotency WHERE created_at <= \(now.adding(milliseconds: -Idempotency.lifetime))")
    }
  }
}
