import Domain
import Testing

@testable import Demo

/// The phrase banks: complete in every language, with slots that something fills.
@Suite struct PhraseTests {
  static let slots: Set<String> = ["project", "product", "person", "city", "us", "n", "percent", "days", "price", "no", "date"]

  @Test(arguments: Language.allCases, Situation.allCases) func isComplete(language: Language, situation: Situation) {
    let phrases = PhraseBank.of(language)[situation]
    #expect(!phrases.subjects.isEmpty)
    #expect(phrases.bodies.count >= 2)
    let english = PhraseBank.of(.en)[situation]
    #expect(phrases.bodies.count == english.bodies.count || situation == .brief || situation == .checkIn)
  }

  @Test(arguments: Language.allCases) func speaksItsOwnLanguage(language: Language) {
    for situation in Situation.allCases {
      let phrases = PhraseBank.of(language)[situation]
      for sentence in phrases.subjects + phrases.bodies + phrases.more + phrases.outcomes {
        #expect(Self.slotNames(sentence).isSubset(of: Self.slots), "\(sentence)")
        let letters = Slots(values: [:]).fill(sentence).unicodeScalars.filter { $0.properties.isAlphabetic }
        let isCyrillic = letters.contains { "Ѐ"..."ӿ" ~= $0 }
        #expect(letters.isEmpty || isCyrillic == (language == .bg || language == .ru), "\(sentence)")
      }
    }
  }

  @Test(arguments: Language.allCases) func saysHundredsOfThings(language: Language) {
    let count = Situation.allCases.reduce(0) { total, situation in
      let phrases = PhraseBank.of(language)[situation]
      return total + phrases.bodies.count + phrases.more.count + phrases.outcomes.count
    }
    #expect(count >= 150)
    #expect(FactBank.of(language).company.count >= 10)
    #expect(FactBank.of(language).person.count >= 10)
  }

  private static func slotNames(_ sentence: String) -> Set<String> {
    Set(sentence.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first.map(String.init) })
  }

  @Test(arguments: [
    ("Żaneta Łukasik", "zaneta-lukasik"), ("Щерева", "shtereva"), ("Стара Загора", "stara-zagora"), ("O’Neill", "oneill"),
    ("Zoë", "zoe"),
  ])
  func writesNamesInLatin(name: String, slug: String) { #expect(Transliteration.slug(name) == slug) }

  @Test func russianHasItsOwnLetters() { #expect(Transliteration.slug("Щербакова", russian: true) == "shcherbakova") }

  @Test func chanceIsTheSameEverywhere() {
    // The first three numbers of the reference implementation for the seed 1234567.
    var dice = SplitMix64(seed: 1_234_567)
    #expect((0..<3).map { _ in dice.next() } == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }
}
