package import Database

/// The whole schema, as migrations in order. A released migration never changes; a change is a new one.
package enum Schema {
  package static let migrations: [Migration] = [
    Migration(
      number: 1, name: "foundation", script: accountsSchema + clientsSchema + historySchema + foundationRows,
      appendOnly: [HistoryRules.appendOnly], trigrams: [SearchIndex.documents]),
    Migration(number: 2, name: "promises", script: promisesSchema),
    Migration(number: 3, name: "tasks", script: tasksSchema),
    Migration(number: 4, name: "today", script: todaySchema),
    Migration(number: 5, name: "handover", script: handoverSchema),
    Migration(number: 6, name: "mail", script: mailSchema),
    Migration(number: 7, name: "deals", script: pipelineSchema + dealsSchema + purchasesSchema),
    Migration(number: 8, name: "dossier", script: dossierSchema),
    Migration(number: 9, name: "sharing", script: sharingSchema),
    Migration(number: 10, name: "index pages", script: "", postgres: indexPages),
    Migration(number: 11, name: "opportunity lists", script: opportunityIndexes),
    Migration(number: 12, name: "opportunities of an account", script: opportunityTakers),
    Migration(number: 13, name: "incoming mail", script: incomingMailSchema),
  ]

  private static let foundationRows = """
    INSERT INTO audit_head (id, audit_id, hash, data_version)
      VALUES (1, 0, {zero32}, 1);
    INSERT INTO relationship_type (key, interval_days, channel, position) VALUES
      ('long_term', 60, 'call', 1), ('dedicated', 30, 'call', 2), ('personal', 30, 'call', 3), ('transactional', 180, 'email', 4),
      ('self_service', NULL, 'email', 5), ('automated', NULL, 'email', 6), ('community', 120, 'event', 7);
    """
}
