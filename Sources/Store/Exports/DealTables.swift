import Database
import Domain

/// Deals, opportunities and purchases in an export.
extension ExportTable {
  static let deals = [
    ExportTable("deal_stage", .all, [
      .int("id"), .text("key"), .text("name").orNone, .text("phase"), .int("probability"), .int("position"),
      .int("archived_at").orNone, .int("version"),
    ]),
    ExportTable("deal_reason", .all, [
      .int("id"), .text("key"), .text("name").orNone, .int("position"), .int("archived_at").orNone, .int("version"),
    ]),
    ExportTable("offering", .all, [
      .int("id"), .text("code").orNone, .text("name"), .text("name_key"), .text("note"), .text("unit"), .int("archived_at").orNone,
      .int("created_at"), .int("version"),
    ]),
    ExportTable("offering_price", .all, order: "offering_id, currency", [
      .int("offering_id"), .text("currency"), .int("price_minor"), .int("cost_minor").onlyFor(.viewMargins),
    ]),
    ExportTable("deal", .ofParty("client_id"), [
      .int("id"), .int("client_id"), .text("name"), .text("name_sort"), .text("number").orNone, .int("stage_id"),
      .int("stage_since"), .int("owner_id").orNone, .text("currency"), .int("list_minor").orNone, .int("discount_bp"),
      .int("agreed_minor").orNone, .bool("agreed_typed"), .int("final_minor").orNone, .int("probability").orNone,
      .text("expected_on").orNone, .text("planned_from").orNone, .text("planned_until").orNone, .text("actual_from").orNone,
      .text("actual_until").orNone, .bool("urgent"), .text("note"), .int("won_at").orNone, .int("finished_at").orNone,
      .int("lost_at").orNone, .int("reason_id").orNone, .text("lost_note"), .int("created_at"), .int("created_by").orNone,
      .int("changed_at"), .int("changed_by").orNone, .int("deleted_at").orNone, .int("version"),
    ]),
    ExportTable("deal_line", .ofDeal, [
      .int("id"), .int("deal_id"), .int("position"), .int("offering_id").orNone, .text("text"), .int("quantity_milli"),
      .text("unit"), .int("unit_price_minor"), .int("discount_bp"), .int("gross_minor"), .int("net_minor"),
      .int("unit_cost_minor").onlyFor(.viewMargins),
    ]),
    ExportTable("deal_member", .ofDeal, [.int("id"), .int("deal_id"), .int("account_id"), .text("role")]),
    ExportTable("deal_contact", .ofDeal, [
      .int("id"), .int("deal_id"), .int("person_id"), .text("role"), .bool("is_manager"),
    ]),
    ExportTable("deal_requirement", .ofDeal, [
      .int("id"), .int("deal_id"), .text("text"), .bool("absorbed"), .int("added_at"), .int("added_by").orNone,
      .int("removed_at").orNone,
    ]),
    ExportTable("deal_document", .ofDeal, [
      .int("id"), .int("deal_id"), .text("hash"), .text("name"), .text("media_type"), .int("size"), .int("added_at"),
      .int("added_by").orNone, .int("removed_at").orNone,
    ]),
    ExportTable("deal_history", .ofDeal, order: "deal_id, history_id", [.int("deal_id"), .int("history_id")]),
    ExportTable("opportunity", .ofParty("client_id"), [
      .int("id"), .int("client_id"), .text("text"), .int("noticed_by"), .int("noticed_at"), .int("to_id"), .text("state"),
      .int("deal_id").orNone, .text("answer"), .int("answered_at").orNone, .int("answered_by").orNone, .int("read_at").orNone,
      .int("version"),
    ]),
  ]

  static let purchases = [
    ExportTable("purchase_import", .ofAccount("account_id", or: "1 = 0"), [
      .int("id"), .text("file_name"), .text("file_hash"), .text("state"), .text("mapping"), .int("total"), .int("added"),
      .int("changed"), .int("same"), .int("wrong"), .int("next_row"), .int("account_id"), .int("created_at"),
      .int("ended_at").orNone, .int("version"),
    ]),
    ExportTable("purchase", .ofParty("client_id"), [
      .int("id"), .int("client_id"), .text("bought_on"), .int("amount_minor"), .text("currency"), .text("number").orNone,
      .text("note"), .text("source"), .int("import_id").orNone, .int("history_id").orNone, .int("created_at"),
      .int("created_by").orNone, .int("changed_at"), .int("version"),
    ]),
    ExportTable("purchase_line", .ofPurchase, [
      .int("id"), .int("purchase_id"), .int("position"), .text("product"), .text("product_key"), .int("offering_id").orNone,
      .int("quantity_milli"), .int("amount_minor").orNone,
    ]),
    ExportTable("purchase_import_row", .ofPurchaseImport, order: "import_id, row", [
      .int("import_id"), .int("row"), .text("outcome"), .int("purchase_id").orNone, .text("before").orNone,
      .text("problems").orNone, .text("cells").orNone,
    ]),
  ]
}
