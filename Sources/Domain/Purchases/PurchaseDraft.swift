/// What a client bought at one time: a receipt, an order, an invoice. Below zero what was brought back.
package struct PurchaseDraft: Hashable, Sendable, Codable {
  package var boughtOn: CalendarDate
  package var amount: Money
  /// The company's own number of the receipt; unique where there is one. By it a purchase that comes again is known.
  package var number: String?
  package var note: String
  package var lines: [PurchaseLineDraft]

  package init(boughtOn: CalendarDate, amount: Money, number: String? = nil, note: String = "", lines: [PurchaseLineDraft] = []) {
    self.boughtOn = boughtOn
    self.amount = amount
    self.number = number
    self.note = note
    self.lines = lines
  }

  package static let numberLimit = 60
  package static let noteLimit = 500
  package static let lineLimit = 500

  /// What was bought, in a few words, for the timeline.
  package var what: String {
    let names = lines.prefix(3).map(\.product).joined(separator: ", ")
    return lines.count > 3 ? names + " …" : names
  }
}

package struct PurchaseLineDraft: Hashable, Sendable, Codable {
  package var product: String
  /// Thousandths; below zero for what was brought back.
  package var quantityMilli: Int64
  /// Of the whole line, in the purchase's currency.
  package var amount: Int64?

  package init(product: String, quantityMilli: Int64 = 1000, amount: Int64? = nil) {
    (self.product, self.quantityMilli, self.amount) = (product, quantityMilli, amount)
  }

  package static let productLimit = 300
}
