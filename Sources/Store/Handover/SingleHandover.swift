import Database
package import Domain

/// One client, from its page: done at once, with a note to the successor and the same undo as any handover.
extension Transaction {
  package func handOver(_ client: ClientID, to taker: AccountID, note: String, expecting version: Int, returnTo: String) throws -> UndoID {
    try require(.handOver)
    let stored = try storedClient(client)
    guard stored.draft.isClient, stored.deletedAt == nil else { throw Refusal.notFound }
    guard stored.version == version else { throw Refusal.conflict(currentVersion: stored.version) }
    guard taker != stored.draft.ownerID else { throw InvalidForm([FieldMessage(field: "to", key: "handover.error.owner_already")]) }
    guard try handoverTakerIDs().contains(taker) else {
      throw InvalidForm([FieldMessage(field: "to", key: "handover.error.not_available")])
    }
    let from = stored.draft.ownerID
    let id: HandoverID = try connection.required("""
      INSERT INTO handover (from_id, reason, plan, note, state, made_by, created_at, changed_at)
      VALUES (\(from), \(HandoverReason.client), \(try JSON.text(HandoverPlan(takers: [taker]))), \(note), \(HandoverState.draft), \(actor.id),
        \(now), \(now)) RETURNING id
      """)
    var report = try giveClients([client: taker], from: from, in: id)
    for thing in from == nil ? [] : PassedOn.all {
      guard let from else { break }
      let moved = try pass(thing, .ofClients(from, id), from: from, rest: nil, in: id)
      if moved > 0, !thing.isSilent { report.things[thing.key] = moved }
    }
    try end(try handover(id), report)
    let names = try accountNames([taker])
    return try leaveUndo(
      HandoverUndo.single, payload: id, summary: "handover.undo.single", ["client": stored.draft.name, "name": names[taker] ?? ""],
      returnTo: returnTo, lifetime: HandoverRecord.undoLifetime)
  }
}

enum HandoverUndo {
  static let single = "handover.single"

  static let kinds: [String: Undoing.TakeBack] = [
    single: { tx, payload in
      try tx.require(.handOver)
      let record = try tx.handover(try JSON.value(payload))
      guard record.mayUndo(at: tx.now) else { throw Refusal.conflict(currentVersion: record.version) }
      _ = try tx.takeBack(record) { _, _ in }
    },
  ]
}
