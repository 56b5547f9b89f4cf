import Domain
import Foundation
import Markup
import Testing

@Suite struct FormatsTests {
  private let moment = Instant(milliseconds: 1_793_887_620_000)  // 2026-11-05T14:07Z

  private func formats(_ language: Language, _ zone: String = "Europe/Sofia") throws -> Formats {
    Formats(language: language, zone: try #require(Zone(zone)))
  }

  @Test(arguments: [
    (Language.en, "5 Nov 2026, 16:07", "€1,234.50", "€12,345.50", "“x”"),
    (.ru, "5 нояб. 2026 г., 16:07", "1 234,50 €", "12 345,50 €", "«x»"),
    (.pl, "5 lis 2026, 16:07", "1234,50 €", "12 345,50 €", "„x”"),
    (.bg, "5.11.2026 г., 16:07", "1234,50 €", "12 345,50 €", "„x“"),
  ])
  func writesAsTheLanguageDoes(language: Language, dateTime: String, small: String, large: String, quoted: String) throws {
    let formats = try formats(language)
    #expect(formats.dateTime(moment).plainSpaces == dateTime)
    #expect(formats.money(Money(minor: 123_450, currency: .eur)).plainSpaces == small)
    #expect(formats.money(Money(minor: 1_234_550, currency: .eur)).plainSpaces == large)
    #expect(!formats.money(Money(minor: 1_234_550, currency: .eur)).contains(" "))
    #expect(formats.quoted("x") == quoted)
  }

  /// Foundation's formatters as oracle for dates.
  @Test(arguments: [
    (Language.en, "en_US", "d MMM y", "LLLL y", "EEEE d MMMM"), (.ru, "ru_RU", "d MMM y 'г.'", "LLLL y 'г.'", "EEEE, d MMMM"),
    (.pl, "pl_PL", "d MMM y", "LLLL y", "EEEE, d MMMM"), (.bg, "bg_BG", "d.MM.y 'г.'", "LLLL y 'г.'", "EEEE, d MMMM"),
  ])
  func datesAgreeWithFoundation(language: Language, locale: String, date: String, month: String, day: String) throws {
    let formats = try formats(language, "UTC")
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: locale)
    formatter.timeZone = TimeZone(identifier: "UTC")
    func oracle(_ pattern: String, _ instant: Instant) -> String {
      formatter.dateFormat = pattern
      return formatter.string(from: instant.date).plainSpaces
    }
    for index in 0..<24 {
      let instant = moment.adding(milliseconds: Int64(index) * 31 * Instant.day)
      let calendarDate = Zone.utc.date(instant)
      #expect(formats.date(calendarDate).plainSpaces == oracle(date, instant))
      #expect(formats.month(calendarDate).plainSpaces == oracle(month, instant))
      #expect(formats.weekdayAndDay(calendarDate).plainSpaces == oracle(day, instant))
      // Releases of CLDR differ in the capital of Russian days.
      #expect(formats.shortWeekday(calendarDate.weekday) == oracle("EEE", instant).lowercased() || language == .en)
    }
  }

  @Test(arguments: [(Language.en, "en_US"), (.ru, "ru_RU"), (.pl, "pl_PL"), (.bg, "bg_BG")])
  func moneyAgreesWithFoundation(language: Language, locale: String) throws {
    let formats = try formats(language)
    let oracle = Decimal.FormatStyle.Currency(code: "EUR", locale: Locale(identifier: locale))
    for minor: Int64 in [0, 5, 99, 100, 99_999, 100_000, 123_450, 999_999, 1_000_000, 12_345_678_901, -1, -123_450] {
      let expected = (Decimal(minor) / 100).formatted(oracle)
      #expect(formats.money(Money(minor: minor, currency: .eur)).plainSpaces == expected.plainSpaces)
    }
  }

  @Test func otherCurrencies() throws {
    let yen = try #require(Currency("JPY"))
    #expect(try formats(.en).money(Money(minor: 150_000, currency: .pln)) == "PLN\u{A0}1,500.00")
    #expect(try formats(.pl).money(Money(minor: 150_000, currency: .pln)) == "1500,00\u{A0}zł")
    #expect(try formats(.ru).money(Money(minor: -5, currency: .rub)) == "-0,05\u{A0}₽")
    #expect(try formats(.en).money(Money(minor: 1500, currency: yen)) == "JPY\u{A0}1,500")
    #expect(try formats(.bg).amount(Money(minor: 123_450, currency: .eur)) == "1\u{A0}234,50")
    #expect(try formats(.en).money(Money(minor: .min, currency: .eur)) == "-€92,233,720,368,547,758.08")
  }

  @Test func numbers() throws {
    #expect(try formats(.en).integer(1_234_567) == "1,234,567")
    #expect(try formats(.pl).integer(1234) == "1234")
    #expect(try formats(.ru).integer(-1234) == "-1\u{A0}234")
    #expect(try formats(.ru).decimal(1.5) == "1,5")
    #expect(try formats(.en).decimal(-0.04) == "0")
    #expect(try formats(.en).decimal(1.005, digits: 3) == "1.005")
    #expect(try formats(.en).decimal(.nan) == "–")
    #expect(try formats(.en).decimal(.infinity) == "–")
    #expect(try formats(.en).percent(0.453) == "45%")
    #expect(try formats(.ru).percent(0.4567, digits: 1) == "45,7\u{A0}%")
    #expect(try formats(.en).integer(Int64.min) == "-9,223,372,036,854,775,808")
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1 kB"), (1_540_000, "1.5 MB"), (123_400_000, "123 MB"), (999_960, "1 MB"), (-5, "0 B"),
    (5_000_000_000_000_000, "5,000 TB"),
  ])
  func fileSizes(bytes: Int, text: String) throws {
    #expect(try formats(.en).fileSize(bytes).plainSpaces == text)
    #expect(try formats(.ru).fileSize(1_540_000).plainSpaces == "1,5 МБ")
  }

  @Test(arguments: [
    (Language.en, "29 February", "3 May 1986"), (.ru, "29 февраля", "3 мая 1986 г."), (.pl, "29 lutego", "3 maj 1986"),
    (.bg, "29 февруари", "3.05.1986 г."),
  ])
  func birthdays(language: Language, leapDay: String, whole: String) throws {
    let formats = try formats(language)
    #expect(formats.date(try #require(PartialDate("--02-29"))).plainSpaces == leapDay)
    #expect(formats.date(try #require(PartialDate("1986-05-03"))).plainSpaces == whole)
  }

  @Test func daysNearTodayAreWords() throws {
    let locales = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../../Sources/Web/Locales")
    let messages = try Messages(directory: locales)
    let today = try #require(CalendarDate("2026-11-05"))
    let words = Language.allCases.map { language in
      let w = Words(catalog: messages[language], zone: .utc)
      return [-8, -7, -2, -1, 0, 1, 3, 8].map { w.day(today.adding(days: $0), today: today).plainSpaces }
    }
    #expect(
      words == [
        ["28 Oct 2026", "7 days ago", "2 days ago", "yesterday", "today", "tomorrow", "in 3 days", "13 Nov 2026"],
        ["28 окт. 2026 г.", "7 дней назад", "2 дня назад", "вчера", "сегодня", "завтра", "через 3 дня", "13 нояб. 2026 г."],
        ["28 paź 2026", "7 dni temu", "2 dni temu", "wczoraj", "dzisiaj", "jutro", "za 3 dni", "13 lis 2026"],
        ["28.10.2026 г.", "преди 7 дни", "преди 2 дни", "вчера", "днес", "утре", "след 3 дни", "13.11.2026 г."],
      ])
    let w = Words(catalog: messages[.en], zone: try #require(Zone("Europe/Sofia")))
    #expect(
      w.dayTag(moment, now: moment.adding(milliseconds: 8 * Instant.hour)).string.plainSpaces
        == "<time datetime=\"2026-11-05T14:07:00Z\" title=\"5 Nov 2026, 16:07\">yesterday</time>")
  }
}

extension String {
  /// With every kind of space an ordinary one: which kind differs between releases of CLDR.
  fileprivate var plainSpaces: String { String(map { $0.isWhitespace ? " " : $0 }) }
}
