import Domain

/// What an agency and its clients promise each other, in one language, and why dates move.
struct PromiseBank: Sendable {
  let ours: [String]
  let theirs: [String]
  let reasons: [String]
  let excuses: [String]
  /// "→ price list by 5 November".
  let line: String

  static func of(_ language: Language) -> PromiseBank {
    switch language {
    case .bg: bulgarian
    case .pl: polish
    case .ru: russian
    case .en: english
    }
  }

  private static let english = PromiseBank(
    ours: [
      "price list", "revised offer", "draft questionnaire", "interim tables", "final report", "contract for signature", "sample of the report",
      "presentation slides", "list of respondents’ criteria", "corrected invoice", "answer about the deadline", "translation of the summary",
      "recommendations for the board", "quote for a second wave", "minutes of the meeting", "two case studies",
    ],
    theirs: ["written brief", "signed contract", "customer list", "comments on the questionnaire", "date for the presentation", "purchase order", "logo files"],
    reasons: ["fieldwork takes two days longer", "the client asked for another question", "agreed by phone", "their board meets later"],
    excuses: ["the supplier let us down", "nobody had it in mind", "overtaken by other work"], line: "→ {what} by {date}")

  private static let russian = PromiseBank(
    ours: [
      "прайс-лист", "исправленное предложение", "черновик анкеты", "промежуточные таблицы", "итоговый отчёт", "договор на подпись",
      "пример отчёта", "слайды презентации", "критерии отбора респондентов", "исправленный счёт", "ответ о сроках", "краткое изложение на английском",
      "рекомендации для правления", "смета второй волны", "протокол встречи", "два примера работ",
    ],
    theirs: ["письменное задание", "подписанный договор", "список клиентов", "замечания к анкете", "дата презентации", "заявка на оплату", "файлы с логотипом"],
    reasons: ["поле займёт на два дня больше", "клиент добавил вопрос", "согласовано по телефону", "правление собирается позже"],
    excuses: ["подвёл подрядчик", "забыли", "помешали другие проекты"], line: "→ {what} до {date}")

  private static let polish = PromiseBank(
    ours: [
      "cennik", "poprawiona oferta", "szkic ankiety", "tabele częściowe", "raport końcowy", "umowa do podpisu", "przykładowy raport",
      "slajdy na prezentację", "kryteria doboru respondentów", "faktura korygująca", "odpowiedź w sprawie terminu", "tłumaczenie streszczenia",
      "rekomendacje dla zarządu", "wycena drugiej fali", "notatka ze spotkania", "dwa przykłady prac",
    ],
    theirs: ["pisemny brief", "podpisana umowa", "lista klientów", "uwagi do ankiety", "termin prezentacji", "zamówienie", "pliki z logo"],
    reasons: ["teren potrwa dwa dni dłużej", "klient dodał pytanie", "ustalone telefonicznie", "zarząd zbiera się później"],
    excuses: ["zawiódł podwykonawca", "nikt nie pamiętał", "przeszkodziły inne projekty"], line: "→ {what} do {date}")

  private static let bulgarian = PromiseBank(
    ours: [
      "ценова листа", "коригирана оферта", "чернова на въпросника", "междинни таблици", "окончателен доклад", "договор за подпис",
      "примерен доклад", "слайдове за презентацията", "критерии за подбор", "коригирана фактура", "отговор за срока", "превод на резюмето",
      "препоръки за ръководството", "оферта за втора вълна", "протокол от срещата", "два примера от работата ни",
    ],
    theirs: ["писмено задание", "подписан договор", "списък с клиенти", "бележки по въпросника", "дата за презентацията", "поръчка", "файлове с логото"],
    reasons: ["теренът ще отнеме два дни повече", "клиентът добави въпрос", "уговорено по телефона", "ръководството се събира по-късно"],
    excuses: ["подизпълнителят ни подведе", "никой не се сети", "изпреварено от друга работа"], line: "→ {what} до {date}")
}
