/// What happens to a deal, an opportunity or a purchase, as the history keeps it: old value and new, so that what was given to
/// the client can be told from it later. Never what a thing cost us: everyone who sees the client reads the history.
package enum DealEvent: Hashable, Sendable {
  case began(DealNote)
  case stage(DealStageChange)
  case price(DealPriceChange)
  case period(DealPeriodChange)
  case requirement(DealRequirementNote)
  /// Name, number, owner, dates of decision, urgency, lines, note.
  case changed(DealFieldChanges)
  case person(DealPersonNote)
  case document(DealDocumentNote)
  case removed(DealNote)
  case restored(DealNote)
  case opportunity(OpportunityNote)
  case purchase(PurchaseNote)
  /// Purchases that an undone import had brought: this entry stands in for theirs.
  case purchasesWithdrawn(PurchasesNote)
}

extension DealEvent {
  package var kind: HistoryKind {
    switch self {
    case .began: .dealBegan
    case .stage: .dealStage
    case .price: .dealPrice
    case .period: .dealPeriod
    case .requirement: .dealRequirement
    case .changed: .dealChanged
    case .person: .dealPerson
    case .document: .dealDocument
    case .removed: .dealRemoved
    case .restored: .dealRestored
    case .opportunity: .opportunity
    case .purchase: .purchase
    case .purchasesWithdrawn: .purchasesWithdrawn
    }
  }
}

extension DealEvent {
  /// The deal it is about.
  package var deal: DealID? {
    switch self {
    case .began(let note), .removed(let note), .restored(let note): note.deal
    case .stage(let change): change.deal
    case .price(let change): change.deal
    case .period(let change): change.deal
    case .requirement(let note): note.deal
    case .changed(let changes): changes.deal
    case .person(let note): note.deal
    case .document(let note): note.deal
    case .opportunity(let note): note.deal
    case .purchase, .purchasesWithdrawn: nil
    }
  }

  var searchable: String {
    switch self {
    case .began(let note), .removed(let note), .restored(let note): note.name
    case .stage(let change): "\(change.name) \(change.words)"
    case .price(let change): change.name
    case .period(let change): change.name
    case .requirement(let note): "\(note.name) \(note.text)"
    case .changed(let changes): changes.changes.map { "\($0.old) \($0.new)" }.joined(separator: " ")
    case .person(let note): "\(note.name) \(note.role)"
    case .document(let note): "\(note.name) \(note.document)"
    case .opportunity(let note): "\(note.text) \(note.answer)"
    case .purchase(let note): "\(note.number ?? "") \(note.what)"
    case .purchasesWithdrawn: ""
    }
  }

  var personID: PersonID? {
    if case .person(let note) = self { note.person } else { nil }
  }
  var accounts: [AccountID] {
    switch self {
    case .person(let note): [note.account].compactMap(\.self)
    case .opportunity(let note): [note.to, note.noticedBy]
    default: []
    }
  }
}
