/// A country by its ISO 3166-1 alpha-2 code, and what is usual there. The list is that of the standard as of 2024.

package struct Country: Hashable, Sendable {
  package let code: String

  /// Any case; nil for a code that is not assigned.
  package init?(_ code: some StringProtocol) {
    let upper = code.uppercased()
    guard Country.codes.contains(upper) else { return nil }
    self.code = upper
  }

  private static let codes = Set(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF \
    CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH \
    GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW \
    KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG \
    NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN \
    SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT \
    ZA ZM ZW
    """.split(separator: " ").map(String.init))

  /// All codes, in their own order.
  package static let all: [Country] = codes.sorted().compactMap { Country($0) }
}

extension Country: Comparable, CodedAsText {
  package var description: String { code }
  package static func < (a: Self, b: Self) -> Bool { a.code < b.code }
}

/// Defaults for a client or a user of a country, each of which they can change. Where a country has several zones, that
/// of its capital; the language is the nearest that Dossier speaks.
extension Country {
  package var zoneName: String { Country.usual[code]?.zone ?? "UTC" }
  package var language: Language { Country.usual[code]?.language ?? .en }
  package var currency: Currency { Currency(Country.usual[code]?.currency ?? "EUR") ?? .eur }

  private static let usual: [String: (zone: String, language: Language, currency: String)] = [
    "AT": ("Europe/Vienna", .en, "EUR"), "BE": ("Europe/Brussels", .en, "EUR"), "BG": ("Europe/Sofia", .bg, "EUR"),
    "BY": ("Europe/Minsk", .ru, "BYN"), "CA": ("America/Toronto", .en, "CAD"), "CH": ("Europe/Zurich", .en, "CHF"),
    "CY": ("Asia/Nicosia", .en, "EUR"), "CZ": ("Europe/Prague", .en, "CZK"), "DE": ("Europe/Berlin", .en, "EUR"),
    "DK": ("Europe/Copenhagen", .en, "DKK"), "EE": ("Europe/Tallinn", .en, "EUR"), "ES": ("Europe/Madrid", .en, "EUR"),
    "FI": ("Europe/Helsinki", .en, "EUR"), "FR": ("Europe/Paris", .en, "EUR"), "GB": ("Europe/London", .en, "GBP"),
    "GE": ("Asia/Tbilisi", .en, "GEL"), "GR": ("Europe/Athens", .en, "EUR"), "HR": ("Europe/Zagreb", .en, "EUR"),
    "HU": ("Europe/Budapest", .en, "HUF"), "IE": ("Europe/Dublin", .en, "EUR"), "IL": ("Asia/Jerusalem", .en, "ILS"),
    "IT": ("Europe/Rome", .en, "EUR"), "KG": ("Asia/Bishkek", .ru, "KGS"), "KZ": ("Asia/Almaty", .ru, "KZT"),
    "LT": ("Europe/Vilnius", .en, "EUR"), "LU": ("Europe/Luxembourg", .en, "EUR"), "LV": ("Europe/Riga", .en, "EUR"),
    "MD": ("Europe/Chisinau", .en, "MDL"), "MK": ("Europe/Skopje", .bg, "MKD"), "NL": ("Europe/Amsterdam", .en, "EUR"),
    "NO": ("Europe/Oslo", .en, "NOK"), "PL": ("Europe/Warsaw", .pl, "PLN"), "PT": ("Europe/Lisbon", .en, "EUR"),
    "RO": ("Europe/Bucharest", .en, "RON"), "RS": ("Europe/Belgrade", .en, "RSD"), "RU": ("Europe/Moscow", .ru, "RUB"),
    "SE": ("Europe/Stockholm", .en, "SEK"), "SI": ("Europe/Ljubljana", .en, "EUR"), "SK": ("Europe/Bratislava", .en, "EUR"),
    "TR": ("Europe/Istanbul", .en, "TRY"), "UA": ("Europe/Kyiv", .en, "UAH"), "US": ("America/New_York", .en, "USD"),
  ]
}
