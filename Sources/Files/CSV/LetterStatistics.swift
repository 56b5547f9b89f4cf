/// How much a text, read through a table of 256 characters, looks like words: points for each character outside
/// ASCII by what it is and by its neighbours. Weights were set by hand and hold on the lists they are tried with.
enum LetterStatistics {
  private enum Kind { case other, latin, cyrillic }

  static func score(_ bytes: [UInt8], in table: [Unicode.Scalar]) -> Int {
    guard table.count == 256 else { return Int.min }
    let kinds = table.map(kind)
    let points = table.map(points(of:))
    let upper = table.map(\.properties.isUppercase)
    let lower = table.map(\.properties.isLowercase)
    var score = 0
    for index in bytes.indices where bytes[index] >= 0x80 {
      let byte = Int(bytes[index])
      score += points[byte]
      let before = index > 0 ? Int(bytes[index - 1]) : 0x20
      let after = index + 1 < bytes.count ? Int(bytes[index + 1]) : 0x20
      guard kinds[byte] != .other else {
        // A sign amid the letters of a word: a letter of some other encoding.
        if kinds[before] != .other, kinds[after] != .other, before >= 0x80 || after >= 0x80 { score -= 4 }
        continue
      }
      if upper[byte], lower[before] { score -= 6 }
      for neighbour in [before, after] {
        switch (kinds[byte], kinds[neighbour]) {
        case (.latin, .cyrillic), (.cyrillic, .latin): score -= 3
        // Words are seldom made of accented letters alone.
        case (.latin, .latin): score += neighbour >= 0x80 ? -2 : 1
        case (.cyrillic, .cyrillic): score += 1
        default: break
        }
      }
    }
    return score
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    guard scalar.properties.isAlphabetic else { return .other }
    return (0x0400...0x04FF).contains(scalar.value) ? .cyrillic : .latin
  }

  /// By how common the character is in Russian and Bulgarian, in Polish, and in the typography of lists.
  private static func points(of scalar: Unicode.Scalar) -> Int {
    let small = scalar.properties.lowercaseMapping
    if "оеаинтсрвлк".contains(small) { return 4 }
    if "мдпуяыьгзбчйхжъ".contains(small) { return 2 }
    if "шюцщфэё".contains(small) { return 1 }
    if "ąćęłńóśźż".contains(small) { return 3 }
    if "éüöäßçàèáíñâêôåøúõ".contains(small) { return 2 }
    if "„“”«»–—’№…\u{A0}€°§".unicodeScalars.contains(scalar) { return 1 }
    if scalar.value == 0xFFFD || (0x80...0x9F).contains(scalar.value) { return -10 }
    return scalar.properties.isAlphabetic ? -1 : -3
  }
}
