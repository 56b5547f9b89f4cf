import Domain
import Store

/// What the agency sells. Prices and costs are in euro; abroad the price stands in the currency of the country as well.
extension Transaction {
  func writePriceList() throws {
    for one in PriceList.all {
      var prices = [OfferingPrice(currency: .eur, price: one.price, cost: one.cost)]
      if let (currency, price) = one.abroad, let currency = Currency(currency) { prices.append(OfferingPrice(currency: currency, price: price, cost: nil)) }
      try createOffering(OfferingDraft(name: one.name, code: one.code, unit: one.unit, prices: prices))
    }
  }
}

/// In the order of writing: the first eight are the lines of most projects, two for each language.
enum PriceList {
  static func interview(_ language: Language) -> OfferingID { OfferingID(first(language)) }
  static func analysis(_ language: Language) -> OfferingID { OfferingID(first(language) + 1) }

  private static func first(_ language: Language) -> Int64 {
    switch language {
    case .bg: 1
    case .en: 3
    case .pl: 5
    case .ru: 7
    }
  }

  /// Amounts are hundredths.
  fileprivate struct Line {
    let code: String
    let name: String
    let unit: String
    let price: Int64
    let cost: Int64
    var abroad: (String, Int64)?
  }

  fileprivate static let all = [
    Line(code: "BG-INT", name: "Интервю лице в лице", unit: "интервю", price: 4500, cost: 2400),
    Line(code: "BG-AN", name: "Анализ и доклад", unit: "", price: 280_000, cost: 125_000),
    Line(code: "UK-INT", name: "Face-to-face interview", unit: "interview", price: 6200, cost: 3500, abroad: ("GBP", 5300)),
    Line(code: "UK-AN", name: "Analysis and report", unit: "", price: 340_000, cost: 150_000, abroad: ("GBP", 290_000)),
    Line(code: "PL-INT", name: "Wywiad bezpośredni", unit: "wywiad", price: 3900, cost: 2100, abroad: ("PLN", 16_500)),
    Line(code: "PL-AN", name: "Analiza i raport", unit: "", price: 260_000, cost: 118_000, abroad: ("PLN", 1_100_000)),
    Line(code: "RU-INT", name: "Личное интервью", unit: "интервью", price: 3600, cost: 1900),
    Line(code: "RU-AN", name: "Анализ и отчёт", unit: "", price: 250_000, cost: 110_000),
    Line(code: "BG-FG", name: "Фокус група с осем участници", unit: "група", price: 145_000, cost: 82_000),
    Line(code: "UK-FG", name: "Focus group of eight", unit: "group", price: 240_000, cost: 142_000, abroad: ("GBP", 205_000)),
    Line(code: "PL-FG", name: "Grupa fokusowa, osiem osób", unit: "grupa", price: 152_000, cost: 88_000, abroad: ("PLN", 640_000)),
    Line(code: "RU-FG", name: "Фокус-группа, восемь человек", unit: "группа", price: 138_000, cost: 79_000),
    Line(code: "BG-TK", name: "Таен клиент", unit: "посещение", price: 3800, cost: 1900),
    Line(code: "UK-MS", name: "Mystery shopping visit", unit: "visit", price: 5500, cost: 3000, abroad: ("GBP", 4700)),
    Line(code: "PL-TK", name: "Wizyta tajemniczego klienta", unit: "wizyta", price: 4100, cost: 2200, abroad: ("PLN", 17_500)),
    Line(code: "RU-TP", name: "Визит тайного покупателя", unit: "визит", price: 3500, cost: 1700),
  ]
}
