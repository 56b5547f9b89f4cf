/// A currency by its ISO 4217 code, with the number of decimal digits of its smallest unit.

package struct Currency: Hashable, Sendable {
  package let code: String
  package let exponent: Int

  /// Any case; nil for a code that is not a currency in use (or the lev, which old amounts may still be in).
  package init?(_ code: some StringProtocol) {
    let upper = code.uppercased()
    guard Currency.codes.contains(upper) else { return nil }
    self.code = upper
    exponent = Currency.exponents[upper] ?? 2
  }

  private init(code: String) { (self.code, exponent) = (code, 2) }

  package static let eur = Currency(code: "EUR")
  package static let pln = Currency(code: "PLN")
  package static let rub = Currency(code: "RUB")
  package static let gbp = Currency(code: "GBP")
  package static let usd = Currency(code: "USD")

  /// Minor units in one unit.
  package var scale: Int64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }

  private static let codes = Set(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC \
    CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK \
    JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR \
    MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP \
    STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split(separator: " ").map(String.init))

  /// All codes, in their own order.
  package static let all: [Currency] = codes.sorted().compactMap { Currency($0) }

  private static let exponents: [String: Int] = [
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "VND": 0,
    "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
  ]
}

extension Currency: CodedAsText {
  package var description: String { code }
}
