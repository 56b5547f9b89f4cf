/// A product or a service of the company's list, as a person enters it.
package struct OfferingDraft: Hashable, Sendable, Codable {
  package var name: String
  /// The company's own code; unique.
  package var code: String?
  package var note: String
  /// What one is: hour, piece, interview.
  package var unit: String
  /// At most one per currency.
  package var prices: [OfferingPrice]

  package init(name: String, code: String? = nil, note: String = "", unit: String = "", prices: [OfferingPrice] = []) {
    self.name = name
    self.code = code
    self.note = note
    self.unit = unit
    self.prices = prices
  }

  package static let nameLimit = 200
  package static let codeLimit = 60
  package static let priceLimit = 20
}

/// Minor units of the currency.
package struct OfferingPrice: Hashable, Sendable, Codable {
  package let currency: Currency
  package let price: Int64
  /// What one costs us; nil where it is not known or may not be seen.
  package let cost: Int64?
  package init(currency: Currency, price: Int64, cost: Int64? = nil) {
    (self.currency, self.price, self.cost) = (currency, price, cost)
  }
}
