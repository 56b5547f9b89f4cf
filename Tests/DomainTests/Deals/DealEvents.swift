import Domain

/// One of each event about deals, opportunities and purchases.
enum DealEvents {
  private static let note = DealNote(deal: DealID(1), name: "Survey “A”")
  private static let price = DealPrice(currency: .eur, list: 100, discount: BasisPoints(1000) ?? .none, agreed: 90)
  private static let lead = StageRef(id: StageID(1), key: "lead", name: nil)
  private static let own = StageRef(id: StageID(9), key: "own.pilot", name: "Pilot")

  static let all: [DealEvent] = [
    .began(note), .removed(note), .restored(note),
    .stage(DealStageChange(
      deal: DealID(1), name: "A", from: lead, to: own, fromPhase: .lost, toPhase: .open, reason: "price", words: "dear",
      price: Money(minor: 90, currency: .eur))),
    .price(DealPriceChange(deal: DealID(1), name: "A", old: DealPrice(currency: .eur), new: price)),
    .period(DealPeriodChange(
      deal: DealID(1), name: "A", old: DealPeriod(), new: DealPeriod(plannedFrom: CalendarDate("2024-02-29")), price: nil,
      priceStayed: true)),
    .requirement(DealRequirementNote(
      deal: DealID(1), name: "A", requirement: RequirementID(3), change: .added, text: "two more cities", absorbed: true,
      price: Money(minor: 90, currency: .eur))),
    .changed(DealFieldChanges(deal: DealID(1), name: "A", changes: [FieldChange("urgent", old: nil, new: "1")])),
    .person(DealPersonNote(deal: DealID(1), name: "A", change: .joined, person: PartyID(4), role: "buyer")),
    .document(DealDocumentNote(deal: DealID(1), name: "A", change: .added, document: "offer.pdf")),
    .opportunity(OpportunityNote(
      opportunity: OpportunityID(2), state: .waiting, text: "opens a shop", to: AccountID(1), noticedBy: AccountID(2))),
    .purchase(PurchaseNote(amount: Money(minor: -4800, currency: .eur), number: "R-1", what: "Tea")),
    .purchasesWithdrawn(PurchasesNote(count: 3)),
  ]
}
