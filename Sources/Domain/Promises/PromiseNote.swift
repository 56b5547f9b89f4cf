/// What a history entry about a promise keeps: enough to tell it for ever, in any language, whatever becomes of the promise.

package enum PromiseChange: String, CaseIterable, Hashable, Sendable {
  case made, changed, kept, broken, renegotiated, withdrawn, cancelled, reopened

  package var kind: HistoryKind {
    switch self {
    case .made: .promiseMade
    case .changed: .promiseChanged
    case .kept: .promiseKept
    case .broken: .promiseBroken
    case .renegotiated: .promiseRenegotiated
    case .withdrawn: .promiseWithdrawn
    case .cancelled: .promiseCancelled
    case .reopened: .promiseReopened
    }
  }

  package init?(_ kind: HistoryKind) {
    guard let change = Self.allCases.first(where: { $0.kind == kind }) else { return nil }
    self = change
  }
}

package struct PromiseNote: Codable, Hashable, Sendable {
  package let promise: PromiseID
  package let side: PromiseSide
  package let what: String
  package let due: PromiseDue
  package let person: PersonID?
  /// The date before it was renegotiated.
  package var oldDue: PromiseDue?
  /// The words before they were changed.
  package var oldWhat: String?
  package var reason: String?
  /// Of a kept one: after its date.
  package var isLate: Bool?

  package init(promise: PromiseID, _ value: Promise, reason: String = "") {
    self.promise = promise
    side = value.terms.side
    what = value.terms.what
    due = value.due
    person = value.terms.personID
    self.reason = reason.isEmpty ? nil : reason
    if value.state == .kept { isLate = !value.wasKeptOnTime }
  }
}
