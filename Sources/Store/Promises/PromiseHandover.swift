import Database
package import Domain

/// Promises go with their clients to whoever takes over.
extension Transaction {
  /// Open promises of these clients that were one colleague's become another's, with their reasons in "today". The history says nothing of
  /// each: the handover is told once.
  /// - Returns: those that moved, for taking back.
  @discardableResult
  package func movePromises(of clients: [ClientID], from old: AccountID, to new: AccountID) throws -> [PromiseID] {
    let moved = try connection.values("""
      SELECT id FROM promise WHERE client_id IN \(list: clients) AND owner_id = \(old) AND state = 'open' ORDER BY id
      """, as: PromiseID.self)
    try movePromises(moved, to: new)
    return moved
  }

  package func movePromises(_ promises: [PromiseID], to new: AccountID) throws {
    guard !promises.isEmpty else { return }
    try connection.run("UPDATE promise SET owner_id = \(new), version = version + 1 WHERE id IN \(list: promises)")
    try connection.run("UPDATE reason SET account_id = \(new) WHERE kind = 'promise' AND subject_id IN \(list: promises)")
  }
}
