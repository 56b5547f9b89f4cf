import Database
package import Domain

/// Adding, changing, removing and putting back an entry: with its totals, the history and the audit in one transaction.
extension Transaction {
  @discardableResult
  package func addDossierEntry(_ draft: DossierEntryDraft, to client: ClientID) throws -> DossierEntryID {
    try require(.editDossier)
    if draft.audience == .client { try require(.showToClient) }
    try requireOpenClient(client)
    try check(draft, of: client)
    let count = try connection.value("SELECT entries FROM dossier_total WHERE client_id = \(client)", as: Int.self) ?? 0
    guard count < DossierLimits.entries else {
      throw InvalidForm([FieldMessage(field: "what", key: "dossier.error.too_many", slots: ["max": "\(DossierLimits.entries)"])])
    }
    let money = draft.amount?.money
    let id: DossierEntryID = try connection.required("""
      INSERT INTO dossier_entry (client_id, section, deal_id, date, what, why, asked, did, took, amount_minor, currency, basis,
        workings, value_minor, proof, for_client, note, author_id, recorded_at)
      VALUES (\(client), \(draft.section), \(draft.project), \(draft.date), \(draft.what), \(draft.why), \(draft.story.asked),
        \(draft.story.did), \(draft.story.took), \(money?.minor), \(money?.currency.code), \(draft.amount?.basis),
        \(draft.amount?.workings ?? ""), \(try value(of: draft)), \(draft.proof), \(draft.audience == .client), \(draft.note),
        \(actor.id), \(now))
      RETURNING id
      """)
    try setEvidence(draft.evidence, of: id, client)
    try refreshDossierTotals(of: [client])
    try record(.dossierAdded(DossierNote(entry: id, section: draft.section, what: draft.what)), client: client)
    audit(.created, .dossierEntry, id.rawValue)
    return id
  }

  /// - Parameter version: the one the change was made to.
  package func changeDossierEntry(_ id: DossierEntryID, to draft: DossierEntryDraft, version: Int) throws {
    let old = try changeable(id, version)
    guard old.draft != draft else { return }
    // Whoever may not decide what a client reads may not change what it reads either.
    if draft.audience == .client || old.draft.audience == .client { try require(.showToClient) }
    try check(draft, of: old.clientID)
    let money = draft.amount?.money
    try update(old, """
      section = \(draft.section), deal_id = \(draft.project), date = \(draft.date), what = \(draft.what), why = \(draft.why),
      asked = \(draft.story.asked), did = \(draft.story.did), took = \(draft.story.took), amount_minor = \(money?.minor),
      currency = \(money?.currency.code), basis = \(draft.amount?.basis), workings = \(draft.amount?.workings ?? ""),
      value_minor = \(try value(of: draft)), proof = \(draft.proof), for_client = \(draft.audience == .client), note = \(draft.note)
      """)
    if old.draft.evidence != draft.evidence {
      try connection.run("DELETE FROM dossier_evidence WHERE entry_id = \(id)")
      try setEvidence(draft.evidence, of: id, old.clientID)
    }
    try refreshDossierTotals(of: [old.clientID])
    try record(.dossierChanged(DossierNote(entry: id, section: draft.section, what: draft.what)), client: old.clientID)
    audit(.changed, .dossierEntry, id.rawValue)
  }

  /// Out of the dossier; it can be put back.
  package func removeDossierEntry(_ id: DossierEntryID, version: Int) throws {
    let old = try changeable(id, version)
    if old.draft.audience == .client { try require(.showToClient) }
    try update(old, "removed_at = \(now), removed_by = \(actor.id)")
    try refreshDossierTotals(of: [old.clientID])
    try record(.dossierRemoved(DossierNote(entry: id, section: old.draft.section, what: old.draft.what)), client: old.clientID)
    audit(.removed, .dossierEntry, id.rawValue)
  }

  package func restoreDossierEntry(_ id: DossierEntryID, version: Int) throws {
    let old = try changeable(id, version, removed: true)
    if old.draft.audience == .client { try require(.showToClient) }
    try update(old, "removed_at = NULL, removed_by = NULL, value_minor = \(try value(of: old.draft))")
    try refreshDossierTotals(of: [old.clientID])
    try record(.dossierRestored(DossierNote(entry: id, section: old.draft.section, what: old.draft.what)), client: old.clientID)
    audit(.restored, .dossierEntry, id.rawValue)
  }

  /// Shown to the client, or no longer: one click.
  package func setAudience(_ audience: DossierAudience, of id: DossierEntryID, version: Int) throws {
    var draft = try changeable(id, version).draft
    draft.audience = audience
    try changeDossierEntry(id, to: draft, version: version)
  }
}

extension Transaction {
  private func changeable(_ id: DossierEntryID, _ version: Int, removed: Bool = false) throws -> DossierEntry {
    try require(.editDossier)
    let (entry, isRemoved) = try dossierEntry(id)
    try requireOpenClient(entry.clientID)
    guard entry.version == version else { throw Refusal.conflict(currentVersion: entry.version) }
    guard isRemoved == removed else { throw Refusal.notFound }
    return entry
  }

  private func update(_ entry: DossierEntry, _ assignments: SQL) throws {
    let changed = try connection.run("""
      UPDATE dossier_entry SET \(assignments), version = version + 1 WHERE id = \(entry.id) AND version = \(entry.version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: entry.version + 1) }
  }

  func requireOpenClient(_ client: ClientID) throws {
    guard try connection.exists(
      "SELECT 1 FROM party p WHERE p.id = \(client) AND p.is_client AND p.deleted_at IS NULL AND \(visible())")
    else { throw Refusal.notFound }
  }

  /// What only the base knows: whether project and evidence are the client's, and whether the amount has its bounds.
  private func check(_ draft: DossierEntryDraft, of client: ClientID) throws {
    var check = Validation()
    if !draft.section.isWritten { check.fail("section", key: "dossier.error.section") }
    if let amount = draft.amount, !(0...Money.largest ~= amount.money.minor) { check.fail("amount", key: "dossier.error.amount") }
    if let project = draft.project, try !isDeal(project, of: client) { check.fail("project", key: "dossier.error.project") }
    let evidence = Set(draft.evidence)
    if evidence.count > DossierLimits.evidence {
      check.fail("evidence", key: "dossier.error.evidence_many", slots: ["max": "\(DossierLimits.evidence)"])
    } else if !evidence.isEmpty {
      let known = try connection.value("""
        SELECT count(*) FROM history WHERE client_id = \(client) AND id IN \(list: evidence.sorted())
        """, as: Int.self) ?? 0
      if known != evidence.count { check.fail("evidence", key: "dossier.error.evidence") }
    }
    try check.check()
  }

  private func isDeal(_ deal: DealID, of client: ClientID) throws -> Bool {
    try connection.exists("SELECT 1 FROM deal WHERE id = \(deal) AND client_id = \(client)")
  }

  private func setEvidence(_ evidence: [HistoryID], of entry: DossierEntryID, _ client: ClientID) throws {
    for history in Set(evidence).sorted() {
      try connection.run("INSERT INTO dossier_evidence (entry_id, history_id, client_id) VALUES (\(entry), \(history), \(client))")
    }
  }

  /// Minor units of the company's currency; nil without an amount or a rate.
  private func value(of draft: DossierEntryDraft) throws -> Int64? {
    guard let money = draft.amount?.money else { return nil }
    return try rateTable().converted(money, on: draft.date)?.minor
  }
}
