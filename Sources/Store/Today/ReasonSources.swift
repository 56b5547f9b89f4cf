package import Database
package import Domain

/// What the store knows of a kind of reason. A feature declares its kinds beside its own queries and adds them below.
package struct ReasonSource: Sendable {
  package typealias Finish = @Sendable (Transaction, _ subject: Int64, _ returnTo: String) throws -> UndoID?

  package let kind: ReasonKind
  /// A SELECT of `subject_id, client_id, due_at`: the reasons there must be, worked out from what they come from. `dossier doctor`
  /// compares it with what is kept. A `due_at` of -1 is not compared: it moves with the calendar.
  let expected: SQL
  /// What "Done" on the page does, in the feature's own terms (history, audit, undo); it settles the reason. Nil where done
  /// needs a form, which the page's link opens.
  package let finish: Finish?
  /// What handing this alone to a colleague does, where the feature has an owner of its own for it; nil moves the reason only.
  package let hand: Hand?
  package typealias Hand = @Sendable (Transaction, _ subject: Int64, _ to: AccountID, _ returnTo: String) throws -> UndoID?

  package init(_ kind: ReasonKind, expected: SQL, finish: Finish? = nil, hand: Hand? = nil) {
    (self.kind, self.expected, self.finish, self.hand) = (kind, expected, finish, hand)
  }
}

package enum ReasonSources {
  package static let all: [ReasonSource] =
    ReasonSource.promises + [TaskSource.due, Rhythms.source] + YearlyDates.sources + DossierReviews.sources
    + ReceivedReasons.sources + AcquaintanceReasons.sources + OpportunityReasons.sources
    + MailReasons.sources

  package static let byKind = Dictionary(all.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
}

extension ReasonSources {
  /// What `doctor` looks at: reasons that should be there, reasons that should not, and those with the wrong account.
  static var checks: [(name: String, sql: SQL)] {
    [
      ("reasons stand with the owners of their clients", """
        SELECT r.id FROM reason r JOIN party p ON p.id = r.client_id WHERE r.follows_owner AND r.passed_to IS NULL AND r.account_id IS DISTINCT FROM p.owner_id LIMIT 1
        """),
      ("reasons show when they should", """
        SELECT r.id FROM reason r LEFT JOIN party p ON p.id = r.client_id
        WHERE r.shows_at <> CASE WHEN p.archived_at IS NOT NULL OR p.deleted_at IS NOT NULL THEN \(Reason.never)
          WHEN r.snoozed_until > r.from_at THEN r.snoozed_until ELSE r.from_at END LIMIT 1
        """),
    ] + all.map(check)
  }

  private static func check(_ source: ReasonSource) -> (name: String, sql: SQL) {
    ("reasons of the kind \(source.kind.rawValue)", """
      SELECT coalesce(e.subject_id, r.subject_id)
      FROM (\(source.expected)) e FULL JOIN (SELECT * FROM reason WHERE kind = \(source.kind)) r ON r.subject_id = e.subject_id
      WHERE e.subject_id IS NULL OR r.subject_id IS NULL OR r.client_id IS DISTINCT FROM e.client_id OR e.due_at NOT IN (-1, r.due_at) LIMIT 1
      """)
  }
}
