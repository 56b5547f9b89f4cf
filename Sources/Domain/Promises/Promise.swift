/// An agreement or obligation as an object (D5): who promised, to whom, what, by when, and what became of it.

package enum PromiseSide: String, CaseIterable, Codable, Hashable, Sendable {
  /// We promised the client.
  case us
  /// The client promised us.
  case client
}

package enum PromiseState: String, CaseIterable, Codable, Hashable, Sendable {
  case open, kept, broken
  /// Whoever it was given to no longer wants it: nobody's fault, and no part of any share.
  case withdrawn
  /// Should never have been written down.
  case cancelled
}

/// What is promised and between whom; everything but the date and the fate.
package struct PromiseTerms: Hashable, Sendable {
  package var side: PromiseSide
  package var what: String
  package var note: String
  /// At the client: to whom we promised, or who promised us. Nil for the client as such.
  package var personID: PersonID?
  /// Of ours: who has to keep it, or who sees to it that the client does.
  package var ownerID: AccountID

  package init(side: PromiseSide = .us, what: String, note: String = "", personID: PersonID? = nil, ownerID: AccountID) {
    self.side = side
    self.what = what
    self.note = note
    self.personID = personID
    self.ownerID = ownerID
  }

  package static let whatLimit = 300
  package static let noteLimit = 4000
  package static let reasonLimit = 500
}

package struct Promise: Hashable, Sendable {
  package var terms: PromiseTerms
  package var due: PromiseDue
  package var state: PromiseState
  package let madeAt: Instant
  /// When the date that stands was agreed.
  package var datedAt: Instant
  /// How often another date was agreed.
  package var moves: Int
  /// A date was given up only after it had passed: whatever happens now, the promise was not kept on time.
  package var wasLate: Bool
  /// When it was kept, broken, withdrawn or cancelled.
  package var settledAt: Instant?

  package init(
    terms: PromiseTerms, due: PromiseDue, state: PromiseState = .open, madeAt: Instant, datedAt: Instant, moves: Int = 0,
    wasLate: Bool = false, settledAt: Instant? = nil
  ) {
    self.terms = terms
    self.due = due
    self.state = state
    self.madeAt = madeAt
    self.datedAt = datedAt
    self.moves = moves
    self.wasLate = wasLate
    self.settledAt = settledAt
  }

  package func isOverdue(at now: Instant) -> Bool { state == .open && due.isPast(at: now) }

  /// Kept, and no date that stood was missed.
  package var wasKeptOnTime: Bool {
    guard state == .kept, !wasLate, let settledAt else { return false }
    return settledAt <= due.deadline
  }
}

/// Something that shows the promise was made or kept.
package enum PromiseEvidence: Hashable, Sendable {
  case entry(HistoryID)
  case attachment(AttachmentID)
  /// http or https only.
  case link(String)

  package static let linkLimit = 500

  /// - Returns: nil for what is no address of the web.
  package init?(link text: String) {
    let lower = text.lowercased()
    guard text.utf8.count <= Self.linkLimit, let scheme = ["https://", "http://"].first(where: lower.hasPrefix),
      lower.dropFirst(scheme.count).contains(where: { $0.isLetter || $0.isNumber }),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E })
    else { return nil }
    self = .link(text)
  }
}
