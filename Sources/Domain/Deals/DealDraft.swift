/// A deal or project as a person enters it. Amounts are minor units of its currency.
package struct DealDraft: Hashable, Sendable, Codable {
  package var name: String
  /// The company's own number of the project; unique.
  package var number: String?
  package var ownerID: AccountID?
  package var price: DealPrice
  package var period: DealPeriod
  /// Per cent over the stage's own.
  package var probability: Int?
  /// When the client is expected to decide.
  package var expectedOn: CalendarDate?
  /// Begun at the client's wish sooner than we usually do.
  package var isUrgent: Bool
  package var note: String

  package init(
    name: String, number: String? = nil, ownerID: AccountID? = nil, price: DealPrice, period: DealPeriod = DealPeriod(),
    probability: Int? = nil, expectedOn: CalendarDate? = nil, isUrgent: Bool = false, note: String = ""
  ) {
    self.name = name
    self.number = number
    self.ownerID = ownerID
    self.price = price
    self.period = period
    self.probability = probability
    self.expectedOn = expectedOn
    self.isUrgent = isUrgent
    self.note = note
  }

  package static let nameLimit = 300
  package static let numberLimit = 60
  package static let noteLimit = 5000
}

/// What a deal costs the client.
package struct DealPrice: Hashable, Sendable, Codable {
  package var currency: Currency
  /// Before discounts: the sum of the lines where there are any.
  package var list: Int64?
  package var discount: BasisPoints
  /// What both sides said yes to.
  package var agreed: Int64?
  /// The agreed price was named by a person; otherwise it is the list price less the discount.
  package var agreedIsTyped: Bool
  /// What was paid in the end.
  package var final: Int64?

  package init(
    currency: Currency, list: Int64? = nil, discount: BasisPoints = .none, agreed: Int64? = nil, agreedIsTyped: Bool = false,
    final: Int64? = nil
  ) {
    self.currency = currency
    self.list = list
    self.discount = discount
    self.agreed = agreed
    self.agreedIsTyped = agreedIsTyped
    self.final = final
  }

  /// The agreed price worked out, where no person named it. `netOfLines` is the sum of the lines after their own discounts.
  package func settled(netOfLines: Int64? = nil) throws(Money.Failure) -> DealPrice {
    guard !agreedIsTyped else { return self }
    var settled = self
    settled.agreed = if let base = netOfLines ?? list { try Pricing.less(base, discount) } else { nil }
    return settled
  }

  package func money(_ minor: Int64?) -> Money? { minor.map { Money(minor: $0, currency: currency) } }

  /// What the client did not have to pay of the list price; nil where nothing was taken off.
  package var given: Money? {
    guard let list, let paid = final ?? agreed else { return nil }
    let (difference, overflow) = list.subtractingReportingOverflow(paid)
    return overflow || difference <= 0 ? nil : Money(minor: difference, currency: currency)
  }
}

/// From when to when, as planned and as it came. Each end may be unknown.
package struct DealPeriod: Hashable, Sendable, Codable {
  package var plannedFrom: CalendarDate?
  package var plannedUntil: CalendarDate?
  package var actualFrom: CalendarDate?
  package var actualUntil: CalendarDate?

  package init(
    plannedFrom: CalendarDate? = nil, plannedUntil: CalendarDate? = nil, actualFrom: CalendarDate? = nil,
    actualUntil: CalendarDate? = nil
  ) {
    self.plannedFrom = plannedFrom
    self.plannedUntil = plannedUntil
    self.actualFrom = actualFrom
    self.actualUntil = actualUntil
  }

  package var isEmpty: Bool { self == DealPeriod() }
}

/// A line of a deal: what, how many, for how much each.
package struct DealLineDraft: Hashable, Sendable, Codable {
  package var offeringID: OfferingID?
  package var text: String
  package var quantity: Quantity
  package var unit: String
  package var unitPrice: Int64
  package var discount: BasisPoints
  /// What one costs us. Nil: not known; only those who may see margins name or read it.
  package var unitCost: Int64?

  package init(
    offeringID: OfferingID? = nil, text: String, quantity: Quantity = .one, unit: String = "", unitPrice: Int64,
    discount: BasisPoints = .none, unitCost: Int64? = nil
  ) {
    self.offeringID = offeringID
    self.text = text
    self.quantity = quantity
    self.unit = unit
    self.unitPrice = unitPrice
    self.discount = discount
    self.unitCost = unitCost
  }

  package func gross() throws(Money.Failure) -> Int64 { try Pricing.gross(quantity, unitPrice: unitPrice) }
  package func net() throws(Money.Failure) -> Int64 { try Pricing.net(quantity, unitPrice: unitPrice, discount: discount) }
  /// What the whole line costs us.
  package func cost() throws(Money.Failure) -> Int64? {
    guard let unitCost else { return nil }
    return try Pricing.gross(quantity, unitPrice: unitCost)
  }

  package static let textLimit = 300
  package static let unitLimit = 30
  /// Lines of one deal.
  package static let limit = 200
}
