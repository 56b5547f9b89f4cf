import Domain

/// What there is to do at the agency, in the language of whoever does it.
///
/// Lines: `i` internal and coming round again, or `c` for a client; the title; for `i` the rule; the steps, parted by semicolons.
struct TaskBank: Sendable {
  struct Line: Sendable {
    let title: String
    let rule: RecurrenceRule?
    let steps: [String]
  }
  let internalOnes: [Line]
  let forClients: [Line]

  init(_ text: String) {
    var lines: (own: [Line], clients: [Line]) = ([], [])
    for row in Place.lines(text) {
      let cells = row.split(separator: "|", omittingEmptySubsequences: false).map { String($0.trimmingBlanks) }
      guard cells.count == 4 else { continue }
      let steps = cells[3].split(separator: ";").map { String($0.trimmingBlanks) }
      let line = Line(title: cells[1], rule: RecurrenceRule(cells[2]), steps: steps)
      if cells[0] == "i" { lines.own.append(line) } else { lines.clients.append(line) }
    }
    (internalOnes, forClients) = lines
  }

  static func of(_ language: Language) -> TaskBank {
    switch language {
    case .bg: bulgarian
    case .pl: polish
    case .ru: russian
    case .en: english
    }
  }

  static let bulgarian = TaskBank("""
    i | Да се подготви седмичната среща на екипа | FREQ=WEEKLY;BYDAY=MO | дневен ред; отворени проекти; кой отсъства
    i | Отчет за командировъчните | FREQ=MONTHLY;BYMONTHDAY=-1 |
    i | Сверяване на издадените фактури с банката | FREQ=MONTHLY;BYMONTHDAY=5 | експорт от банката; просрочени; напомняния
    i | Архивиране на записите от фокус групите | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR |
    i | Преглед на ценовата листа | FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE | полева работа; модератори; наеми
    i | Подновяване на застраховката на офиса | FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1 |
    c | Да се намери зала за фокус групите | | три оферти; паркинг; огледална стая
    c | Да се провери извадката преди старт | | квоти по възраст; квоти по градове; резервни адреси
    c | Да се приготви макет на доклада | |
    c | Превод на въпросника на английски | | превод; обратен превод; проверка от колега
    c | Да се съберат примери от сходни проучвания | |
    c | Проверка на кодирането на отворените въпроси | |
    c | Да се обнови папката с договорите | |
    c | Да се пресметне бюджетът за втора вълна | | поле; подаръци за участниците; анализ
    """)

  static let polish = TaskBank("""
    i | Przygotować poniedziałkowe spotkanie zespołu | FREQ=WEEKLY;BYDAY=MO | porządek spotkania; otwarte projekty; nieobecności
    i | Rozliczyć delegacje | FREQ=MONTHLY;BYMONTHDAY=-1 |
    i | Porównać faktury z wyciągiem bankowym | FREQ=MONTHLY;BYMONTHDAY=5 | pobrać wyciąg; zaległości; przypomnienia
    i | Zarchiwizować nagrania z grup fokusowych | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR |
    i | Przejrzeć cennik | FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE | praca w terenie; moderatorzy; wynajem sal
    i | Odnowić ubezpieczenie biura | FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1 |
    c | Znaleźć salę na grupy fokusowe | | trzy oferty; parking; lustro weneckie
    c | Sprawdzić próbę przed startem | | kwoty wieku; kwoty miast; adresy rezerwowe
    c | Przygotować szablon raportu | |
    c | Przetłumaczyć ankietę na angielski | | tłumaczenie; tłumaczenie zwrotne; kontrola
    c | Zebrać przykłady z podobnych badań | |
    c | Sprawdzić kodowanie pytań otwartych | |
    c | Uporządkować folder z umowami | |
    c | Policzyć budżet drugiej fali | | teren; upominki dla uczestników; analiza
    """)

  static let russian = TaskBank("""
    i | Подготовить еженедельную встречу команды | FREQ=WEEKLY;BYDAY=MO | повестка; открытые проекты; кто отсутствует
    i | Сдать отчёт по командировкам | FREQ=MONTHLY;BYMONTHDAY=-1 |
    i | Сверить выставленные счета с банком | FREQ=MONTHLY;BYMONTHDAY=5 | выгрузка из банка; просроченные; напоминания
    i | Убрать в архив записи фокус-групп | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR |
    i | Пересмотреть прайс-лист | FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE | полевые работы; модераторы; аренда залов
    i | Продлить страховку офиса | FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1 |
    c | Найти зал для фокус-групп | | три предложения; парковка; зеркальная комната
    c | Проверить выборку перед стартом | | квоты по возрасту; квоты по городам; запасные адреса
    c | Подготовить макет отчёта | |
    c | Перевести анкету на английский | | перевод; обратный перевод; проверка коллегой
    c | Собрать примеры похожих исследований | |
    c | Проверить кодировку открытых вопросов | |
    c | Навести порядок в папке договоров | |
    c | Посчитать бюджет второй волны | | поле; подарки участникам; анализ
    """)

  static let english = TaskBank("""
    i | Prepare the weekly team meeting | FREQ=WEEKLY;BYDAY=MO | agenda; open projects; who is away
    i | File travel expenses | FREQ=MONTHLY;BYMONTHDAY=-1 |
    i | Match invoices with the bank statement | FREQ=MONTHLY;BYMONTHDAY=5 | download the statement; overdue ones; reminders
    i | Archive the focus group recordings | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR |
    i | Go over the rate card | FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE | fieldwork; moderators; venues
    i | Renew the office insurance | FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1 |
    c | Find a venue for the focus groups | | three quotes; parking; viewing room
    c | Check the sample before the start | | age quotas; city quotas; spare addresses
    c | Lay out the report | |
    c | Have the questionnaire translated | | translation; back translation; a colleague's check
    c | Collect examples from similar studies | |
    c | Check the coding of open questions | |
    c | Tidy the folder with contracts | |
    c | Work out the budget of a second wave | | fieldwork; thank-you gifts; analysis
    """)
}
