import Domain
import Testing

/// Thursday, 5 November 2026, 14:07.
private let said = LocalDateTime("2026-11-05T14:07")

private func first(_ text: String, on moment: String = "2026-11-05T14:07") throws -> RecognisedPromise? {
  PromiseRecognition.find(in: text, said: try #require(LocalDateTime(moment))).first
}

struct RecognitionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String, what: String, date: String
    var time: String?
    var side = PromiseSide.us
    init(_ text: String, _ what: String, _ date: String, _ time: String? = nil, _ side: PromiseSide = .us) {
      (self.text, self.what, self.date, self.time, self.side) = (text, what, date, time, side)
    }
    var testDescription: String { text }
  }

  static let english: [Case] = [
    Case("→ price by Friday", "price", "2026-11-06"),
    Case("-> price list by Friday", "price list", "2026-11-06"),
    Case("=> by Friday: price list", "price list", "2026-11-06"),
    Case("Asked about delivery. → new offer by 5 Dec", "new offer", "2026-12-05"),
    Case("→ offer by Thursday", "offer", "2026-11-12"),
    Case("→ offer by next Thursday", "offer", "2026-11-12"),
    Case("→ offer by next Monday", "offer", "2026-11-09"),
    Case("→ contract tomorrow", "contract", "2026-11-06"),
    Case("→ contract the day after tomorrow", "contract", "2026-11-07"),
    Case("→ numbers by the end of the week", "numbers", "2026-11-06"),
    Case("→ numbers by end of month", "numbers", "2026-11-30"),
    Case("→ numbers by the end of next month", "numbers", "2026-12-31"),
    Case("→ plan by the end of the quarter", "plan", "2026-12-31"),
    Case("→ plan next week", "plan", "2026-11-13"),
    Case("→ report EOD", "report", "2026-11-05"),
    Case("→ report in 3 days", "report", "2026-11-08"),
    Case("→ report within two weeks", "report", "2026-11-19"),
    Case("→ report within 5 working days", "report", "2026-11-12"),
    Case("→ report in a month", "report", "2026-12-05"),
    Case("→ samples by 12 November 2026", "samples", "2026-11-12"),
    Case("→ samples by November 12th", "samples", "2026-11-12"),
    Case("→ samples by the 12th of November", "samples", "2026-11-12"),
    Case("→ samples by 2026-11-12", "samples", "2026-11-12"),
    Case("→ samples by 12/11/2026", "samples", "2026-11-12"),
    Case("→ call back by Friday 16:00", "call back", "2026-11-06", "16:00"),
    Case("→ call back by Friday at 4pm", "call back", "2026-11-06", "16:00"),
    Case("→ call back by 4 pm on Friday", "call back", "2026-11-06", "16:00"),
    Case("→ answer by 16:00", "answer", "2026-11-05", "16:00"),
    Case("→ answer by 12:00", "answer", "2026-11-06", "12:00"),
    Case("→ send the price to Anna by Friday", "send the price to Anna", "2026-11-06"),
    Case("→ send by Friday the price to Anna", "send the price to Anna", "2026-11-06"),
    Case("→ invitation for the 20 November event by Monday", "invitation for the 20 November event", "2026-11-09"),
    Case("← signed contract by Monday", "signed contract", "2026-11-09", nil, .client),
    Case("<- brief by 20 Nov", "brief", "2026-11-20", nil, .client),
    Case("Promise: outline by 10 January", "outline", "2027-01-10"),
    Case("Promised an outline by 12 November", "outline", "2026-11-12"),
    Case("They promised to send the brief by Monday. We wait.", "send the brief", "2026-11-09", nil, .client),
    Case("We promised the slides by next week", "slides", "2026-11-13"),
  ]

  static let russian: [Case] = [
    Case("→ цену до пятницы", "цену", "2026-11-06"),
    Case("-> цену к пятнице", "цену", "2026-11-06"),
    Case("-> прайс в понедельник", "прайс", "2026-11-09"),
    Case("→ КП до конца недели", "КП", "2026-11-06"),
    Case("→ КП к концу месяца", "КП", "2026-11-30"),
    Case("→ КП до конца ноября", "КП", "2026-11-30"),
    Case("→ отчёт завтра", "отчёт", "2026-11-06"),
    Case("→ отчёт послезавтра", "отчёт", "2026-11-07"),
    Case("→ отчёт до завтра 15:00", "отчёт", "2026-11-06", "15:00"),
    Case("→ отчёт через 3 дня", "отчёт", "2026-11-08"),
    Case("→ отчёт через неделю", "отчёт", "2026-11-12"),
    Case("→ отчёт в течение двух недель", "отчёт", "2026-11-19"),
    Case("→ отчёт в течение 5 рабочих дней", "отчёт", "2026-11-12"),
    Case("→ договор до 5 декабря", "договор", "2026-12-05"),
    Case("→ договор до 05.12.2026 г.", "договор", "2026-12-05"),
    Case("→ договор до 5.12.", "договор", "2026-12-05"),
    Case("→ договор на следующей неделе", "договор", "2026-11-13"),
    Case("→ договор до пятницы следующей недели", "договор", "2026-11-13"),
    Case("→ перезвонить в 16:00 в понедельник", "перезвонить", "2026-11-09", "16:00"),
    Case("Обещали прислать смету до вторника", "прислать смету", "2026-11-10"),
    Case("Клиент обещал договор до среды", "договор", "2026-11-11", nil, .client),
    Case("Обещание: смета не позднее 20 ноября", "смета", "2026-11-20"),
  ]

  static let polish: [Case] = [
    Case("→ cennik do piątku", "cennik", "2026-11-06"),
    Case("-> cennik w poniedziałek", "cennik", "2026-11-09"),
    Case("→ oferta do końca tygodnia", "oferta", "2026-11-06"),
    Case("→ oferta do końca przyszłego miesiąca", "oferta", "2026-12-31"),
    Case("→ oferta jutro", "oferta", "2026-11-06"),
    Case("→ oferta pojutrze do 12:00", "oferta", "2026-11-07", "12:00"),
    Case("→ raport za 3 dni", "raport", "2026-11-08"),
    Case("→ raport w ciągu tygodnia", "raport", "2026-11-12"),
    Case("→ raport w ciągu 5 dni roboczych", "raport", "2026-11-12"),
    Case("→ umowa do 5 grudnia", "umowa", "2026-12-05"),
    Case("→ umowa do 5 grudnia 2026 r.", "umowa", "2026-12-05"),
    Case("→ umowa do 05.12.2026", "umowa", "2026-12-05"),
    Case("→ umowa w przyszłym tygodniu", "umowa", "2026-11-13"),
    Case("→ oddzwonić w piątek o 16:00", "oddzwonić", "2026-11-06", "16:00"),
    Case("Obiecałam wycenę do wtorku", "wycenę", "2026-11-10"),
    Case("Obiecali umowę do środy", "umowę", "2026-11-11", nil, .client),
    Case("Obietnica: kosztorys nie później niż 20 listopada", "kosztorys", "2026-11-20"),
  ]

  static let bulgarian: [Case] = [
    Case("→ цена до петък", "цена", "2026-11-06"),
    Case("-> цена в понеделник", "цена", "2026-11-09"),
    Case("→ оферта до края на седмицата", "оферта", "2026-11-06"),
    Case("→ оферта до края на месеца", "оферта", "2026-11-30"),
    Case("→ оферта до края на следващия месец", "оферта", "2026-12-31"),
    Case("→ оферта утре", "оферта", "2026-11-06"),
    Case("→ оферта вдругиден", "оферта", "2026-11-07"),
    Case("→ доклад след 3 дни", "доклад", "2026-11-08"),
    Case("→ доклад до седмица", "доклад", "2026-11-12"),
    Case("→ доклад до 5 работни дни", "доклад", "2026-11-12"),
    Case("→ договор до 5 декември", "договор", "2026-12-05"),
    Case("→ договор до 5.12.2026 г.", "договор", "2026-12-05"),
    Case("→ договор следващата седмица", "договор", "2026-11-13"),
    Case("→ договор до следващия вторник", "договор", "2026-11-10"),
    Case("→ обаждане в петък в 16:00", "обаждане", "2026-11-06", "16:00"),
    Case("→ мостри до неделя", "мостри", "2026-11-08"),
    Case("Обещахме сметката до вторник", "сметката", "2026-11-10"),
    Case("Клиентът обеща договора до сряда", "договора", "2026-11-11", nil, .client),
  ]

  @Test(arguments: english + russian + polish + bulgarian) func finds(_ one: Case) throws {
    let found = try #require(try first(one.text), "nothing in: \(one.text)")
    #expect(found == RecognisedPromise(
      side: one.side, what: one.what, date: try #require(CalendarDate(one.date)), time: one.time.flatMap { LocalTime($0) }))
  }

  /// What must not be taken for a promise.
  @Test(arguments: [
    "", "Asked about prices by Friday", "→ price list", "→ 20 EUR", "20 → 18 EUR by unit", "A -> B by Friday", "→ by Friday",
    "→ discount 2.5 percent", "→ version 2.5 beta", "→ price 10.12 EUR", "Did not promise anything by Friday", "не обещал цену до пятницы",
    "Nie obiecałem ceny do piątku", "Обещания до пятницы были другие", "We talked from Monday until Friday about the offer",
    "→ offer by 3 November", "→ offer by 30 February", "→ offer by 31.11.", "→ offer by 5 November 2025", "→ see 2/3 of the report",
    "→ the meeting on 5 people", "до пятницы цена не изменится", "Promised to think about it", "Termin do piątku jest nierealny",
  ])
  func findsNothing(_ text: String) throws { #expect(try first(text) == nil) }

  @Test func findsSeveralInOneNote() throws {
    let text = "Long talk about the relaunch.\n→ price by Friday; then we see\n- → samples by 12 Nov; → hall by end of month\n← brief by Monday"
    let found = PromiseRecognition.find(in: text, said: try #require(said))
    #expect(found.map(\.what) == ["price", "samples", "hall", "brief"])
    #expect(found.map(\.side) == [.us, .us, .us, .client])
  }

  @Test(arguments: [
    // Friday said on a Friday is the next; the weekend's "end of the week" is its Sunday.
    ("→ price by Friday", "2026-11-06T10:00", "2026-11-13"), ("→ price by end of week", "2026-11-07T10:00", "2026-11-08"),
    // 29 February.
    ("→ price by 29 February", "2027-11-05T10:00", "2028-02-29"), ("→ price in a year", "2028-02-29T10:00", "2029-02-28"),
    ("→ price in a month", "2027-01-31T10:00", "2027-02-28"), ("→ price by end of month", "2028-02-05T10:00", "2028-02-29"),
    ("→ цена до конца года", "2026-12-31T10:00", "2026-12-31"), ("→ cena do końca kwartału", "2026-12-31T10:00", "2026-12-31"),
    ("→ price by 2 January", "2026-12-30T10:00", "2027-01-02"),
  ])
  func readsDatesFromWhereTheyAreSaid(text: String, moment: String, date: String) throws {
    #expect(try first(text, on: moment)?.date == CalendarDate(date))
  }

  @Test func hasNo29FebruaryWithinAYear() throws { #expect(try first("→ price by 29 February") == nil) }

  @Test(arguments: [
    ("Friday", "2026-11-06"), ("до пятницы", "2026-11-06"), ("jutro", "2026-11-06"), ("5.12.", "2026-12-05"), ("20.12.2026", "2026-12-20"),
    ("price by Friday", nil), ("", nil), ("sometime", nil),
  ])
  func readsATypedDate(text: String, date: String?) throws {
    let moment = try #require(LocalDateTime("2026-11-05T14:07"))
    #expect(DatePhrase.date(text, said: moment) == date.flatMap { CalendarDate($0) })
  }

  /// Nothing that can be typed may trap.
  @Test func survivesOddText() throws {
    let moment = try #require(said)
    let odd = ["→", "→ 99999999999999999999 days", "→ x in 366 years", "→ x by 0.0.", "→ x by 9999-12-31", "← ← ←", "→\u{0}\u{301}", "→ x by 1/1/1", "promise:"]
    for text in odd { _ = PromiseRecognition.find(in: text, said: moment) }
    let words = ["→", "by", "до", "end", "of", "next", "5", "nov", "16:00", "w", "ciągu", "неделя", "in", "-", "2026", "pm", "\n"]
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let text = (0..<8).map { _ in words.randomElement(using: &dice) ?? "" }.joined(separator: " ")
      for found in PromiseRecognition.find(in: text, said: moment) { #expect(!found.what.isEmpty && found.date >= moment.date) }
    }
  }
}
