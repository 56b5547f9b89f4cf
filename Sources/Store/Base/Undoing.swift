import Database
package import Domain

/// How each kind of undo is taken back. A feature adds its line here and its function beside what it undoes.
package enum Undoing {
  package typealias TakeBack = @Sendable (Transaction, _ payload: String) throws -> Void

  static let kinds: [String: TakeBack] = [
    HistoryUndo.kinds, MailUndo.kinds, FactUndo.kinds, ClientUndo.kinds,
    DossierUndo.kinds, ProposalUndo.kinds, DossierReviews.undo,
    ShareUndo.kinds,
    DealUndo.kinds, OpportunityUndo.kinds,
    TodayUndo.kinds,
    PromiseUndo.kinds,
    TaskUndo.kinds,
    MailboxUndo.kinds,
    HandoverUndo.kinds, ReceivedReasons.kinds, AcquaintanceReasons.kinds, ManagerUndo.kinds,
  ].reduce(into: [:]) { all, kinds in
    all.merge(kinds) { first, _ in first }
  }
}

extension Store {
  /// Takes back what the notice describes, in one transaction.
  /// - Returns: where to go on.
  package func undo(_ id: UndoID, as actor: Actor, at now: Instant) async throws -> String {
    try await write(as: actor, at: now) { tx in
      guard let notice = try tx.takeUndo(id), let takeBack = Undoing.kinds[notice.kind] else { throw Refusal.notFound }
      try takeBack(tx, notice.payload)
      return notice.returnTo
    }
  }
}
