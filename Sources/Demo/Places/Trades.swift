import Domain

/// What clients make or do, and what they want to know about it, in the client's own language.
struct Trade: Sendable {
  let industry: String
  /// In a company's name, after its root.
  let inName: String
  let products: [String]

  static func all(_ language: Language) -> [Trade] {
    switch language {
    case .bg: bulgarian
    case .pl: polish
    case .ru: russian
    case .en: english
    }
  }

  /// `industry | word of the name | product; product; product`
  private static func table(_ text: String) -> [Trade] {
    Place.lines(text).map { line in
      let cells = line.split(separator: "|").map { String($0.trimmingBlanks) }
      return Trade(
        industry: cells[0], inName: cells[1], products: cells[2].split(separator: ";").map { String($0.trimmingBlanks) })
    }
  }

  private static let bulgarian = table("""
    Храни и напитки | Фууд | кисело мляко; зърнени закуски; безалкохолни напитки; шоколадови изделия
    Мебели | Мебел | кухни по поръчка; офис столове; матраци
    Търговия на дребно | Маркет | квартални магазини; карта за лоялност; онлайн пазаруване
    Банки и финанси | Финанс | потребителски кредити; мобилно банкиране; депозити
    Фармация | Фарма | витамини; сиропи за кашлица; аптечна мрежа
    Туризъм | Травел | семейни почивки; спа уикенди; ранни записвания
    Софтуер | Софт | счетоводна програма; приложение за доставки; облачни услуги
    Строителство | Билд | апартаменти ново строителство; дограма; изолации
    Автомобили | Ауто | сервизно обслужване; гуми; коли втора ръка
    Козметика | Козметик | розова козметика; шампоани; слънцезащита
    Медии | Медия | сутрешен блок; новинарски сайт; подкасти
    Образование | Академия | езикови курсове; детски школи; курсове за възрастни
    """)

  private static let polish = table("""
    Żywność i napoje | Food | jogurty naturalne; płatki śniadaniowe; soki; wyroby czekoladowe
    Meble | Meble | kuchnie na wymiar; krzesła biurowe; materace
    Handel detaliczny | Market | sklepy osiedlowe; karta lojalnościowa; zakupy online
    Bankowość i finanse | Finanse | kredyty gotówkowe; bankowość mobilna; lokaty
    Farmacja | Farma | witaminy; syropy na kaszel; sieć aptek
    Turystyka | Travel | wakacje rodzinne; weekendy spa; oferta first minute
    Oprogramowanie | Soft | program księgowy; aplikacja kurierska; usługi w chmurze
    Budownictwo | Bud | mieszkania deweloperskie; okna; ocieplenia
    Motoryzacja | Auto | serwis; opony; samochody używane
    Kosmetyki | Kosmetyki | kremy do twarzy; szampony; filtry przeciwsłoneczne
    Media | Media | program poranny; portal informacyjny; podcasty
    Edukacja | Akademia | kursy językowe; szkoły dla dzieci; kursy dla dorosłych
    """)

  private static let russian = table("""
    Продукты и напитки | Продукт | кисломолочные продукты; сухие завтраки; соки; шоколад
    Мебель | Мебель | кухни на заказ; офисные кресла; матрасы
    Розничная торговля | Маркет | магазины у дома; карта лояльности; онлайн-покупки
    Банки и финансы | Финанс | потребительские кредиты; мобильный банк; вклады
    Фармацевтика | Фарма | витамины; сиропы от кашля; аптечная сеть
    Туризм | Тур | семейный отдых; спа-выходные; раннее бронирование
    Программы и ИТ | Софт | бухгалтерская программа; приложение доставки; облачные услуги
    Строительство | Строй | квартиры в новостройках; окна; утеплители
    Автомобили | Авто | сервисное обслуживание; шины; автомобили с пробегом
    Косметика | Косметик | кремы для лица; шампуни; солнцезащитные средства
    СМИ | Медиа | утреннее шоу; новостной сайт; подкасты
    Образование | Академия | языковые курсы; детские кружки; курсы для взрослых
    """)

  private static let english = table("""
    Food and drink | Foods | natural yoghurt; breakfast cereal; fruit juice; chocolate bars
    Furniture | Furniture | fitted kitchens; office chairs; mattresses
    Retail | Stores | corner shops; loyalty card; online grocery
    Banking and finance | Finance | personal loans; mobile banking; savings accounts
    Pharmaceuticals | Pharma | vitamins; cough syrup; pharmacy chain
    Travel | Travel | family holidays; spa weekends; early booking
    Software | Software | bookkeeping software; delivery app; cloud services
    Construction | Homes | new-build flats; windows; insulation
    Cars | Motors | car servicing; tyres; used cars
    Cosmetics | Cosmetics | face cream; shampoo; sun care
    Media | Media | breakfast show; news site; podcasts
    Education | Academy | language courses; after-school clubs; evening classes
    """)
}

/// The studies the agency sells, named before what they are about: "Brand tracker: mattresses".
enum Studies {
  static func all(_ language: Language) -> [String] {
    switch language {
    case .bg: bulgarian
    case .pl: polish
    case .ru: russian
    case .en: english
    }
  }

  private static let bulgarian = Place.lines("""
    Навици и нагласи
    Образ на марката
    Проследяване на марката
    Тест на концепция
    Ценова чувствителност
    Удовлетвореност на клиентите
    Пътят на клиента
    Сегментация
    Причини за отказ
    Оценка на реклама
    """)
  private static let polish = Place.lines("""
    Zwyczaje i postawy
    Wizerunek marki
    Tracking marki
    Test koncepcji
    Wrażliwość cenowa
    Satysfakcja klientów
    Ścieżka klienta
    Segmentacja
    Powody rezygnacji
    Ocena reklamy
    """)
  private static let russian = Place.lines("""
    Привычки и отношение
    Образ марки
    Трекинг бренда
    Тест концепции
    Чувствительность к цене
    Удовлетворённость клиентов
    Путь клиента
    Сегментация
    Причины отказа
    Оценка рекламы
    """)
  private static let english = Place.lines("""
    Usage and attitudes
    Brand image
    Brand tracker
    Concept test
    Price sensitivity
    Customer satisfaction
    Customer journey
    Segmentation
    Reasons for leaving
    Advertising test
    """)
}

/// What people at companies are called; the first decides for the client.
enum Posts {
  static func deciding(_ language: Language) -> [String] {
    switch language {
    case .bg: ["Маркетинг директор", "Изпълнителен директор", "Управител", "Бранд мениджър"]
    case .pl: ["Dyrektor marketingu", "Prezes zarządu", "Właściciel", "Brand manager"]
    case .ru: ["Директор по маркетингу", "Генеральный директор", "Управляющий партнёр", "Бренд-менеджер"]
    case .en: ["Marketing Director", "Managing Director", "Founder", "Brand Manager"]
    }
  }
  static func others(_ language: Language) -> [String] {
    switch language {
    case .bg: ["Маркетинг специалист", "Търговски директор", "Счетоводство", "Асистент на управителя", "Анализатор"]
    case .pl: ["Specjalista ds. marketingu", "Dyrektor handlowy", "Księgowość", "Asystent zarządu", "Analityk"]
    case .ru: ["Специалист по маркетингу", "Коммерческий директор", "Бухгалтерия", "Ассистент руководителя", "Аналитик"]
    case .en: ["Marketing Executive", "Commercial Director", "Accounts", "Executive Assistant", "Insight Analyst"]
    }
  }
}
