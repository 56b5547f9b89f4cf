import Domain
import Testing

@Suite struct MoneyTests {
  @Test(
    arguments: [
      ("1 234,50", 123450), ("1,234.50", 123450), ("1234.5", 123450), ("1.234,50", 123450), ("1234,50", 123450),
      ("1\u{A0}234,5", 123450),
      ("1\u{202F}234\u{202F}567,89", 123_456_789), ("1'234.50", 123450), ("-3", -300), ("−3,10", -310), ("(12.00)", -1200),
      ("12-", -1200),
      ("+7", 700), (".5", 50), ("5.", 500), ("1,234", 123400), ("1.234.567", 123_456_700), ("0,125000", nil), ("1,5000", 150),
      ("92233720368547758.07", Int64.max), ("92233720368547758.08", nil), ("", nil), ("abc", nil), ("1,23,4.5", nil),
      ("12 34", nil),
      ("1.2.3", nil), ("1,234 567.8", nil), ("5*5", nil), ("1-2", nil), ("--3", nil), ("()", nil), (",", nil), ("0,00", 0),
      ("€5", nil),
    ] as [(String, Int64?)])
  func readsAmountsOfUnknownWriters(text: String, minor: Int64?) { #expect(Money(text, currency: .eur)?.minor == minor) }

  @Test(
    arguments: [
      ("1,234", DecimalMark.point, 123400), ("1,23", .comma, 123), ("1.234", .comma, 123400), ("1.23", .comma, nil),
      ("1,23", .point, nil),
      ("1.234,5", .comma, 123450),
    ] as [(String, DecimalMark, Int64?)])
  func followsTheHint(text: String, mark: DecimalMark, minor: Int64?) {
    #expect(Money(text, currency: .eur, decimal: mark)?.minor == minor)
  }

  @Test func knowsSmallestUnits() throws {
    let yen = try #require(Currency("jpy"))
    let dinar = try #require(Currency("KWD"))
    #expect(Money("1500", currency: yen)?.minor == 1500)
    #expect(Money("1500,5", currency: yen) == nil)
    #expect(Money("1.5", currency: dinar)?.minor == 1500)
    #expect(Money(minor: -5, currency: .eur).plain == "-0.05")
    #expect(Money(minor: 1500, currency: yen).plain == "1500")
    #expect(Money(minor: 1500, currency: dinar).plain == "1.500")
    #expect(Money(minor: .min, currency: .eur).plain == "-92233720368547758.08")
    #expect(Currency("XYZ") == nil)
  }

  @Test func sumsAreChecked() throws {
    let one = Money(minor: 1, currency: .eur)
    #expect(try one.adding(one).minor == 2)
    #expect(throws: Money.Failure.overflow) { try Money(minor: .max, currency: .eur).adding(one) }
    #expect(throws: Money.Failure.overflow) { try Money(minor: .min, currency: .eur).subtracting(one) }
    #expect(throws: Money.Failure.overflow) { try Money(minor: .max, currency: .eur).multiplied(by: 2) }
    #expect(throws: Money.Failure.differentCurrencies) { try one.adding(.zero(.pln)) }
  }
}
