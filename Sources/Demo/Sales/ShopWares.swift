import Domain

/// What the agency's shop on the web sells, in its customers' languages; euro cents.
struct ShopWares: Sendable {
  let products: [(name: String, price: Int64)]

  static func of(_ language: Language) -> ShopWares {
    switch language {
    case .bg: bulgarian
    case .en: english
    case .pl: polish
    case .ru: russian
    }
  }

  private static let bulgarian = ShopWares(products: [
    ("Готов доклад „Пазаруването на храни 2026“", 39_000), ("Готов доклад „Доставки до дома“", 29_000),
    ("Обучение „Въпросници, които работят“, място", 14_000), ("Наръчник „Фокус групи“", 4800), ("Таблици по области", 9000),
  ])
  private static let english = ShopWares(products: [
    ("Ready report: Grocery shopping 2026", 39_000), ("Ready report: Home delivery", 29_000),
    ("Workshop seat: Questionnaires that work", 14_000), ("Handbook: Focus groups", 4800), ("Tables by region", 9000),
  ])
  private static let polish = ShopWares(products: [
    ("Gotowy raport „Zakupy spożywcze 2026”", 39_000), ("Gotowy raport „Dostawy do domu”", 29_000),
    ("Szkolenie „Ankiety, które działają”, miejsce", 14_000), ("Poradnik „Grupy fokusowe”", 4800), ("Tabele według województw", 9000),
  ])
  private static let russian = ShopWares(products: [
    ("Готовый отчёт «Покупка продуктов 2026»", 39_000), ("Готовый отчёт «Доставка на дом»", 29_000),
    ("Семинар «Анкеты, которые работают», место", 14_000), ("Пособие «Фокус-группы»", 4800), ("Таблицы по регионам", 9000),
  ])
}
