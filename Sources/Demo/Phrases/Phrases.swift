import Domain

/// Sentences for one situation. A contact's text is a body, and sometimes one sentence more.
struct Phrases: Sendable {
  var subjects: [String] = []
  var bodies: [String] = []
  var more: [String] = []
  var outcomes: [String] = []
}

/// The phrases of one language.
///
/// Lines of a bank: `# situation`, then `s` subject, `b` body, `m` sentence more, `o` outcome. Slots stand in braces; what fills
/// them is never declined, so sentences hold it in the nominative or apart.
struct PhraseBank: Sendable {
  private let phrases: [Situation: Phrases]

  init(_ text: String) {
    var all: [Situation: Phrases] = [:]
    var current = Situation.note
    for line in text.split(separator: "\n") {
      let rest = String(line.dropFirst(2))
      switch line.first {
      case "#": current = Situation(rawValue: rest) ?? current
      case "s": all[current, default: Phrases()].subjects.append(rest)
      case "b": all[current, default: Phrases()].bodies.append(rest)
      case "m": all[current, default: Phrases()].more.append(rest)
      case "o": all[current, default: Phrases()].outcomes.append(rest)
      default: break
      }
    }
    phrases = all
  }

  subscript(_ situation: Situation) -> Phrases { phrases[situation] ?? Phrases() }

  static func of(_ language: Language) -> PhraseBank {
    switch language {
    case .bg: bulgarian
    case .pl: polish
    case .ru: russian
    case .en: english
    }
  }
}

/// Values for the slots of a sentence.
struct Slots: Sendable {
  var values: [String: String]

  func fill(_ sentence: String) -> String {
    guard sentence.contains("{") else { return sentence }
    var out = ""
    var rest = sentence[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      out += values[String(rest[rest.index(after: open)..<close])] ?? ""
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }
}
