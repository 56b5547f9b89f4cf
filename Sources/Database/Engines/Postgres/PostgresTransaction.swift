import CPostgres

/// How a session's transactions begin and end, and what is certain when they end badly.
extension PostgresSession {
  /// Sent with the first statement, so that a transaction that does nothing costs nothing.
  func begin(_ statement: String, readOnly: Bool) {
    pendingBegin = statement
    self.readOnly = readOnly
    failure = nil
  }

  func beginNow() throws {
    guard let begins = pendingBegin else { return }
    pendingBegin = nil
    _ = try simple(begins)
    inTransaction = true
  }

  /// Ends a read: the answer is fetched before the connection's next use, not now.
  func endRead() throws {
    pendingBegin = nil
    guard inTransaction else { return }
    inTransaction = false
    if failure != nil { return try rollBack() }
    try enterPipeline()
    var batch = PostgresBatch(handle)
    send("COMMIT", PostgresParameters.none, &batch)
    if PQpipelineSync(handle) == 1 { unread += 1 } else { broken = true }
  }

  func commit() throws {
    pendingBegin = nil
    guard inTransaction else { return }
    if let failure {
      try rollBack()
      throw failure.error
    }
    watch.committing()
    do {
      let tag = try execute("COMMIT", []).tag
      inTransaction = false
      if watch.commitInDoubt { throw DatabaseError.unknownOutcome }
      guard tag == "COMMIT" else { throw DatabaseError.other(code: "40000", message: "the server answered \(tag) to COMMIT") }
    } catch {
      inTransaction = false
      // A refusal (a deferred constraint, a collision) is certain; a connection that ends here leaves the question open.
      guard broken || failure?.again == .reconnect || isUnavailable(error) else { throw error }
      broken = true
      failure = nil
      throw DatabaseError.unknownOutcome
    }
  }

  func rollBack() throws {
    pendingBegin = nil
    guard inTransaction else { return }
    inTransaction = false
    if broken { return }
    let first = failure
    _ = try? simple("ROLLBACK")
    failure = first
    if PQtransactionStatus(handle) != PQTRANS_IDLE { broken = true }
  }

  private func isUnavailable(_ error: any Error) -> Bool {
    if case DatabaseError.unavailable = error { true } else { false }
  }
}
