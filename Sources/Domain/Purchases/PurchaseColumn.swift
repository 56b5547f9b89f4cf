/// What a column of a list of purchases can mean.
package enum PurchaseColumn: String, CaseIterable, Codable, Hashable, Sendable {
  case ignore, date, amount, currency, number
  /// By what the client is known: the company's own number, an e-mail, a phone, the name.
  case clientNumber, email, phone, clientName
  case product, quantity, unitPrice, lineAmount, note

  /// The heading of a list, as shops and their programs write it in four languages.
  package static func recognise(_ heading: String) -> PurchaseColumn { byKey[HeadingTable.key(heading)] ?? .ignore }

  private static let byKey: [String: PurchaseColumn] = {
    var all: [String: PurchaseColumn] = [:]
    for (column, words) in rows {
      for word in words.split(separator: "|") { all[HeadingTable.key(String(word))] = column }
    }
    return all
  }()

  private static let rows: [(PurchaseColumn, String)] = [
    (.date, """
      Date|Purchase Date|Order Date|Invoice Date|InvoiceDate|Sale Date|Bought On|Created At|Дата|Дата покупки|Дата заказа|Дата чека|Дата счёта|\
      Data|Data zakupu|Data zamówienia|Data faktury|Data sprzedaży|Дата на покупка|Дата на поръчка|Дата на фактура
      """),
    (.amount, """
      Amount|Total|Sum|Order Total|Invoice Total|Grand Total|Value|Spent|Сумма|Итого|Сумма заказа|Сумма чека|Сумма покупки|Всего|Kwota|Suma|Wartość|\
      Razem|Kwota zamówienia|Wartość zamówienia|Brutto|Сума|Общо|Стойност|Обща сума
      """),
    (.currency, "Currency|Валюта|Waluta"),
    (.number, """
      Number|Order|Order Number|Order No|Order ID|Invoice|Invoice No|InvoiceNo|Invoice Number|Receipt|Receipt No|Номер|Номер заказа|Заказ|Номер чека|\
      Чек|Номер счёта|Numer|Numer zamówienia|Zamówienie|Numer faktury|Nr zamówienia|Nr faktury|Paragon|Номер на поръчка|Поръчка|Номер на фактура|Фактура
      """),
    (.clientNumber, """
      Client Number|Customer ID|CustomerID|Customer No|Customer Number|Client ID|Our Number|Card|Номер клиента|Код клиента|Наш номер|Карта|Numer klienta|\
      ID klienta|Kod klienta|Nasz numer|Karta|Номер на клиент|Код на клиент|Нашият номер
      """),
    (.email, "E-mail|Email|Mail|Email Address|Эл. почта|Почта|Электронная почта|Adres e-mail|Имейл|Електронна поща"),
    (.phone, "Phone|Telephone|Mobile|Телефон|Мобильный|Telefon|Komórka|Мобилен"),
    (.clientName, """
      Client|Customer|Client Name|Customer Name|Buyer|Name|Клиент|Покупатель|Имя клиента|ФИО|Klient|Nabywca|Nazwa klienta|Kupujący|Купувач|Име на клиент
      """),
    (.product, """
      Product|Item|Description|Article|Goods|Product Name|Товар|Наименование|Номенклатура|Услуга|Описание|Produkt|Towar|Nazwa towaru|Opis|Usługa|\
      Продукт|Стока|Артикул
      """),
    (.quantity, "Quantity|Qty|Pieces|Количество|Кол-во|Шт|Ilość|Liczba|Szt|Брой|Бройка|Количества"),
    (.unitPrice, "Unit Price|UnitPrice|Price|Цена|Цена за единицу|Cena|Cena jednostkowa|Единична цена"),
    (.lineAmount, "Line Total|Line Amount|Row Total|Сумма строки|Сумма позиции|Wartość pozycji|Kwota pozycji|Сума на реда"),
    (.note, "Note|Comment|Remark|Примечание|Комментарий|Uwagi|Komentarz|Бележка|Коментар"),
  ]
}

/// What a person has agreed that a list of purchases means. Kept with the import, so that the dry run and the run read alike.
package struct PurchaseMapping: Codable, Hashable, Sendable {
  /// By column from 0; columns not named are left out.
  package var columns: [Int: PurchaseColumn]
  package var dateOrder: DateOrder
  package var decimal: DecimalMark
  /// Where no column names one.
  package var currency: Currency
  /// Of phones without a country code.
  package var country: Country?

  package init(
    columns: [Int: PurchaseColumn], dateOrder: DateOrder = .dayFirst, decimal: DecimalMark = .guess, currency: Currency,
    country: Country? = nil
  ) {
    self.columns = columns
    self.dateOrder = dateOrder
    self.decimal = decimal
    self.currency = currency
    self.country = country
  }

  /// Of two columns for one meaning the first is taken.
  package init(headings: [String], sample: [[String]], currency: Currency, country: Country?) {
    var taken: Set<PurchaseColumn> = [], columns: [Int: PurchaseColumn] = [:]
    for (index, heading) in headings.enumerated() {
      let column = PurchaseColumn.recognise(heading)
      if column != .ignore, taken.insert(column).inserted { columns[index] = column }
    }
    let dates = columns.first { $0.value == .date }?.key
    let cells = sample.compactMap { row in dates.flatMap { row.dropFirst($0).first } }
    self.init(columns: columns, dateOrder: CellDate.evidence(cells) ?? .dayFirst, currency: currency, country: country)
  }

  package func has(_ column: PurchaseColumn) -> Bool { columns.values.contains(column) }

  /// What keeps it from being run at all, as message keys.
  package var problems: [String] {
    var out: [String] = []
    if !has(.date) { out.append("purchases.problem.date") }
    if ![.clientNumber, .email, .phone, .clientName].contains(where: has) { out.append("purchases.problem.client") }
    if !has(.amount), !has(.lineAmount), !(has(.unitPrice) && has(.quantity)) { out.append("purchases.problem.amount") }
    return out
  }
}
