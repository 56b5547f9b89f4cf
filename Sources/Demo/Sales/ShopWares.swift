import Domain

/// What the agency's shop on the web sells, in its customers' languages; euro cents.
struct ShopWares: Sendable {
  let products: [(name: String, price: Int64)]

  /// Reports are of the year.
  static func of(_ language: Language, in year: Int) -> ShopWares {
    switch language {
    case .bg: bulgarian(year)
    case .en: english(year)
    case .pl: polish(year)
    case .ru: russian(year)
    }
  }

  private static func bulgarian(_ year: Int) -> ShopWares {
    ShopWares(products: [
      ("Готов доклад „Пазаруването на храни \(year)“", 39_000), ("Готов доклад „Доставки до дома“", 29_000),
      ("Обучение „Въпросници, които работят“, място", 14_000), ("Наръчник „Фокус групи“", 4800), ("Таблици по области", 9000),
    ])
  }
  private static func english(_ year: Int) -> ShopWares {
    ShopWares(products: [
      ("Ready report: Grocery shopping \(year)", 39_000), ("Ready report: Home delivery", 29_000),
      ("Workshop seat: Questionnaires that work", 14_000), ("Handbook: Focus groups", 4800), ("Tables by region", 9000),
    ])
  }
  private static func polish(_ year: Int) -> ShopWares {
    ShopWares(products: [
      ("Gotowy raport „Zakupy spożywcze \(year)”", 39_000), ("Gotowy raport „Dostawy do domu”", 29_000),
      ("Szkolenie „Ankiety, które działają”, miejsce", 14_000), ("Poradnik „Grupy fokusowe”", 4800), ("Tabele według województw", 9000),
    ])
  }
  private static func russian(_ year: Int) -> ShopWares {
    ShopWares(products: [
      ("Готовый отчёт «Покупка продуктов \(year)»", 39_000), ("Готовый отчёт «Доставка на дом»", 29_000),
      ("Семинар «Анкеты, которые работают», место", 14_000), ("Пособие «Фокус-группы»", 4800), ("Таблицы по регионам", 9000),
    ])
  }
}
