package import Database
package import Domain

/// A write in progress. What it audits is appended to the chain last, so that the chain's lock is held shortly.
package final class Transaction: Session {
  package let connection: any Connection
  package let actor: Actor
  package let now: Instant
  private var trail: [AuditEntry] = []
  /// Accounts, rights or sessions are others than before: what a server remembers of them is forgotten.
  var changesAccess = false

  init(connection: any Connection, actor: Actor, now: Instant) {
    self.connection = connection
    self.actor = actor
    self.now = now
  }

  /// - Parameter detail: field names and references, never personal data itself: erasure must not break the chain.
  package func audit(_ action: AuditAction, _ entity: AuditEntity, _ id: Int64?, detail: String = "") {
    trail.append(AuditEntry(accountID: actor.id, action: action, entity: entity, entityID: id, detail: detail))
  }

  /// What may be refused without ending the transaction: when `body` throws, its changes and what it audited are undone.
  package func attempt<T>(_ body: () throws -> T) throws -> T {
    let audited = trail.count
    do { return try connection.savepoint(body) } catch {
      trail.removeLast(trail.count - audited)
      throw error
    }
  }

  func sealAudit(changesData: Bool) throws -> Int64 {
    try AuditChain.append(trail, to: connection, at: now, changesData: changesData)
  }
}
