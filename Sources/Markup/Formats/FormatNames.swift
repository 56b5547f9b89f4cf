/// Names of months and days of the week as each language writes them within a date (Unicode CLDR 44).

import Domain

struct FormatNames: Sendable {
  /// Within a date: `5 нояб.`
  let shortMonths: [String]
  /// Within a date: `5 ноября`
  let months: [String]
  /// By themselves: `ноябрь`
  let monthsAlone: [String]
  /// From Monday on.
  let weekdays: [String]
  let shortWeekdays: [String]

  static func of(_ language: Language) -> FormatNames {
    switch language {
    case .en: english
    case .ru: russian
    case .pl: polish
    case .bg: bulgarian
    }
  }

  private init(shortMonths: String, months: String, alone: String? = nil, weekdays: String, shortWeekdays: String) {
    func list(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    self.shortMonths = list(shortMonths)
    self.months = list(months)
    monthsAlone = list(alone ?? months)
    self.weekdays = list(weekdays)
    self.shortWeekdays = list(shortWeekdays)
  }

  private static let english = FormatNames(
    shortMonths: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    months: "January February March April May June July August September October November December",
    weekdays: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    shortWeekdays: "Mon Tue Wed Thu Fri Sat Sun")

  private static let russian = FormatNames(
    shortMonths: "янв. февр. марта апр. мая июня июля авг. сент. окт. нояб. дек.",
    months: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    alone: "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    weekdays: "понедельник вторник среда четверг пятница суббота воскресенье",
    shortWeekdays: "пн вт ср чт пт сб вс")

  private static let polish = FormatNames(
    shortMonths: "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    months: "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    alone: "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    weekdays: "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    shortWeekdays: "pon. wt. śr. czw. pt. sob. niedz.")

  private static let bulgarian = FormatNames(
    shortMonths: "01 02 03 04 05 06 07 08 09 10 11 12",  // Bulgarian writes short dates in figures: 5.11.2026 г.
    months: "януари февруари март април май юни юли август септември октомври ноември декември",
    weekdays: "понеделник вторник сряда четвъртък петък събота неделя",
    shortWeekdays: "пн вт ср чт пт сб нд")
}

extension [String] {
  /// The name of a month or day counted from 1; empty outside.
  func name(_ number: Int) -> String { indices.contains(number - 1) ? self[number - 1] : "" }
}
