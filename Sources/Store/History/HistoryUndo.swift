package import Domain

/// Taking back what was logged is a withdrawal; taking back a withdrawal puts the words back.
package enum HistoryUndo {
  static let logged = "history.logged"
  static let withdrawn = "history.withdrawn"

  struct Payload: Codable { let entry: HistoryID }

  static let kinds: [String: Undoing.TakeBack] = [
    logged: { tx, payload in try tx.withdraw(try JSON.value(payload, as: Payload.self).entry) },
    withdrawn: { tx, payload in try tx.restore(try JSON.value(payload, as: Payload.self).entry) },
  ]
}

extension Transaction {
  /// - Parameter key: the sentence that says what was logged.
  package func leaveUndo(ofLogging id: HistoryID, summary key: String, returnTo: String) throws -> UndoID {
    try leaveUndo(HistoryUndo.logged, payload: HistoryUndo.Payload(entry: id), summary: key, returnTo: returnTo)
  }
  package func leaveUndo(ofWithdrawal id: HistoryID, returnTo: String) throws -> UndoID {
    try leaveUndo(
      HistoryUndo.withdrawn, payload: HistoryUndo.Payload(entry: id), summary: "history.undo.withdrawn", returnTo: returnTo)
  }
}
