import Database
import Domain

/// The dossier's tables in exports, and what goes of them when a client is erased. Totals are derived and do not travel.
extension ExportTable {
  static let dossiers = [
    ExportTable("dossier_setting", .all, [
      .int("id"), .int("hour_minor").orNone, .text("hour_currency").orNone, .int("old_months"), .int("version"),
    ]),
    ExportTable("exchange_rate", .all, [
      .int("id"), .text("currency"), .text("base"), .text("from_date"), .int("mantissa"), .int("scale"), .int("author_id").orNone,
      .int("recorded_at"), .int("version"),
    ]),
    ExportTable("free_help", .ofParty("client_id"), order: "history_id", [
      .int("history_id"), .int("client_id"), .int("minutes").orNone,
    ]),
    ExportTable("dossier_entry", .ofParty("client_id"), [
      .int("id"), .int("client_id"), .text("section"), .int("deal_id").orNone, .text("date"), .text("what"), .text("why"),
      .text("asked"), .text("did"), .text("took"), .int("amount_minor").orNone, .text("currency").orNone, .text("basis").orNone,
      .text("workings"), .int("value_minor").orNone, .text("proof"), .bool("for_client"), .text("note"), .int("author_id").orNone,
      .int("recorded_at"), .int("removed_at").orNone, .int("removed_by").orNone, .int("version"),
    ]),
    ExportTable("dossier_review", .ofParty("client_id"), order: "client_id", [
      .int("client_id"), .text("reviewed_on").orNone, .text("manager_since").orNone,
    ]),
    ExportTable("dossier_evidence", .ofParty("client_id"), order: "entry_id, history_id", [
      .int("entry_id"), .int("history_id"), .int("client_id"),
    ]),
    ExportTable("dossier_proposal", .ofParty("client_id"), [
      .int("id"), .int("client_id"), .text("rule"), .text("subject"), .text("section"), .int("deal_id").orNone, .text("date"),
      .int("amount_minor").orNone, .text("currency").orNone, .text("basis").orNone, .text("slots"), .int("history_id").orNone,
      .text("state"), .int("entry_id").orNone, .int("made_at"), .int("decided_at").orNone, .int("decided_by").orNone, .int("version"),
    ]),
  ]
}

extension Connection {
  /// Everything said in a dossier is about the client.
  func eraseDossiers(of parties: [PartyID]) throws {
    for table in ["dossier_evidence", "dossier_proposal", "dossier_entry", "dossier_total", "dossier_review", "free_help"] as [SQL] {
      try run("DELETE FROM \(table) WHERE client_id IN \(list: parties)")
    }
  }
}
