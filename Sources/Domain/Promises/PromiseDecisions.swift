/// What may become of a promise, as pure functions: each gives the promise as it is afterwards, or says why not.

package enum PromiseRefusal: String, Error, Hashable, Sendable, CaseIterable {
  /// It is kept, broken, withdrawn or cancelled already.
  case settled
  /// It is open; there is nothing to take back.
  case open
  case sameDate = "same_date"
  /// A new date must lie ahead.
  case datePassed = "date_passed"
  /// Beyond what anybody plans: half a century.
  case dateTooFar = "date_too_far"
  case keptInFuture = "kept_in_future"
  case keptBeforeMade = "kept_before_made"

  /// The form's field it is about.
  package var field: String? {
    switch self {
    case .settled, .open: nil
    case .sameDate, .datePassed, .dateTooFar: "due"
    case .keptInFuture, .keptBeforeMade: "kept_on"
    }
  }
}

extension Promise {
  private static let farthest = 50 * 366 * Instant.day

  /// - Parameter madeAt: when it was said, which may be a while before it is written down; the date may have passed by now.
  package static func make(
    _ terms: PromiseTerms, due: PromiseDue, madeAt: Instant, at now: Instant
  ) throws(PromiseRefusal) -> Promise {
    guard now.milliseconds(to: due.deadline) <= farthest else { throw .dateTooFar }
    guard due.date.year >= 1900 else { throw .datePassed }
    return Promise(terms: terms, due: due, madeAt: min(madeAt, now), datedAt: now)
  }

  /// - Parameter moment: when it was done, if that was before it is said.
  package func kept(at moment: Instant, now: Instant) throws(PromiseRefusal) -> Promise {
    guard moment <= now else { throw .keptInFuture }
    // To the day: what was promised in the afternoon may be noted as done "that day", which begins at midnight.
    guard due.zone.date(moment) >= due.zone.date(madeAt) else { throw .keptBeforeMade }
    return try settled(.kept, at: moment)
  }

  package func broken(at now: Instant) throws(PromiseRefusal) -> Promise { try settled(.broken, at: now) }

  package func withdrawn(at now: Instant) throws(PromiseRefusal) -> Promise { try settled(.withdrawn, at: now) }

  package func cancelled(at now: Instant) throws(PromiseRefusal) -> Promise { try settled(.cancelled, at: now) }

  private func settled(_ state: PromiseState, at moment: Instant) throws(PromiseRefusal) -> Promise {
    guard self.state == .open else { throw .settled }
    var after = self
    after.state = state
    after.settledAt = moment
    return after
  }

  /// Another date, agreed with whoever it was given to. Agreed before the old one passed, the new one counts alone.
  package func renegotiated(to new: PromiseDue, at now: Instant) throws(PromiseRefusal) -> Promise {
    guard state == .open else { throw .settled }
    guard new.deadline != due.deadline else { throw .sameDate }
    guard !new.isPast(at: now) else { throw .datePassed }
    guard now.milliseconds(to: new.deadline) <= Self.farthest else { throw .dateTooFar }
    var after = self
    after.due = new
    after.datedAt = now
    after.moves += 1
    after.wasLate = wasLate || due.isPast(at: now)
    return after
  }

  /// It was said to be settled by mistake, or it is wanted again.
  package func reopened() throws(PromiseRefusal) -> Promise {
    guard state != .open else { throw .open }
    var after = self
    after.state = .open
    after.settledAt = nil
    return after
  }
}
