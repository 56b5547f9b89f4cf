import Domain

/// A country as the demo knows it: what people and streets are called there, and how their numbers look.
struct Place: Sendable {
  let country: Country?
  let language: Language
  /// Of a hundred clients.
  let share: Int
  let women: [String]
  let men: [String]
  /// Woman's and man's form, where they differ.
  let families: [(woman: String, man: String)]
  let fathers: [(woman: String, man: String)]
  let towns: [Town]
  let streets: [String]
  /// The parts of a company's name.
  let roots: [String]
  let mobileCodes: [String]
  /// Digits after the code of a mobile number.
  let mobileDigits: Int
  let mailHost: String
  let months: [String]

  struct Town: Sendable {
    let name: String
    let zone: String
    /// With which a postcode there begins; `#` is any digit, `@` any letter.
    let postcode: String
    /// A landline number as dialled there; `#` is any digit.
    let phone: String
  }

  /// Words of a table, one line or many.
  static func words(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }
  static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
  /// Pairs `woman/man`; a word alone is both.
  static func pairs(_ text: String) -> [(woman: String, man: String)] {
    words(text).map { word in
      let parts = word.split(separator: "/").map(String.init)
      return parts.count == 2 ? (parts[0], parts[1]) : (word, word)
    }
  }

  static let all: [Place] = [.bulgaria, .poland, .russia, .britain]
}

extension SplitMix64 {
  mutating func fill(_ pattern: String) -> String {
    String(pattern.map { character -> Character in
      switch character {
      case "#": pick(Array("0123456789"))
      case "@": pick(Array("ABDEFGHJLNPQRSTUWXYZ"))
      default: character
      }
    })
  }
}
