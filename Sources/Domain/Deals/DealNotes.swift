/// What the history keeps of each happening: names and amounts as they were at the time.

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

package enum DealPartChange: String, Codable, Hashable, Sendable { case added, removed }

package struct DealRequirementNote: Codable, Hashable, Sendable {
  package let deal: DealID
  package let name: String
  package let requirement: RequirementID
  package let change: DealPartChange
  package let text: String
  /// It came after the price was agreed, and the price stayed.
  package let absorbed: Bool
  package let price: Money?

  package init(
    deal: DealID, name: String, requirement: RequirementID, change: DealPartChange, text: String, absorbed: Bool, price: Money?
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
  package let deal: DealID
  package let name: String
  package let change: DealPartChange
  package let document: String
  package init(deal: DealID, name: String, change: DealPartChange, document: String) {
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
