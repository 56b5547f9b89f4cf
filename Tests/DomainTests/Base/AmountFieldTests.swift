import Domain
import Testing

struct AmountFieldTests {
  @Test(arguments: [
    ("100000000000", Int64(0), Money.largest, nil), ("100 000 000 000,00", 0, Money.largest, nil), ("0", 0, 0, nil), ("", 0, nil, nil),
    ("100000000000.01", 0, nil, "field.amount_too_large"), ("92233720368547758.07", 0, nil, "field.amount_too_large"),
    ("-0.01", 0, nil, "wrong"), ("0", 1, nil, "wrong"), ("ten", 0, nil, "wrong"), ("99999999999999999999", 0, nil, "wrong"),
  ] as [(String, Int64, Int64?, String?)])
  func anAmountHasALeastAndALargest(text: String, least: Int64, minor: Int64?, key: String?) {
    var check = Validation()
    #expect(check.money(text, field: "amount", key: "wrong", in: .eur, from: least)?.minor == minor)
    #expect(check.messages.first?.key == key && check.messages.count == (key == nil ? 0 : 1))
  }

  /// What the message names is what may be typed.
  @Test(arguments: [("EUR", "100 000 000 000"), ("JPY", "10 000 000 000 000"), ("KWD", "10 000 000 000")])
  func theLargestIsNamedAsItCanBeTyped(code: String, text: String) throws {
    let currency = try #require(Currency(code))
    let named = Money.largestText(in: currency)
    #expect(named.replacing("\u{A0}", with: " ") == text && Money(named, currency: currency)?.minor == Money.largest)
  }
}
