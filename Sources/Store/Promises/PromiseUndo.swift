import Database
package import Domain

/// Taking back what was done with a promise. Each is a change of its own, and only to the promise as it was left.
package enum PromiseUndo {
  static let made = "promise.made"
  static let settled = "promise.settled"
  static let moved = "promise.moved"
  static let reopened = "promise.reopened"
  static let logged = "promise.logged"

  struct Payload: Codable {
    let promise: PromiseID
    let version: Int
  }
  struct Move: Codable {
    let promise: PromiseID
    let version: Int
    let due: PromiseDue
    let datedAt: Instant
    let moves: Int
    let wasLate: Bool
  }
  struct Reopening: Codable {
    let promise: PromiseID
    let version: Int
    let state: String
    let settledAt: Instant?
  }
  struct Logging: Codable {
    let entry: HistoryID
    let promises: [PromiseID]
  }

  static let kinds: [String: Undoing.TakeBack] = [
    made: { tx, payload in
      let payload = try JSON.value(payload, as: Payload.self)
      try tx.cancelPromise(payload.promise, version: payload.version)
    },
    settled: { tx, payload in
      let payload = try JSON.value(payload, as: Payload.self)
      try tx.reopenPromise(payload.promise, version: payload.version)
    },
    moved: { tx, payload in
      let move = try JSON.value(payload, as: Move.self)
      try tx.putBack(.renegotiated, move.promise, version: move.version) { old in
        var before = old
        (before.due, before.datedAt, before.moves, before.wasLate) = (move.due, move.datedAt, move.moves, move.wasLate)
        return before
      }
    },
    reopened: { tx, payload in
      let reopening = try JSON.value(payload, as: Reopening.self)
      let state = PromiseState(rawValue: reopening.state) ?? .open
      guard let change = PromiseChange(state) else { throw Refusal.notFound }
      try tx.putBack(change, reopening.promise, version: reopening.version) { old in
        var before = old
        (before.state, before.settledAt) = (state, reopening.settledAt)
        return before
      }
    },
    logged: { tx, payload in
      let logging = try JSON.value(payload, as: Logging.self)
      try tx.withdraw(logging.entry)
      for promise in logging.promises { try tx.cancelPromise(promise) }
    },
  ]
}

extension PromiseChange {
  fileprivate init?(_ state: PromiseState) {
    switch state {
    case .open: return nil
    case .kept: self = .kept
    case .broken: self = .broken
    case .withdrawn: self = .withdrawn
    case .cancelled: self = .cancelled
    }
  }
}

extension Transaction {
  package func leaveUndo(ofMaking id: PromiseID, returnTo: String) throws -> UndoID {
    let what = try promise(id).value.terms.what
    return try leaveUndo(
      PromiseUndo.made, payload: PromiseUndo.Payload(promise: id, version: 1), summary: "promises.undo.made", ["what": what], returnTo: returnTo)
  }

  /// - Parameter version: after it was settled.
  package func leaveUndo(ofSettling id: PromiseID, as state: PromiseState, version: Int, returnTo: String) throws -> UndoID {
    let what = try promise(id).value.terms.what
    return try leaveUndo(
      PromiseUndo.settled, payload: PromiseUndo.Payload(promise: id, version: version), summary: "promises.undo.\(state)", ["what": what],
      returnTo: returnTo)
  }

  /// - Parameter before: the promise as it was read before.
  package func leaveUndo(ofMoving before: StoredPromise, returnTo: String) throws -> UndoID {
    let move = PromiseUndo.Move(
      promise: before.id, version: before.version + 1, due: before.value.due, datedAt: before.value.datedAt, moves: before.value.moves,
      wasLate: before.value.wasLate)
    return try leaveUndo(
      PromiseUndo.moved, payload: move, summary: "promises.undo.moved", ["what": before.value.terms.what], returnTo: returnTo)
  }

  package func leaveUndo(ofReopening before: StoredPromise, returnTo: String) throws -> UndoID {
    let reopening = PromiseUndo.Reopening(
      promise: before.id, version: before.version + 1, state: before.value.state.rawValue, settledAt: before.value.settledAt)
    return try leaveUndo(
      PromiseUndo.reopened, payload: reopening, summary: "promises.undo.reopened", ["what": before.value.terms.what], returnTo: returnTo)
  }

  /// A contact with the promises made in it.
  package func leaveUndo(ofLogging entry: HistoryID, with promises: [PromiseID], summary key: String, returnTo: String) throws -> UndoID {
    try leaveUndo(PromiseUndo.logged, payload: PromiseUndo.Logging(entry: entry, promises: promises), summary: key, returnTo: returnTo)
  }
}
