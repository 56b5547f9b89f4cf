package import Database
package import Domain

/// How features ask for a mail: in the transaction of the change that gives occasion to it, so that both happen or neither.
extension Transaction {
  /// - Returns: nil when there is a mail for that key already.
  @discardableResult
  package func enqueueMail(_ draft: MailDraft) throws -> MailID? { try connection.enqueueMail(draft, at: now) }

  /// Takes back what has not left yet: the promise was kept before its reminder went out.
  @discardableResult
  package func cancelMail(key: String) throws -> Bool {
    try connection.run("""
      UPDATE mail SET state = 'cancelled', ended_at = \(now), lease_until = NULL
      WHERE idempotency_key = \(key) AND state IN ('queued','leased')
      """) > 0
  }
}

extension Connection {
  /// For what the program does by itself, without an actor.
  @discardableResult
  package func enqueueMail(_ draft: MailDraft, at now: Instant) throws -> MailID? {
    var account: AccountID?
    var address: String?, name: String?, language: Language?, zone: String?
    switch draft.to {
    case .account(let id): account = id
    case .address(let email, let person, let spoken, let place): (address, name, language, zone) = (email.text, person, spoken, place.name)
    }
    let token = Secret.hex(Secret.hash(of: "\(draft.key) \(now.milliseconds)").prefix(16))
    return try value("""
      INSERT INTO mail (kind, idempotency_key, account_id, address, name, language, zone, letter, message_id, state, send_at,
                        expires_at, created_at)
      VALUES (\(draft.kind.rawValue), \(draft.key), \(account), \(address), \(name), \(language), \(zone),
              \(try JSON.text(draft.letter)), \(token), 'queued', \(draft.notBefore ?? now),
              \((draft.notBefore ?? now).adding(milliseconds: draft.lifetime)), \(now))
      ON CONFLICT (idempotency_key) DO NOTHING RETURNING id
      """)
  }
}
