import Database
package import Domain

/// Making promises and what becomes of them. State, history, audit, the reason in "today" and the next reminder are one transaction.
extension Transaction {
  /// - Parameter saidAt: when it was said; now when nil.
  @discardableResult
  package func makePromise(
    _ terms: PromiseTerms, due: PromiseDue, to client: ClientID, saidAt: Instant? = nil, in entry: HistoryID? = nil
  ) throws -> PromiseID {
    try require(.editPromises)
    try requireOpen(client)
    try requireParties(of: terms, client)
    if let entry, try self.entry(entry).clientID != client { throw Refusal.notFound }
    let promise = try naming { try Promise.make(terms, due: due, madeAt: saidAt ?? now, at: now) }
    let id = try insert(promise, client: client, entry: entry)
    try tell(.made, id, promise, client)
    audit(.created, .promise, id.rawValue)
    try speakOf(id, promise, client)
    return id
  }

  private func insert(_ promise: Promise, client: ClientID, entry: HistoryID?) throws -> PromiseID {
    let terms = promise.terms, due = promise.due
    return try connection.required("""
      INSERT INTO promise (client_id, side, what, note, person_id, owner_id, due_date, due_time, due_zone, due_from, due_at, state,
        made_at, dated_at, entry_id, created_at, created_by)
      VALUES (\(client), \(terms.side), \(terms.what), \(terms.note), \(terms.personID), \(terms.ownerID), \(due.date),
        \(due.time?.description), \(due.zone.name), \(due.from), \(due.deadline), 'open', \(promise.madeAt), \(promise.datedAt), \(entry),
        \(now), \(actor.id))
      RETURNING id
      """)
  }

  private func requireParties(of terms: PromiseTerms, _ client: ClientID) throws {
    if let person = terms.personID { try requirePerson(person, of: client) }
    let mayKeep = try connection.exists("""
      SELECT 1 FROM account WHERE id = \(terms.ownerID) AND closed_at IS NULL AND role <> 'readonly'
      """)
    guard mayKeep else { throw InvalidForm([FieldMessage(field: "owner", key: "promises.error.owner")]) }
  }

  /// The words, the people, the note. The date has a road of its own: another one is agreed, not corrected.
  package func changePromise(_ id: PromiseID, to terms: PromiseTerms, version: Int) throws {
    let old = try changeable(id, version)
    guard old.value.terms != terms else { return }
    if terms.personID != old.value.terms.personID || terms.ownerID != old.value.terms.ownerID { try requireParties(of: terms, old.clientID) }
    var after = old.value
    after.terms = terms
    try save(after, over: old)
    try tell(.changed, id, after, old.clientID, oldWhat: old.value.terms.what == terms.what ? nil : old.value.terms.what)
    audit(.changed, .promise, id.rawValue)
  }

  /// - Parameter moment: when it was done; now when nil.
  package func keepPromise(_ id: PromiseID, at moment: Instant? = nil, version: Int? = nil) throws {
    try decide(.kept, id, version) { old throws(PromiseRefusal) in try old.kept(at: moment ?? now, now: now) }
  }

  package func breakPromise(_ id: PromiseID, because reason: String = "", version: Int? = nil) throws {
    try decide(.broken, id, version, reason) { old throws(PromiseRefusal) in try old.broken(at: now) }
  }

  package func withdrawPromise(_ id: PromiseID, because reason: String = "", version: Int? = nil) throws {
    try decide(.withdrawn, id, version, reason) { old throws(PromiseRefusal) in try old.withdrawn(at: now) }
  }

  /// It should never have been written down.
  package func cancelPromise(_ id: PromiseID, version: Int? = nil) throws {
    try decide(.cancelled, id, version) { old throws(PromiseRefusal) in try old.cancelled(at: now) }
  }

  package func reopenPromise(_ id: PromiseID, version: Int? = nil) throws {
    try decide(.reopened, id, version) { old throws(PromiseRefusal) in try old.reopened() }
  }

  package func renegotiatePromise(_ id: PromiseID, to due: PromiseDue, because reason: String, version: Int? = nil) throws {
    try decide(.renegotiated, id, version, reason) { old throws(PromiseRefusal) in try old.renegotiated(to: due, at: now) }
  }

  /// For taking back: the promise as it was at that step, whatever the rules of going forward say.
  func putBack(_ change: PromiseChange, _ id: PromiseID, version: Int, _ before: (Promise) -> Promise) throws {
    try decide(change, id, version) { old in before(old) }
  }

  private func decide<Failure: Error>(
    _ change: PromiseChange, _ id: PromiseID, _ version: Int?, _ reason: String = "", _ decision: (Promise) throws(Failure) -> Promise
  ) throws {
    let old = try changeable(id, version)
    let after = try naming { try decision(old.value) }
    try save(after, over: old)
    try tell(change, id, after, old.clientID, oldDue: after.due == old.value.due ? nil : old.value.due, reason: reason)
    audit(change == .reopened ? .restored : .changed, .promise, id.rawValue, detail: change == .reopened ? "" : "\(change)")
    try speakOf(id, after, old.clientID)
  }

  /// A date that cannot be is a mistake in what was sent, and said by its field; all else is about what became of the promise.
  private func naming(_ decision: () throws -> Promise) throws -> Promise {
    do { return try decision() } catch let refusal as PromiseRefusal {
      guard let field = refusal.field else { throw refusal }
      throw InvalidForm([FieldMessage(field: field, key: "promises.error.\(refusal.rawValue)")])
    }
  }

  private func changeable(_ id: PromiseID, _ version: Int?) throws -> StoredPromise {
    try require(.editPromises)
    let old = try promise(id)
    try requireOpen(old.clientID)
    if let version, version != old.version { throw Refusal.conflict(currentVersion: old.version) }
    return old
  }

  private func save(_ promise: Promise, over old: StoredPromise) throws {
    let terms = promise.terms, due = promise.due
    let changed = try connection.run("""
      UPDATE promise SET side = \(terms.side), what = \(terms.what), note = \(terms.note), person_id = \(terms.personID),
        owner_id = \(terms.ownerID), due_date = \(due.date), due_time = \(due.time?.description), due_zone = \(due.zone.name),
        due_from = \(due.from), due_at = \(due.deadline), state = \(promise.state), dated_at = \(promise.datedAt),
        moves = \(promise.moves), was_late = \(promise.wasLate), settled_at = \(promise.settledAt), on_time = \(promise.wasKeptOnTime),
        version = version + 1
      WHERE id = \(old.id) AND version = \(old.version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: old.version + 1) }
    if terms.ownerID != old.value.terms.ownerID || terms.what != old.value.terms.what { try speakOf(old.id, promise, old.clientID) }
  }

  private func tell(
    _ change: PromiseChange, _ id: PromiseID, _ promise: Promise, _ client: ClientID, oldDue: PromiseDue? = nil, oldWhat: String? = nil,
    reason: String = ""
  ) throws {
    var note = PromiseNote(promise: id, promise, reason: reason)
    (note.oldDue, note.oldWhat) = (oldDue, oldWhat)
    try record(.promise(change, note), client: client)
  }
}
