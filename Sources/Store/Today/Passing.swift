import Database
package import Domain

/// Done and "hand over" from the page.
extension Transaction {
  /// What done means is the feature's to say.
  package func finish(_ key: ReasonKey, returnTo: String) throws -> UndoID? {
    try require(.logContacts)
    let reason = try shownReason(key)
    guard let finish = ReasonSources.byKind[key.kind]?.finish else { throw Refusal.notFound }
    let undo = try finish(self, key.subject, returnTo)
    audit(.changed, .reason, reason.id, detail: "done \(key.kind.rawValue)")
    return undo
  }

  package enum Passing: String, Sendable, CaseIterable {
    /// This alone; the client stays where it is.
    case matter
    /// The client with all that belongs to it.
    case client
  }

  /// To a colleague whom this actor may give clients to.
  package func pass(_ key: ReasonKey, _ what: Passing, to account: AccountID, returnTo: String) throws -> UndoID {
    try require(.logContacts)
    let reason = try shownReason(key)
    guard account != reason.accountID else { throw InvalidForm([FieldMessage(field: "account", key: "today.error.same_account")]) }
    try requireOwnerInScope(account)
    let payload: PassUndo
    switch what {
    case .matter:
      if let hand = ReasonSources.byKind[key.kind]?.hand, let undo = try hand(self, key.subject, account, returnTo) { return undo }
      try connection.run("UPDATE reason SET account_id = \(account), passed_to = \(account) WHERE id = \(reason.id)")
      payload = PassUndo(key: key, client: nil, from: reason.passedTo, account: reason.accountID, to: account)
      if let client = reason.clientID {
        try record(.reasonPassed(ReasonPassing(kind: key.kind, to: account, text: reason.text)), client: client)
      }
    case .client:
      guard let client = reason.clientID else { throw Refusal.notFound }
      let from = try giveClient(client, to: account)
      payload = PassUndo(key: key, client: client, from: from, account: from, to: account)
    }
    audit(.changed, .reason, reason.id, detail: "passed \(what.rawValue)")
    let names = ["name": try reasonName(reason), "colleague": try accountName(account) ?? ""]
    return try leaveUndo("today.passed", payload: payload, summary: "today.undo.passed", names, returnTo: returnTo)
  }

  /// - Returns: whose it was.
  private func giveClient(_ client: ClientID, to account: AccountID?) throws -> AccountID? {
    try require(.editClients)
    let old = try storedClient(client)
    var draft = old.draft
    draft.ownerID = account
    _ = try save(draft, over: old)
    return old.draft.ownerID
  }

  /// Only what still stands as it was left.
  static func undoPassing(_ tx: Transaction, _ payload: String) throws {
    let undo: PassUndo = try JSON.value(payload)
    if let client = undo.client {
      guard try tx.storedClient(client).draft.ownerID == undo.to else { return }
      _ = try tx.giveClient(client, to: undo.from)
      return
    }
    try tx.connection.run("""
      UPDATE reason SET passed_to = \(undo.from), account_id = CASE WHEN \(undo.from) IS NOT NULL THEN \(undo.from)
        WHEN follows_owner THEN (SELECT owner_id FROM party WHERE id = reason.client_id) ELSE \(undo.account) END
      WHERE kind = \(undo.key.kind) AND subject_id = \(undo.key.subject) AND passed_to = \(undo.to)
      """)
  }
}

private struct PassUndo: Codable {
  let key: ReasonKey
  let client: ClientID?
  let from: AccountID?
  let account: AccountID?
  let to: AccountID
}
