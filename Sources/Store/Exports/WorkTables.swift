import Database
import Domain

/// Tasks, handovers and how mail leaves, in an export.
///
/// Left out on purpose: links to shared dossiers and calendar addresses, of which only hashes are kept, so that nobody could be
/// told the link again; the passwords of the mail server and of mailboxes, whose key lies outside of the base, so that a mailbox that
/// moved waits for its password; and mail itself, which would go out twice.
extension ExportTable {
  static let tasks = [
    ExportTable("task", .ofTask("id"), [
      .int("id"), .text("title"), .text("note"), .int("client_id").orNone, .int("owner_id"), .int("team_id").orNone,
      .bool("important"), .text("due_on").orNone, .text("due_time").orNone, .text("zone"), .int("due_at"), .int("day_at").orNone,
      .text("rule").orNone, .text("basis").orNone, .text("scheduled_on").orNone, .int("series_id").orNone, .int("created_at"),
      .int("created_by").orNone, .int("changed_at"), .int("done_at").orNone, .int("done_by").orNone, .int("deleted_at").orNone,
      .int("version"),
    ]),
    ExportTable("task_step", .ofTask("task_id"), [.int("id"), .int("task_id"), .int("position"), .text("text"), .bool("done")]),
  ]

  static let handovers = [
    ExportTable("handover", .ofAccount("made_by", or: "1 = 0"), [
      .int("id"), .int("from_id").orNone, .text("reason"), .text("plan"), .text("note"), .text("state"), .text("seen").orNone,
      .int("stale_at").orNone, .text("report"), .int("last_history_id"), .int("made_by"), .int("created_at"), .int("changed_at"),
      .int("done_at").orNone, .int("undone_at").orNone, .int("version"),
    ]),
    ExportTable("handover_choice", .ofWhole, order: "handover_id, client_id", [
      .int("handover_id"), .int("client_id"), .int("to_id").orNone,
    ]),
    ExportTable("handover_client", .ofParty("client_id"), [
      .int("id"), .int("handover_id"), .int("client_id"), .int("to_id"), .int("at"), .int("read_at").orNone,
      .int("introduced_at").orNone, .int("undone_at").orNone,
    ]),
    ExportTable("handover_move", .ofWhole, order: "handover_id, kind, row_id", [
      .int("handover_id"), .text("kind"), .int("row_id"), .int("to_id"), .int("undone_at").orNone,
    ]),
    ExportTable("manager_change", .ofParty("company_id"), [
      .int("id"), .int("company_id"), .int("tie_id"), .int("at"), .int("introduced_at").orNone,
    ]),
    ExportTable("bounced_address", .ofWhole, order: "email_key", [
      .text("email_key"), .int("at"), .text("detail"), .int("account_id").orNone,
    ]),
  ]

  static let mail = [
    ExportTable("mail_server", .ofWhole, [
      .int("id"), .text("host"), .int("port"), .text("security"), .text("username"), .text("sender_name"), .text("sender_address"),
      .int("per_minute"),
    ]),
    ExportTable("mailbox", .ofWhole, [
      .int("id"), .text("address"), .text("address_key"), .int("account_id"), .text("takes"), .text("host"), .int("port"),
      .text("security"), .text("username"), .text("since"), .int("look_at"), .int("paused_at").orNone, .int("removed_at").orNone,
      .int("created_at"), .int("created_by").orNone, .int("version"),
    ]),
    ExportTable("mailbox_folder", .ofWhole, order: "mailbox_id, name", [
      .int("mailbox_id"), .text("name"), .int("position"), .int("uid_validity"), .int("last_uid"),
    ]),
    ExportTable("captured_mail", .ofWhole, [
      .int("id"), .text("mail_key"), .int("mailbox_id").orNone, .text("state"), .int("account_id"), .text("direction"), .text("outsiders"),
      .text("subject"), .text("body"), .int("sent_at"), .int("captured_at"), .int("ended_at").orNone, .int("ended_by").orNone,
      .int("forget_at").orNone, .int("version"),
    ]),
    ExportTable("captured_file", .ofWhole, [
      .int("id"), .int("mail_id"), .text("hash"), .text("name"), .text("media_type"), .int("size"),
    ]),
    ExportTable("captured_entry", .ofWhole, order: "mail_id, client_id", [.int("mail_id"), .int("client_id"), .int("history_id")]),
    ExportTable("digest", .ofAccount("account_id", or: "1 = 0"), order: "account_id", [
      .int("account_id"), .int("hour"), .text("made_on"),
    ]),
  ]
}
