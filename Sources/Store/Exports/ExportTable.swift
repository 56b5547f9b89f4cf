package import Database
import Domain

/// A table of an export, in the order in which rows may be put back: what is referred to comes first.
package struct ExportTable: Sendable {
  /// Which rows someone with a narrower view gets; who sees everything gets all rows.
  enum Rows: Sendable {
    case all
    /// Rows about a party named by this column.
    case ofParty(StaticString)
    /// Rows of the actor's own, and of others where the second condition holds.
    case ofAccount(StaticString, or: SQL)
    case ofImport(StaticString)
    case ofDeal, ofPurchase, ofPurchaseImport
    /// Rows about a promise named by this column.
    case ofPromise(StaticString)
    /// Rows about a task named by this column.
    case ofTask(StaticString)
    /// Nothing, where the export is not the whole.
    case ofWhole
  }

  package let name: StaticString
  package let columns: [ExportColumn]
  let order: StaticString
  let rows: Rows
  /// Whether ids are generated, and must go on above those that came in.
  let hasIdentity: Bool

  init(_ name: StaticString, _ rows: Rows, order: StaticString = "id", _ columns: [ExportColumn]) {
    (self.name, self.rows, self.order, self.columns) = (name, rows, order, columns)
    hasIdentity = "\(order)" == "id" && !["installation", "promise_schedule", "dossier_setting", "mail_server"].contains("\(name)")
  }

  package var fileName: String { "\(name).csv" }
  package var headings: [String] { columns.map { "\($0.name)" } }
}

extension ExportTable {
  /// Everything a company keeps, but for what is secret (passwords, sessions, tokens), what is derived (search) and the audit
  /// trail, which is no record to be put back.
  package static let all: [ExportTable] = accounts + calendars + parties + records + reasons + imports + promises + deals + purchases + dossiers
    + tasks + handovers + mail

  private static let accounts = [
    ExportTable("installation", .all, [
      .int("id"), .text("company"), .text("country"), .text("zone"), .text("currency"), .text("language"), .int("created_at"),
      .int("version"),
    ]),
    ExportTable("team", .all, [.int("id"), .text("name"), .int("created_at"), .int("version")]),
    ExportTable("account", .all, [
      .int("id"), .text("name"), .text("email"), .text("email_key"), .text("role"), .text("scope"), .int("team_id").orNone,
      .text("language"), .text("zone"), .text("theme"), .text("density"), .bool("keys"), .int("created_at"),
      .int("closed_at").orNone, .int("version"),
    ]),
    ExportTable("saved_view", .ofAccount("account_id", or: "shared"), [
      .int("id"), .int("account_id"), .text("list"), .text("name"), .text("query"), .bool("shared"), .int("created_at"),
    ]),
    ExportTable("relationship_type", .all, [
      .int("id"), .text("key"), .text("name").orNone, .int("interval_days").orNone, .text("channel").orNone,
      .int("owner_id").orNone, .int("position"), .int("archived_at").orNone, .int("version"),
    ]),
    ExportTable("tag", .all, [.int("id"), .text("name"), .text("name_key"), .int("interval_days").orNone]),
    ExportTable("custom_field", .all, [
      .int("id"), .text("name"), .text("name_key"), .text("type"), .text("applies_to"), .text("options"), .int("position"),
      .int("archived_at").orNone, .int("version"),
    ]),
  ]

  private static let calendars = [
    ExportTable("working_hours", .all, order: "account_id, weekday", [
      .int("account_id"), .int("weekday"), .int("from_minute").orNone, .int("until_minute").orNone,
    ]),
    ExportTable("absence", .all, [
      .int("id"), .int("account_id").orNone, .text("first_day"), .text("last_day"), .int("deputy_id").orNone, .text("note"),
      .int("made_at"), .int("made_by").orNone,
    ]),
  ]

  private static let reasons = [
    ExportTable("snooze", .ofParty("client_id"), [
      .int("id"), .int("client_id").orNone, .int("until_at"), .bool("until_answer"), .text("why"), .int("made_at"), .int("made_by").orNone,
      .int("ended_at").orNone, .int("ended_by").orNone,
    ]),
    ExportTable("reason", .ofParty("client_id"), [
      .int("id"), .text("kind"), .int("subject_id"), .int("client_id").orNone, .int("account_id").orNone, .int("passed_to").orNone,
      .bool("follows_owner"), .int("press"), .bool("has_deadline"), .int("from_at"), .int("snooze_id").orNone, .int("snoozed_until"),
      .int("shows_at"), .int("due_at"), .text("due_on").orNone, .text("text"), .int("number").orNone, .int("raised_at"),
    ]),
    ExportTable("reason_done", .ofParty("client_id"), [
      .int("id"), .text("kind"), .int("subject_id"), .int("client_id").orNone, .int("due_at"), .int("done_at"), .int("done_by"),
    ]),
  ]

  private static let imports = [
    ExportTable("import", .ofAccount("account_id", or: "1 = 0"), [
      .int("id"), .text("file_name"), .text("file_hash"), .text("state"), .text("mapping"), .int("total"), .int("added"),
      .int("changed"), .int("same"), .int("wrong"), .int("next_row"), .int("account_id").orNone, .int("created_at"),
      .int("ended_at").orNone, .int("version"),
    ]),
    ExportTable("import_row", .ofImport("import_id"), order: "import_id, row", [
      .int("import_id"), .int("row"), .text("outcome"), .int("party_id").orNone, .text("before").orNone, .text("problems").orNone,
      .text("cells").orNone,
    ]),
  ]

  private static let parties = [
    ExportTable("party", .ofParty("id"), [
      .int("id"), .text("kind"), .bool("is_client"), .text("name"), .text("name_sort"), .text("given_name").orNone,
      .text("middle_name").orNone, .text("family_name").orNone, .text("own_number").orNone, .text("language").orNone,
      .text("zone").orNone, .text("country").orNone, .text("birth_date").orNone, .text("industry").orNone,
      .text("size_band").orNone, .text("profile"), .text("note"), .int("relationship_id").orNone, .int("owner_id").orNone,
      .int("team_id").orNone, .int("last_contact_at"), .int("last_contact_id").orNone, .text("last_contact_channel").orNone,
      .text("last_contact_direction").orNone, .int("last_contact_by").orNone, .int("created_at"), .int("created_by").orNone,
      .int("changed_at"), .int("changed_by").orNone, .int("archived_at").orNone, .int("deleted_at").orNone,
      .int("erased_at").orNone, .int("import_id").orNone, .int("version"), .int("contact_days_own").orNone,
      .int("contact_days").orNone, .int("contact_due_at"),
    ]),
    ExportTable("tie", .ofParty("company_id"), [
      .int("id"), .int("company_id"), .int("person_id"), .text("role"), .bool("is_manager"), .text("from_date").orNone,
      .text("until_date").orNone, .int("created_at"), .int("version"),
    ]),
    ExportTable("contact_point", .ofParty("party_id"), [
      .int("id"), .int("party_id"), .text("kind"), .text("label"), .text("value"), .text("value_key"), .text("shown"),
      .int("position"),
    ]),
    ExportTable("party_tag", .ofParty("party_id"), order: "party_id, tag_id", [.int("party_id"), .int("tag_id")]),
    ExportTable("custom_value", .ofParty("party_id"), order: "party_id, field_id", [
      .int("party_id"), .int("field_id"), .text("value"), .real("number").orNone,
    ]),
    ExportTable("fact", .ofParty("party_id"), [
      .int("id"), .int("party_id"), .text("kind"), .text("text"), .text("date").orNone, .text("source"), .int("source_id").orNone,
      .int("author_id").orNone, .int("recorded_at"), .text("ends_on").orNone, .int("ended_at").orNone, .int("ended_by").orNone,
      .int("version"),
    ]),
  ]

  private static let records = [
    ExportTable("history", .ofParty("client_id"), [
      .int("id"), .int("client_id"), .int("person_id").orNone, .text("kind"), .int("version"), .bool("automatic"),
      .text("channel").orNone, .text("direction").orNone, .int("occurred_at"), .int("recorded_at"), .int("author_id").orNone,
      .text("subject"), .text("body"), .text("outcome"), .text("text_key"), .text("data"), .int("corrects_id").orNone,
      .int("import_id").orNone, .int("erased_at").orNone,
    ]),
    ExportTable("history_mark", .ofParty("client_id"), order: "history_id", [
      .int("history_id"), .int("client_id"), .int("superseded_by").orNone, .int("pinned_at").orNone, .int("pinned_by").orNone,
    ]),
    ExportTable("attachment", .ofParty("client_id"), [
      .int("id"), .int("history_id"), .int("client_id"), .text("hash"), .text("name"), .text("media_type"), .int("size"),
      .int("created_at"),
    ]),
  ]

  private static let promises = [
    ExportTable("promise_schedule", .all, [
      .int("id"), .int("days_before").orNone, .bool("on_the_day"), .bool("when_overdue"), .int("escalate_after").orNone,
      .text("escalate_to"), .int("hour"), .int("version"),
    ]),
    ExportTable("promise", .ofParty("client_id"), [
      .int("id"), .int("client_id"), .text("side"), .text("what"), .text("note"), .int("person_id").orNone, .int("owner_id"),
      .text("due_date"), .text("due_time").orNone, .text("due_zone"), .int("due_from"), .int("due_at"), .text("state"), .int("made_at"),
      .int("dated_at"), .int("moves"), .bool("was_late"), .int("settled_at").orNone, .bool("on_time"), .int("remind_at").orNone,
      .int("entry_id").orNone, .int("created_at"), .int("created_by").orNone, .int("version"),
    ]),
    ExportTable("promise_evidence", .ofPromise("promise_id"), [
      .int("id"), .int("promise_id"), .int("entry_id").orNone, .int("attachment_id").orNone, .text("url").orNone, .int("added_at"),
      .int("added_by").orNone,
    ]),
    ExportTable("promise_reminder", .ofPromise("promise_id"), order: "promise_id, due_at, step", [
      .int("promise_id"), .text("step"), .int("due_at"), .int("said_at"),
    ]),
  ]
}
