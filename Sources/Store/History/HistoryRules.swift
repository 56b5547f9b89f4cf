import Database

/// What the database itself keeps true of the history: rows are added, never changed or deleted. An erasure may empty the
/// words, once.
enum HistoryRules {
  static let appendOnly = AppendOnly(
    "history",
    columns: [
      "id", "client_id", "person_id", "kind", "version", "automatic", "channel", "direction", "occurred_at", "recorded_at",
      "author_id", "subject", "body", "outcome", "text_key", "data", "corrects_id", "import_id", "erased_at",
    ], erasable: ["subject", "body", "outcome", "text_key", "data"])
}
