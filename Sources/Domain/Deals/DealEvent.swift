package import FoundationEssentials

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

/// A deal by its number and by its name at the time.
package struct DealNote: Codable, Hashable, Sendable {
  package let deal: DealID
  package let name: String
  package init(deal: DealID, name: String) { (self.deal, self.name) = (deal, name) }
}

package struct DealStageChange: Codable, Hashable, Sendable {
  package let deal: DealID
  package let name: String
  package let from: StageRef
  package let to: StageRef
  package let fromPhase: DealPhase
  package let toPhase: DealPhase
  /// Why it was lost: a reason's key and name, and words.
  package let reason: String?
  package let reasonName: String?
  package let words: String
  /// At the time.
  package let price: Money?

  package init(
    deal: DealID, name: String, from: StageRef, to: StageRef, fromPhase: DealPhase, toPhase: DealPhase, reason: String? = nil,
    reasonName: String? = nil, words: String = "", price: Money? = nil
  ) {
    self.deal = deal
    self.name = name
    self.from = from
    self.to = to
    self.fromPhase = fromPhase
    self.toPhase = toPhase
    self.reason = reason
    self.reasonName = reasonName
    self.words = words
    self.price = price
  }

  package var isReopened: Bool { fromPhase.isClosed && !toPhase.isClosed }
}

package struct DealPriceChange: Codable, Hashable, Sendable {
  package let deal: DealID
  package let name: String
  package let old: DealPrice
  package let new: DealPrice
  package init(deal: DealID, name: String, old: DealPrice, new: DealPrice) {
    (self.deal, self.name, self.old, self.new) = (deal, name, old, new)
  }
}

package struct DealPeriodChange: Codable, Hashable, Sendable {
  package let deal: DealID
  package let name: String
  package let old: DealPeriod
  package let new: DealPeriod
  /// Agreed at the time; nil where none was.
  package let price: Money?
  /// The same change left the agreed price as it was.
  package let priceStayed: Bool

  package init(deal: DealID, name: String, old: DealPeriod, new: DealPeriod, price: Money?, priceStayed: Bool) {
    self.deal = deal
    self.name = name
    self.old = old
    self.new = new
    self.price = price
    self.priceStayed = priceStayed
  }

  /// The planned end, or the beginning where there is none, moved to a later day: positive; sooner: negative.
  package var movedDays: Int? {
    if let before = old.plannedUntil, let after = new.plannedUntil, before != after { return before.days(to: after) }
    if let before = old.plannedFrom, let after = new.plannedFrom, before != after { return before.days(to: after) }
    return nil
  }
}

package struct DealRequirementNote: Codable, Hashable, Sendable {
  package enum Change: String, Codable, Hashable, Sendable { case added, removed }
  package let deal: DealID
  package let name: String
  package let requirement: RequirementID
  package let change: Change
  package let text: String
  /// It came after the price was agreed, and the price stayed.
  package let absorbed: Bool
  package let price: Money?

  package init(
    deal: DealID, name: String, requirement: RequirementID, change: Change, text: String, absorbed: Bool, price: Money?
  ) {
    self.deal = deal
    self.name = name
    self.requirement = requirement
    self.change = change
    self.text = text
    self.absorbed = absorbed
    self.price = price
  }
}

package struct DealFieldChanges: Codable, Hashable, Sendable {
  package let deal: DealID
  package let name: String
  package let changes: [FieldChange]
  package init(deal: DealID, name: String, changes: [FieldChange]) {
    (self.deal, self.name, self.changes) = (deal, name, changes)
  }
}

package struct DealPersonNote: Codable, Hashable, Sendable {
  package enum Change: String, Codable, Hashable, Sendable { case joined, left }
  package let deal: DealID
  package let name: String
  package let change: Change
  /// Either someone of ours or someone at the client.
  package let account: AccountID?
  package let person: PersonID?
  package let role: String

  package init(deal: DealID, name: String, change: Change, account: AccountID? = nil, person: PersonID? = nil, role: String) {
    self.deal = deal
    self.name = name
    self.change = change
    self.account = account
    self.person = person
    self.role = role
  }
}

package struct DealDocumentNote: Codable, Hashable, Sendable {
  package enum Change: String, Codable, Hashable, Sendable { case added, removed }
  package let deal: DealID
  package let name: String
  package let change: Change
  package let document: String
  package init(deal: DealID, name: String, change: Change, document: String) {
    (self.deal, self.name, self.change, self.document) = (deal, name, change, document)
  }
}

package struct OpportunityNote: Codable, Hashable, Sendable {
  package let opportunity: OpportunityID
  package let state: OpportunityState
  package let text: String
  package let to: AccountID
  package let noticedBy: AccountID
  package let deal: DealID?
  package let answer: String

  package init(
    opportunity: OpportunityID, state: OpportunityState, text: String, to: AccountID, noticedBy: AccountID, deal: DealID? = nil,
    answer: String = ""
  ) {
    self.opportunity = opportunity
    self.state = state
    self.text = text
    self.to = to
    self.noticedBy = noticedBy
    self.deal = deal
    self.answer = answer
  }
}

package struct PurchaseNote: Codable, Hashable, Sendable {
  package let amount: Money
  package let number: String?
  /// What was bought, in a few words.
  package let what: String
  package init(amount: Money, number: String?, what: String) { (self.amount, self.number, self.what) = (amount, number, what) }
}

package struct PurchasesNote: Codable, Hashable, Sendable {
  package let count: Int
  package init(count: Int) { self.count = count }
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

  package var payload: String {
    switch self {
    case .began(let note), .removed(let note), .restored(let note): Self.text(note)
    case .stage(let change): Self.text(change)
    case .price(let change): Self.text(change)
    case .period(let change): Self.text(change)
    case .requirement(let note): Self.text(note)
    case .changed(let changes): Self.text(changes)
    case .person(let note): Self.text(note)
    case .document(let note): Self.text(note)
    case .opportunity(let note): Self.text(note)
    case .purchase(let note): Self.text(note)
    case .purchasesWithdrawn(let note): Self.text(note)
    }
  }

  init?(kind: HistoryKind, payload: String) {
    switch kind {
    case .dealBegan: self.init(payload) { .began($0) }
    case .dealStage: self.init(payload) { .stage($0) }
    case .dealPrice: self.init(payload) { .price($0) }
    case .dealPeriod: self.init(payload) { .period($0) }
    case .dealRequirement: self.init(payload) { .requirement($0) }
    case .dealChanged: self.init(payload) { .changed($0) }
    case .dealPerson: self.init(payload) { .person($0) }
    case .dealDocument: self.init(payload) { .document($0) }
    case .dealRemoved: self.init(payload) { .removed($0) }
    case .dealRestored: self.init(payload) { .restored($0) }
    case .opportunity: self.init(payload) { .opportunity($0) }
    case .purchase: self.init(payload) { .purchase($0) }
    case .purchasesWithdrawn: self.init(payload) { .purchasesWithdrawn($0) }
    default: return nil
    }
  }

  private init?<Value: Decodable>(_ payload: String, _ make: (Value) -> DealEvent) {
    guard let value = try? JSONDecoder().decode(Value.self, from: Data(payload.utf8)) else { return nil }
    self = make(value)
  }

  private static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // No payload has a floating-point value, and nothing else can fail to encode.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
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
