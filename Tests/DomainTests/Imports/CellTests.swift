import Domain
import Testing

@Suite struct CellTests {
  @Test(arguments: [
    ("03.04.1975", "1975-04-03"), ("3.4.75", "1975-04-03"), ("3/4/1975", "1975-04-03"), ("1975-04-03", "1975-04-03"),
    ("1975/4/3", "1975-04-03"), ("1975. 04. 03", "1975-04-03"), ("1975. 4. 3.", "1975-04-03"), ("19750403", "1975-04-03"),
    ("1975-04-03T09:14:00.000Z", "1975-04-03"), ("1975-04-03 10:20", "1975-04-03"), ("03.04.1975 г.", "1975-04-03"),
    ("3 April 1975", "1975-04-03"), ("April 3, 1975", "1975-04-03"), ("Apr 3rd 1975", "1975-04-03"),
    ("07 Dec 2025", "2025-12-07"),
    ("3 апреля 1975 г.", "1975-04-03"), ("3 април 1975", "1975-04-03"), ("3 kwietnia 1975 r.", "1975-04-03"),
    ("1 мая 1990", "1990-05-01"), ("1 май 1990", "1990-05-01"), ("12 października 2001", "2001-10-12"),
    ("5 ноември 2020", "2020-11-05"),
    ("3.4.35", "2035-04-03"), ("3.4.36", "1936-04-03"), ("03.04", "--04-03"), ("3 April", "--04-03"), ("--04-03", "--04-03"),
    ("29.02.1988", "1988-02-29"), ("12/31/1999", "1999-12-31"), ("1/2/1990", "1990-02-01"),
  ])
  func dates(_ cell: String, _ expected: String) {
    #expect(CellDate.parse(cell)?.description == expected)
  }

  @Test(arguments: [
    "", "x", "32.13.2000", "29.02.1989", "12", "1.2.3.4", "Anna", "+359888123456", "99999999999999999999", "31 kwietnia 2000",
  ])
  func noDates(_ cell: String) { #expect(CellDate.parse(cell) == nil) }

  @Test func monthFirst() {
    #expect(CellDate.parse("1/2/1990", order: .monthFirst)?.description == "1990-01-02")
    #expect(CellDate.parse("01.02.1990", order: .monthFirst)?.description == "1990-02-01")
    #expect(CellDate.evidence(["1/2/1990", "12/31/1999", ""]) == .monthFirst)
    #expect(CellDate.evidence(["1/2/1990", "31/12/1999"]) == .dayFirst)
    #expect(CellDate.evidence(["1/2/1990", "1990-02-28"]) == nil)
  }

  @Test(arguments: [
    ("1 234,50", 1234.5), ("1\u{A0}234,50", 1234.5), ("1.234.567,89", 1_234_567.89), ("43,774.58", 43774.58), ("-12.50", -12.5),
    ("0,00", 0), ("12", 12), ("98 765,4", 98765.4), ("−45,99 лв.", -45.99), ("€ 1.234,50", 1234.5), ("100 руб.", 100),
    ("(12.00)", -12),
  ])
  func numbers(_ cell: String, _ expected: Double) { #expect(CellWords.number(cell) == expected) }

  @Test(arguments: ["", "лв.", "1,2,3", "12 apples and pears", "2024-01-31"])
  func noNumbers(_ cell: String) { #expect(CellWords.number(cell) == nil) }

  @Test func words() {
    for yes in ["Yes", "TRUE", "1", "да", "Tak", "x"] { #expect(CellWords.boolean(yes) == true) }
    for no in ["no", "false", "0", "Нет", "не", "NIE"] { #expect(CellWords.boolean(no) == false) }
    #expect(CellWords.boolean("maybe") == nil)
    for female in ["F", "female", "ж", "Женский", "жена", "kobieta", "г-жа", "Mrs.", "Pani"] {
      #expect(CellWords.gender(female) == .female)
    }
    for male in ["M", "Мужской", "мъж", "mężczyzna", "г-н", "Mr", "Pan"] { #expect(CellWords.gender(male) == .male) }
    #expect(CellWords.gender("д-р") == nil)
    #expect(CellWords.language("Polski") == .pl && CellWords.language("bg-BG") == .bg && CellWords.language("Русский") == .ru)
    #expect(CellWords.language("Deutsch") == nil)
    #expect(CellWords.maritalStatus("замужем") == .married && CellWords.maritalStatus("не замужем") == .single)
    #expect(CellWords.size("10-49") == .small && CellWords.size("1 200") == .large && CellWords.size("250+") == .large)
  }

  @Test func lists() {
    #expect(CellWords.list("a@b.bg ::: c@d.bg", commas: false) == ["a@b.bg", "c@d.bg"])
    #expect(CellWords.list("a; b;;c\nd", commas: false) == ["a", "b", "c", "d"])
    #expect(CellWords.tags("* myContacts ::: Navy ::: VIP") == ["Navy", "VIP"])
  }

  @Test(
    arguments: [
      ("България", "BG"), ("bulgaria", "BG"), ("РФ", "RU"), ("Wielka Brytania", "GB"), ("UK", "GB"), ("pl", "PL"), ("DEU", "DE"),
      ("Narnia", nil),
    ] as [(String, String?)])
  func countries(_ cell: String, _ code: String?) { #expect(CountryNames.country(cell)?.code == code) }

  @Test(arguments: [
    "„Ябълка и син“ ООД", "ЕТ \"Жужи - Ж. Ненкова\"", "ООО «Рога и копыта»", "Kowalski sp. z o.o.", "Acme Ltd.", "ACME S.A.",
    "Джемил Транс АД",
  ])
  func companyNames(_ name: String) { #expect(CellWords.isCompanyName(name)) }

  @Test(arguments: ["Анна Петрова", "Sara Adler", "Jan Kowalski", "Етиен Адамов"])
  func personNames(_ name: String) { #expect(!CellWords.isCompanyName(name)) }
}
