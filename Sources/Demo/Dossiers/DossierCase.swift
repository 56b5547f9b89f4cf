import Domain

/// One thing the agency did for a client, in the words of its language.
struct DossierCase: Sendable {
  struct Words: Sendable {
    let what: String, why: String, workings: String, proof: String
    var asked = ""
    var did = ""
    var took = ""
    var note = ""
  }
  let section: DossierSection
  /// How many at what price each, in whole euros; nil where nobody can say.
  var count: Int64 = 1
  let unit: Int64?
  /// Before the discount.
  var list: Int64?
  let basis: AmountBasis
  let isForClient: Bool
  /// By language.
  let words: [Language: Words]

  /// As said to a client of that language: amount and workings in its own currency, every figure rounded to whole units.
  func money(in language: Language) -> (Money, workings: String)? {
    guard let unit, words[language] != nil else { return nil }
    let (currency, percent): (Currency, Int64) =
      switch language {
      case .bg: (.eur, 100)
      case .pl: (.pln, 430)
      case .ru: (.rub, 9300)
      case .en: (.gbp, 86)
      }
    return (Money(minor: whole(unit, percent) * count * 100, currency: currency), workings(in: language, currency, percent: percent))
  }

  /// - Parameter percent: what a euro is worth in hundredths of the currency.
  func workings(in language: Language, _ currency: Currency, percent: Int64 = 100) -> String {
    let each = whole(unit ?? 0, percent), before = whole(list ?? 0, percent)
    let figures = [("{unit}", each), ("{list}", before), ("{agreed}", before - each * count)]
    return figures.reduce(words[language]?.workings ?? "") { $0.replacing($1.0, with: "\($1.1) \(currency.code)") }
  }

  private func whole(_ euros: Int64, _ percent: Int64) -> Int64 { (euros * percent + 50) / 100 }

  static let all: [DossierCase] = DossierCases.special + DossierCases.cost + DossierCases.benefit + DossierCases.loyalty
}

enum DossierCases {
  typealias Words = DossierCase.Words

  static let special = [
    DossierCase(section: .special, count: 209, unit: 20, basis: .measured, isForClient: true, words: [
      .en: Words(
        what: "140 people with investments found and screened by telephone at our cost", why: "A panel would have given a dozen of them; the new product was built on all 140",
        workings: "209 hours of telephone screening at {unit}", proof: "screening log, 3 waves", asked: "140 interviews with private investors, in three weeks, at the price of an ordinary survey",
        did: "We telephoned 6,300 households to find the few who hold shares or funds, and paid for that ourselves",
        took: "Eleven interviewers for nineteen evenings, and a supervisor to listen in", note: "We lost money on it and would do it again: the next two waves came from it"),
      .bg: Words(
        what: "140 души с инвестиции, намерени и проверени по телефона за наша сметка", why: "Обикновен панел дава десетина такива; новият продукт се опря на всичките 140",
        workings: "209 часа телефонен подбор по {unit}", proof: "дневник на подбора, 3 вълни", asked: "140 интервюта с частни инвеститори за три седмици на цената на обикновено проучване",
        did: "Обадихме се на 6300 домакинства, за да открием малцината с акции или фондове, и платихме подбора сами",
        took: "Единайсет анкетьори, деветнайсет вечери и ръководител на прослушване", note: "Загубихме от него и пак бихме го направили: следващите две вълни дойдоха оттам"),
      .ru: Words(
        what: "140 человек с инвестициями: нашли и отобрали по телефону за свой счёт", why: "Обычная панель дала бы десяток; новый продукт построен на всех 140",
        workings: "209 часов телефонного отбора по {unit}", proof: "журнал отбора, 3 волны", asked: "140 интервью с частными инвесторами за три недели по цене обычного опроса",
        did: "Обзвонили 6300 семей, чтобы найти тех немногих, у кого есть акции или фонды, и сами оплатили отбор",
        took: "Одиннадцать интервьюеров, девятнадцать вечеров и супервайзер на прослушивании", note: "На нём мы потеряли, и сделали бы снова: две следующие волны пришли оттуда"),
      .pl: Words(
        what: "140 osób z inwestycjami odnalezionych i sprawdzonych telefonicznie na nasz koszt", why: "Zwykły panel dałby ich kilkanaście; nowy produkt oparto na wszystkich 140",
        workings: "209 godzin rekrutacji telefonicznej po {unit}", proof: "dziennik rekrutacji, 3 fale", asked: "140 wywiadów z prywatnymi inwestorami w trzy tygodnie, w cenie zwykłego badania",
        did: "Zadzwoniliśmy do 6300 gospodarstw, żeby znaleźć tych nielicznych z akcjami lub funduszami, i sami za to zapłaciliśmy",
        took: "Jedenastu ankieterów przez dziewiętnaście wieczorów i koordynator na odsłuchu", note: "Straciliśmy na tym i zrobilibyśmy to ponownie: z tego przyszły dwie kolejne fale"),
    ]),
    DossierCase(section: .special, count: 48, unit: 20, basis: .measured, isForClient: true, words: [
      .en: Words(
        what: "Interviews over a holiday weekend", why: "The results were on the table before the Monday board", workings: "48 hours at double rate, {unit}",
        proof: "letter of thanks", asked: "numbers by Monday, asked on the Friday before a holiday", did: "Six of us came in and worked both days",
        took: "Double pay, which was not billed"),
      .bg: Words(
        what: "Интервюта през празничните дни", why: "Резултатите бяха готови преди съвета в понеделник", workings: "48 часа по двойна ставка, {unit}",
        proof: "благодарствено писмо", asked: "данни за понеделник, поискани в петък преди празник", did: "Шестима от нас дойдоха и работиха и двата дни",
        took: "Двойно заплащане, което не фактурирахме"),
      .ru: Words(
        what: "Интервью в праздничные выходные", why: "Результаты были готовы к совету в понедельник", workings: "48 часов по двойной ставке, {unit}",
        proof: "благодарственное письмо", asked: "цифры к понедельнику, просьба пришла в пятницу перед праздником", did: "Шестеро из нас вышли и работали оба дня",
        took: "Двойная оплата, в счёт она не вошла"),
      .pl: Words(
        what: "Wywiady w świąteczny weekend", why: "Wyniki były gotowe przed poniedziałkowym zarządem", workings: "48 godzin po podwójnej stawce, {unit}",
        proof: "list z podziękowaniem", asked: "liczby na poniedziałek, prośba w piątek przed świętem", did: "Sześcioro z nas przyszło i pracowało oba dni",
        took: "Podwójna stawka, której nie zafakturowaliśmy"),
    ]),
  ]

  static let cost = [
    DossierCase(section: .cost, unit: 1200, list: 8000, basis: .agreed, isForClient: true, words: [
      .en: Words(what: "Discount on the second wave", why: "The tracking could go on in a lean year", workings: "list price {list}, agreed {agreed}", proof: "annex 2 to the contract"),
      .bg: Words(what: "Отстъпка за втората вълна", why: "Проследяването продължи и в слаба година", workings: "по ценоразпис {list}, договорено {agreed}", proof: "анекс 2 към договора"),
      .ru: Words(what: "Скидка на вторую волну", why: "Наблюдение не прервалось в трудный год", workings: "по прайсу {list}, согласовано {agreed}", proof: "приложение 2 к договору"),
      .pl: Words(what: "Rabat na drugą falę", why: "Badanie ciągłe nie przerwało się w chudym roku", workings: "cennik {list}, uzgodniono {agreed}", proof: "aneks nr 2 do umowy"),
    ]),
    DossierCase(section: .cost, count: 6, unit: 45, basis: .estimated, isForClient: true, words: [
      .en: Words(what: "Free consultation on sample size", why: "A smaller sample turned out to be enough", workings: "6 hours at {unit}", proof: "notes sent after the call"),
      .bg: Words(what: "Безплатна консултация за размера на извадката", why: "Оказа се, че и по-малка извадка е достатъчна", workings: "6 часа по {unit}", proof: "бележки след разговора"),
      .ru: Words(what: "Бесплатная консультация по размеру выборки", why: "Выяснилось, что хватит и меньшей выборки", workings: "6 часов по {unit}", proof: "заметки после звонка"),
      .pl: Words(what: "Bezpłatna konsultacja wielkości próby", why: "Okazało się, że wystarczy mniejsza próba", workings: "6 godzin po {unit}", proof: "notatki po rozmowie"),
    ]),
    DossierCase(section: .cost, count: 12, unit: 45, basis: .measured, isForClient: false, words: [
      .en: Words(
        what: "Twelve interviews repeated at our cost", why: "Nobody had to doubt the answers", workings: "12 interviews at {unit}", proof: "quality report",
        note: "Our own slip: one interviewer skipped a filter. Retrained in June"),
      .bg: Words(
        what: "Дванайсет интервюта, повторени за наша сметка", why: "Никой не трябваше да се съмнява в отговорите", workings: "12 интервюта по {unit}", proof: "доклад за качеството",
        note: "Наша грешка: анкетьор прескочи филтър. Обучен отново през юни"),
      .ru: Words(
        what: "Двенадцать интервью проведены повторно за наш счёт", why: "В ответах никому не пришлось сомневаться", workings: "12 интервью по {unit}", proof: "отчёт о качестве",
        note: "Наша ошибка: интервьюер пропустил фильтр. В июне обучен заново"),
      .pl: Words(
        what: "Dwanaście wywiadów powtórzonych na nasz koszt", why: "Nikt nie musiał wątpić w odpowiedzi", workings: "12 wywiadów po {unit}", proof: "raport jakości",
        note: "Nasz błąd: ankieter pominął filtr. W czerwcu przeszkolony ponownie"),
    ]),
    DossierCase(section: .cost, unit: 380, basis: .estimated, isForClient: true, words: [
      .en: Words(what: "A second presentation for the sales team", why: "Sales heard the results first hand", workings: "a day of an analyst", proof: "slides of the meeting"),
      .bg: Words(what: "Втора презентация за търговския екип", why: "Търговците чуха резултатите от първа ръка", workings: "един ден на анализатор", proof: "слайдове от срещата"),
      .ru: Words(what: "Вторая презентация для отдела продаж", why: "Продавцы услышали результаты из первых рук", workings: "один день аналитика", proof: "слайды встречи"),
      .pl: Words(what: "Druga prezentacja dla działu sprzedaży", why: "Handlowcy usłyszeli wyniki z pierwszej ręki", workings: "dzień pracy analityka", proof: "slajdy ze spotkania"),
    ]),
  ]

  static let benefit = [
    DossierCase(section: .benefit, unit: 6400, basis: .agreed, isForClient: true, words: [
      .en: Words(what: "Advertising money saved", why: "Two channels that nobody noticed were dropped", workings: "the client’s own figure for the half-year", proof: "e-mail from the marketing department"),
      .bg: Words(what: "Спестени разходи за реклама", why: "Отпаднаха два канала, които никой не забелязваше", workings: "по сметка на клиента за полугодието", proof: "имейл от отдел „Маркетинг“"),
      .ru: Words(what: "Экономия на рекламе", why: "Отказались от двух каналов, которые никто не замечал", workings: "по подсчёту клиента за полугодие", proof: "письмо отдела маркетинга"),
      .pl: Words(what: "Oszczędność na reklamie", why: "Zrezygnowano z dwóch kanałów, których nikt nie zauważał", workings: "według wyliczeń klienta za półrocze", proof: "e-mail z działu marketingu"),
    ]),
    DossierCase(section: .benefit, unit: 1850, basis: .estimated, isForClient: true, words: [
      .en: Words(what: "A smaller sample, as exact as needed", why: "The budget reached a second city", workings: "160 interviews fewer", proof: "our letter with the calculation"),
      .bg: Words(what: "По-малка извадка с нужната точност", why: "Бюджетът стигна и за втори град", workings: "160 интервюта по-малко", proof: "наше писмо с изчислението"),
      .ru: Words(what: "Меньшая выборка при нужной точности", why: "Бюджета хватило на второй город", workings: "на 160 интервью меньше", proof: "наше письмо с расчётом"),
      .pl: Words(what: "Mniejsza próba o potrzebnej dokładności", why: "Budżetu starczyło na drugie miasto", workings: "o 160 wywiadów mniej", proof: "nasze pismo z wyliczeniem"),
    ]),
    DossierCase(section: .benefit, unit: nil, basis: .estimated, isForClient: true, words: [
      .en: Words(what: "Questions of the board answered three months after the end", why: "The decision was made on the data, not on a guess", workings: "", proof: "four letters"),
      .bg: Words(what: "Отговори на въпросите на съвета три месеца след края", why: "Решението стъпи на данните, не на догадка", workings: "", proof: "четири писма"),
      .ru: Words(what: "Ответы на вопросы совета через три месяца после завершения", why: "Решение опиралось на данные, а не на догадку", workings: "", proof: "четыре письма"),
      .pl: Words(what: "Odpowiedzi na pytania zarządu trzy miesiące po zakończeniu", why: "Decyzja oparła się na danych, nie na domysłach", workings: "", proof: "cztery pisma"),
    ]),
  ]

  static let loyalty = [
    DossierCase(section: .loyalty, unit: 450, basis: .estimated, isForClient: true, words: [
      .en: Words(what: "Fieldwork postponed by three weeks at the same price", why: "The product launch had slipped", workings: "interviewers kept free", proof: "your letter about the date"),
      .bg: Words(what: "Теренната работа, отложена с три седмици без промяна на цената", why: "Пускането на продукта се забави", workings: "анкетьори, запазени свободни", proof: "вашето писмо за датата"),
      .ru: Words(what: "Перенос полевых работ на три недели без изменения цены", why: "Запуск продукта сдвинулся", workings: "интервьюеры оставались в резерве", proof: "ваше письмо о дате"),
      .pl: Words(what: "Prace terenowe przesunięte o trzy tygodnie bez zmiany ceny", why: "Premiera produktu się opóźniła", workings: "ankieterzy w rezerwie", proof: "wasze pismo w sprawie daty"),
    ]),
    DossierCase(section: .loyalty, count: 14, unit: 44, basis: .measured, isForClient: true, words: [
      .en: Words(what: "Questionnaire changed after the pilot, without a charge", why: "Nine new questions about prices were needed", workings: "14 hours at {unit}", proof: "versions 3 and 4"),
      .bg: Words(what: "Въпросникът, променен след пилота без доплащане", why: "Трябваха девет нови въпроса за цените", workings: "14 часа по {unit}", proof: "версии 3 и 4"),
      .ru: Words(what: "Анкета изменена после пилота без доплаты", why: "Понадобились девять новых вопросов о ценах", workings: "14 часов по {unit}", proof: "версии 3 и 4"),
      .pl: Words(what: "Kwestionariusz zmieniony po pilotażu bez dopłaty", why: "Trzeba było dodać dziewięć pytań o ceny", workings: "14 godzin po {unit}", proof: "wersje 3 i 4"),
    ]),
    DossierCase(section: .loyalty, unit: nil, basis: .estimated, isForClient: true, words: [
      .en: Words(what: "Began on the day after the call", why: "A competitor’s price cut could not wait", workings: "", proof: "first interviews of the next morning"),
      .bg: Words(what: "Започнахме на другия ден след обаждането", why: "Поевтиняването при конкурента не чакаше", workings: "", proof: "първите интервюта от следващата сутрин"),
      .ru: Words(what: "Начали на следующий день после звонка", why: "Снижение цен у конкурента не ждало", workings: "", proof: "первые интервью следующего утра"),
      .pl: Words(what: "Start następnego dnia po telefonie", why: "Obniżka cen u konkurenta nie mogła czekać", workings: "", proof: "pierwsze wywiady następnego ranka"),
    ]),
    DossierCase(section: .loyalty, unit: 300, basis: .estimated, isForClient: true, words: [
      .en: Words(what: "A small order taken: thirty interviews in one town", why: "Nobody else would have sent a team for it", workings: "below our least order", proof: "order of 30 interviews"),
      .bg: Words(what: "Приета малка поръчка: трийсет интервюта в един град", why: "Никой друг не би пратил екип за нея", workings: "под най-малката ни поръчка", proof: "поръчка за 30 интервюта"),
      .ru: Words(what: "Принят малый заказ: тридцать интервью в одном городе", why: "Никто другой не послал бы ради него бригаду", workings: "меньше нашего минимального заказа", proof: "заказ на 30 интервью"),
      .pl: Words(what: "Przyjęte małe zlecenie: trzydzieści wywiadów w jednym mieście", why: "Nikt inny nie wysłałby zespołu", workings: "poniżej naszego minimum", proof: "zlecenie na 30 wywiadów"),
    ]),
  ]
}
