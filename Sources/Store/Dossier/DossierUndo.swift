package import Domain

/// Taking back an addition removes the entry, taking back a removal puts it back; a change goes back to what was there before.
package enum DossierUndo {
  static let added = "dossier.added"
  static let removed = "dossier.removed"
  static let changed = "dossier.changed"
  static let rateRemoved = "dossier.rate_removed"

  struct Payload: Codable {
    let entry: DossierEntryID
    /// The entry as it was left: after another change there is nothing to take back blindly.
    let version: Int
    var draft: DossierEntryDraft?
  }

  struct RatePayload: Codable { let currency: Currency, base: Currency, from: CalendarDate, value: RateValue }

  static let kinds: [String: Undoing.TakeBack] = [
    added: { tx, payload in
      let payload = try JSON.value(payload, as: Payload.self)
      try tx.removeDossierEntry(payload.entry, version: payload.version)
    },
    removed: { tx, payload in
      let payload = try JSON.value(payload, as: Payload.self)
      try tx.restoreDossierEntry(payload.entry, version: payload.version)
    },
    changed: { tx, payload in
      let payload = try JSON.value(payload, as: Payload.self)
      guard let draft = payload.draft else { throw Refusal.notFound }
      try tx.changeDossierEntry(payload.entry, to: draft, version: payload.version)
    },
    rateRemoved: { tx, payload in
      let rate = try JSON.value(payload, as: RatePayload.self)
      try tx.addRate(ExchangeRate(currency: rate.currency, base: rate.base, from: rate.from, value: rate.value))
    },
  ]
}

extension Transaction {
  package func leaveUndo(ofAddingEntry id: DossierEntryID, returnTo: String) throws -> UndoID {
    try leaveUndo(
      DossierUndo.added, payload: DossierUndo.Payload(entry: id, version: 1), summary: "dossier.undo.added", returnTo: returnTo)
  }
  package func leaveUndo(ofRemovingEntry id: DossierEntryID, version: Int, returnTo: String) throws -> UndoID {
    try leaveUndo(
      DossierUndo.removed, payload: DossierUndo.Payload(entry: id, version: version), summary: "dossier.undo.removed",
      returnTo: returnTo)
  }
  /// - Parameter draft: what was there before.
  package func leaveUndo(ofChangingEntry id: DossierEntryID, version: Int, from draft: DossierEntryDraft, returnTo: String) throws -> UndoID {
    try leaveUndo(
      DossierUndo.changed, payload: DossierUndo.Payload(entry: id, version: version, draft: draft), summary: "dossier.undo.changed",
      returnTo: returnTo)
  }
  package func leaveUndo(ofRemoving rate: ExchangeRate, returnTo: String) throws -> UndoID {
    try leaveUndo(
      DossierUndo.rateRemoved,
      payload: DossierUndo.RatePayload(currency: rate.currency, base: rate.base, from: rate.from, value: rate.value),
      summary: "dossier.undo.rate_removed", returnTo: returnTo)
  }
}
