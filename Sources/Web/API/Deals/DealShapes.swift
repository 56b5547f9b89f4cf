import Domain

/// What a project looks like to other programs, and what they may send.
extension DealAPI {
  static let filters = [
    APIParameter("state", .choice(DealFilter.State.self), "All when absent."), APIParameter("stage", .id, "At this stage."),
    APIParameter("owner", .id, "Of this account."), APIParameter("client", .id, "Of this client."),
  ]
  static let minor = Schema.integer(0...Money.largest)
  private static let share = Schema.integer(0...10_000)

  private static let lineFields: [SchemaField] = [
    .must("text", .text(1...DealLineDraft.textLimit)), .may("offeringId", Schema.id.orNull),
    .may("quantityMilli", .integer(1...Quantity.largest), "Thousandths; 1000 when absent."), .may("unit", .text(max: DealLineDraft.unitLimit)),
    .must("unitPrice", minor), .may("discount", share), .may("unitCost", minor.orNull, "What one costs us."),
  ]
  private static let lineInput = Schema.object(Shape("DealLineInput", lineFields))
  private static let line = Schema.object(Shape("DealLine", [.must("id", .id)] + lineFields.map(\.always) + [
    .must("gross", minor), .must("net", minor),
  ]))
  private static let details: [SchemaField] = [
    .may("number", Schema.text(1...DealDraft.numberLimit).orNull, "The company's own; unique."), .may("ownerId", Schema.id.orNull),
    .may("currency", .text(3...3)), .may("list", minor.orNull, "Before discounts; the sum of the lines where there are any."),
    .may("discount", share), .may("agreed", minor.orNull, "The list price less the discount where it is not named."),
    .may("final", minor.orNull), .may("probability", Schema.integer(0...100).orNull), .may("expectedOn", Schema.date.orNull),
    .may("plannedFrom", Schema.date.orNull), .may("plannedUntil", Schema.date.orNull), .may("actualFrom", Schema.date.orNull),
    .may("actualUntil", Schema.date.orNull), .may("urgent", .boolean), .may("note", .text(max: DealDraft.noteLimit)),
  ]
  private static let start: [SchemaField] = [.may("stageId", .id), .may("lines", .list(of: lineInput, max: DealLineDraft.limit))] + details
  static let input = Schema.object(Shape("DealInput", [.must("name", .text(1...DealDraft.nameLimit))] + start))
  static let takingInput = Schema.object(Shape("OpportunityTaking", [
    .may("name", .text(1...DealDraft.nameLimit), "The first line of what was noticed when absent."),
  ] + start))
  static let patch = Schema.object(Shape("DealPatch", [
    .may("name", .text(1...DealDraft.nameLimit)), .may("lines", .list(of: lineInput, max: DealLineDraft.limit)),
  ] + details))
  static let deal = Schema.object(Shape("Deal", [
    .must("id", .id), .must("version", .version), .must("clientId", .id), .must("name", .text(max: DealDraft.nameLimit)),
    .must("stageId", .id), .must("phase", .choice(DealPhase.self)), .must("stageSince", .instant),
    .must("reasonId", Schema.id.orNull), .must("words", .text(max: 1000)),
  ] + details.map(\.always) + [.must("lines", .list(of: line, max: DealLineDraft.limit)), .must("changedAt", .instant)]))
}
