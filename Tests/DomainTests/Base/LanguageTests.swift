import Domain
import Testing

@Suite struct LanguageTests {
  @Test(arguments: [
    ("bg", Language.bg), ("pl-PL,pl;q=0.9,en-US;q=0.8", .pl), ("de-DE, en;q=0.5", .en), ("ru;q=0.4, bg;q=0.7", .bg),
    ("en;q=0, ru", .ru), ("en;q=0.8,ru;q=0.801", .ru), ("EN_us", .en), ("en ; q=0.3 , pl ; q=0.4", .pl),
  ])
  func choosesTheBest(header: String, language: Language) { #expect(Language.preferred(acceptLanguage: header) == language) }

  @Test(arguments: ["", "*", "de", "en;q=0", "enx", ";;;,,,q=1", "en;q=nan"])
  func choosesNone(header: String) { #expect(Language.preferred(acceptLanguage: header) == nil) }

  @Test func countriesHaveDefaults() throws {
    let bulgaria = try #require(Country("bg"))
    #expect(bulgaria.language == .bg && bulgaria.currency == .eur && bulgaria.zoneName == "Europe/Sofia")
    #expect(Country("XX") == nil && Country("") == nil && Country("BGR") == nil)
    #expect(Country.all.count == 249)
  }
}
