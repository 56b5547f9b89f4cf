import Domain
import Testing

/// Worked out by hand from the one rule: exact to the end, then rounded once, half away from zero.
struct PricingTests {
  @Test(arguments: [
    // quantity in thousandths, unit price, discount in basis points, gross, net
    (1000, 10_000, 0, 10_000, 10_000),
    (1000, 10_000, 1000, 10_000, 9000),
    (3000, 3333, 0, 9999, 9999),
    (1500, 333, 0, 500, 500),  // 499.5 → 500
    (500, 1, 0, 1, 1),  // 0.5 → 1
    (499, 1, 0, 0, 0),  // 0.499 → 0
    (500, -1, 0, -1, -1),  // −0.5 → −1
    (1000, 105, 5000, 105, 53),  // 52.5 → 53
    (1000, -105, 5000, -105, -53),  // −52.5 → −53
    (1500, 333, 3333, 500, 333),  // 499.5 · 0.6667 = 333.01…, not 500 · 0.6667 = 333.35
    (2500, 99, 250, 248, 241),  // 247.5 → 248; 241.3125 → 241
    (1000, 99_999, 10_000, 99_999, 0),
    (1_000_000_000_000, 9_000_000_000, 0, 9_000_000_000_000_000_000, 9_000_000_000_000_000_000),
  ] as [(Int64, Int64, Int, Int64, Int64)])
  func lines(quantity: Int64, price: Int64, discount: Int, gross: Int64, net: Int64) throws {
    let quantity = try #require(Quantity(milli: quantity)), discount = try #require(BasisPoints(discount))
    #expect(try Pricing.gross(quantity, unitPrice: price) == gross)
    #expect(try Pricing.net(quantity, unitPrice: price, discount: discount) == net)
  }

  @Test(arguments: [
    (1_000_000_000_000, Int64.max, 0), (1_000_000_000_000, Int64.min, 0), (1001, Int64.max, 0), (2000, Int64.max, 4999),
  ] as [(Int64, Int64, Int)])
  func whatDoesNotFitIsRefused(quantity: Int64, price: Int64, discount: Int) throws {
    let quantity = try #require(Quantity(milli: quantity)), discount = try #require(BasisPoints(discount))
    #expect(throws: Money.Failure.overflow) { try Pricing.net(quantity, unitPrice: price, discount: discount) }
  }

  @Test func theEdgesFit() throws {
    #expect(try Pricing.net(.one, unitPrice: .max, discount: .none) == .max)
    #expect(try Pricing.net(.one, unitPrice: .min, discount: .none) == .min)
    #expect(try Pricing.sum([.max, 0]) == .max)
    #expect(throws: Money.Failure.overflow) { try Pricing.sum([.max, 1]) }
    #expect(throws: Money.Failure.overflow) { try Pricing.sum([.min, -1]) }
  }

  @Test(arguments: [
    (10_000, 10, 1000), (105, 50, 53), (-105, 50, -53), (99, 0, 0), (99, 100, 99), (99, 250, 99), (99, -4, 0), (.max, 100, .max),
  ] as [(Int64, Int, Int64)])
  func weighted(amount: Int64, percent: Int, expected: Int64) throws {
    #expect(try Pricing.weighted(amount, percent: percent) == expected)
  }

  @Test(arguments: [
    ("1", 1000), ("1,5", 1500), ("1.1250", 1125), ("1.125", 1_125_000), ("1 200,25", 1_200_250), ("0,001", 1), ("1000000000", 1_000_000_000_000),
    ("0", nil), ("-1", nil), ("1.2345", nil), ("", nil), ("two", nil), ("1000000001", nil), ("99999999999999999999", nil),
  ] as [(String, Int64?)])
  func quantities(text: String, milli: Int64?) { #expect(Quantity(text)?.milli == milli) }

  @Test(arguments: [
    ("10", 1000), ("7,5", 750), ("7.25 %", 725), ("100", 10_000), ("0", 0), ("12.345", nil), ("101", nil), ("-1", nil), ("%", nil),
    ("", nil),
  ] as [(String, Int?)])
  func shares(text: String, value: Int?) { #expect(BasisPoints(percent: text)?.value == value) }

  @Test func plainTextIsReadBack() throws {
    for milli in [1, 10, 1000, 1125, 1500, 1_200_250, 1_200_255, 1_000_000_000_000] as [Int64] {
      let quantity = try #require(Quantity(milli: milli))
      #expect(Quantity(quantity.plain) == quantity)
    }
    for value in [0, 1, 50, 725, 10_000] {
      let share = try #require(BasisPoints(value))
      #expect(BasisPoints(percent: share.percent) == share)
    }
  }

  @Test func anAgreedPriceFollowsTheListUnlessNamed() throws {
    var price = DealPrice(currency: .eur, list: 100_000, discount: try #require(BasisPoints(1250)))
    #expect(try price.settled().agreed == 87_500)
    #expect(try price.settled(netOfLines: 90_000).agreed == 78_750)
    (price.agreed, price.agreedIsTyped) = (85_000, true)
    #expect(try price.settled(netOfLines: 90_000).agreed == 85_000)
    #expect(price.given == Money(minor: 15_000, currency: .eur))
    price.final = 80_000
    #expect(price.given == Money(minor: 20_000, currency: .eur))
    price.final = 110_000
    #expect(price.given == nil)
    #expect(try DealPrice(currency: .eur).settled().agreed == nil)
  }
}
