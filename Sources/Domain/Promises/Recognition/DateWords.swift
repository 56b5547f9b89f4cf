/// The words that dates are made of, in the four languages at once: notes mix them, and few words mean two things. Words are folded
/// (`Fold.search`): lower case, no accents, ё as е.

struct DateWords: Sendable {
  enum Unit: String, Sendable { case day, week, month, quarter, year }

  enum Meaning: Hashable, Sendable {
    /// "by", "do": the date is a deadline.
    case by
    /// "in", "через": so long from now.
    case within
    /// "on", "w": a date follows.
    case on
    /// Says nothing beside the others.
    case filler
    case next
    case end
    case today, tomorrow, dayAfterTomorrow
    case weekday(Int)
    case month(Int)
    case unit(Unit)
    case number(Int)
    case working
    /// "EOD", "EOW": the end of that unit in one word.
    case endOf(Unit)
    case noon
    /// Behind a number it is an amount and no date.
    case amount
    /// Behind a year: "г.", "roku".
    case yearMark
    case hourMark
  }

  private let meanings: [String: [Meaning]]

  static let all = DateWords(table)

  subscript(_ word: String) -> [Meaning] { meanings[word] ?? [] }

  func means(_ word: String, _ meaning: Meaning) -> Bool { meanings[word]?.contains(meaning) ?? false }

  private init(_ table: String) {
    var all: [String: [Meaning]] = [:]
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let meaning = Self.meaning(String(parts[0])) else { continue }
      for word in parts[1].split(separator: " ") { all[String(word), default: []].append(meaning) }
    }
    meanings = all
  }

  private static func meaning(_ name: String) -> Meaning? {
    let parts = name.split(separator: " ")
    guard let first = parts.first else { return nil }
    if parts.count == 2 {
      let number = Int(parts[1])
      switch first {
      case "weekday": return number.map { .weekday($0) }
      case "month": return number.map { .month($0) }
      case "number": return number.map { .number($0) }
      case "unit": return Unit(rawValue: String(parts[1])).map { .unit($0) }
      case "endof": return Unit(rawValue: String(parts[1])).map { .endOf($0) }
      default: return nil
      }
    }
    let plain: [Substring: Meaning] = [
      "by": .by, "within": .within, "on": .on, "filler": .filler, "next": .next, "end": .end, "today": .today, "tomorrow": .tomorrow,
      "after": .dayAfterTomorrow, "working": .working, "noon": .noon, "amount": .amount, "yearmark": .yearMark, "hourmark": .hourMark,
    ]
    return plain[first]
  }

  // "неделя" is Bulgarian for Sunday, and Russian for a week behind a number: both are listed.
  private static let table = """
    by: by until till before due до к ко do przed преди перед
    within: in within через за za след w в
    on: on at for в во на w we na o за об om у
    filler: the of this than later ten tego tej te to этой этого эту этот этом тази този това следния рамките ramach ciagu течение срок не позднее pozniej niz nie по-късно от od no coming najblizszy najblizszej najblizszego ближайшей ближайшего ближайшую
    next: next following следующий следующая следующей следующего следующую следующем следующих будущего будущей przyszly przyszlego przyszlym przyszlej przyszla nastepny nastepnego nastepnym nastepnej следващ следващия следващата следващото следваща следващият идния идната идното
    end: end конца концу конце конец konca koniec koncem koncu края край
    today: today tonight сегодня dzis dzisiaj днес
    tomorrow: tomorrow tmrw завтра завтрашнего завтрашнему jutro jutra утре
    after: послезавтра pojutrze pojutrza вдругиден
    weekday 1: monday mon понедельник понедельника понедельнику poniedzialek poniedzialku понеделник пн pn pon
    weekday 2: tuesday tue tues вторник вторника вторнику wtorek wtorku вт wt
    weekday 3: wednesday wed среда среды среду среде sroda srody srode сряда ср sr
    weekday 4: thursday thu thur thurs четверг четверга четвергу czwartek czwartku четвъртък чт czw
    weekday 5: friday fri пятница пятницы пятницу пятнице piatek piatku петък пт pt
    weekday 6: saturday sat суббота субботы субботу субботе sobota soboty sobote събота сб sob
    weekday 7: sunday sun воскресенье воскресенья воскресенью niedziela niedzieli niedziele неделя вс ndz
    month 1: january jan января январь янв stycznia styczen sty януари ян
    month 2: february feb февраля февраль фев lutego luty lut февруари
    month 3: march mar марта март мар marca marzec
    month 4: april apr апреля апрель апр kwietnia kwiecien kwi април
    month 5: may мая май maja maj
    month 6: june jun июня июнь июн czerwca czerwiec cze юни
    month 7: july jul июля июль июл lipca lipiec lip юли
    month 8: august aug августа август авг sierpnia sierpien sie
    month 9: september sep sept сентября сентябрь сен сент wrzesnia wrzesien wrz септември септ
    month 10: october oct октября октябрь окт pazdziernika pazdziernik paz октомври
    month 11: november nov ноября ноябрь ноя нояб listopada listopad lis ноември ноем
    month 12: december dec декабря декабрь дек grudnia grudzien gru декември
    unit day: day days день дня дней дню дни dzien dnia dni ден дена деня
    unit week: week weeks неделя недели неделю недель неделе tydzien tygodnia tygodnie tygodni tygodniu седмица седмици седмицата
    unit month: month months месяц месяца месяцев месяце miesiac miesiaca miesiace miesiecy miesiacu месец месеца месеци
    unit quarter: quarter квартал квартала квартале kwartal kwartalu тримесечие тримесечието
    unit year: year год года году годин година годината rok roku година
    number 1: a an one один одну одного jeden един една едно
    number 2: two два две двух пару dwa dwoch dwie pare couple
    number 3: three три трех trzy trzech
    number 4: four четыре четырех cztery czterech четири
    number 5: five пять пяти piec pieciu пет
    number 6: six шесть шести szesc szesciu шест
    number 7: seven семь семи siedem siedmiu седем
    number 8: eight восемь восьми osiem osmiu осем
    number 9: nine девять девяти dziewiec девет
    number 10: ten десять десяти dziesiec dziesieciu десет
    working: working business work рабочих рабочие рабочий рабочего рабочей roboczych robocze roboczy roboczego работни работен
    endof day: eod
    endof week: eow
    endof month: eom
    endof quarter: eoq
    endof year: eoy
    noon: noon midday полудня полудню poludnia poludnie обяд
    amount: % eur euro usd pln bgn rub gbp zl лв лева руб рублей € $ £ млн тыс million thousand m kg km м кг км pcs szt шт бр х x
    yearmark: г года год година годината г. r roku y
    hourmark: h ч часа часов час o'clock godz hours
    """
}
