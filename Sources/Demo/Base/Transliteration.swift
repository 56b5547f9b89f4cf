/// Cyrillic in Latin letters as people write their own names in addresses (Bulgarian act of 2009; Russian passports).
enum Transliteration {
  private static let common: [Character: String] = [
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "sht", "ъ": "a", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ą": "a", "ć": "c", "ę": "e", "ł": "l",
    "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z", "ë": "e",
  ]

  /// Lower-case letters and digits; whatever else parts words becomes one hyphen.
  static func slug(_ text: String, russian: Bool = false) -> String {
    var out = ""
    for character in text.lowercased() {
      if let latin = common[character] {
        out += russian && character == "щ" ? "shch" : russian && character == "ъ" ? "" : latin
      } else if character.isASCII, character.isLetter || character.isNumber {
        out.append(character)
      } else if !out.isEmpty, out.last != "-", character != "'", character != "’" {
        out.append("-")
      }
    }
    return out.last == "-" ? String(out.dropLast()) : out
  }
}
