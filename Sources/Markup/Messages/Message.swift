/// One message of a catalogue, its template parsed once: text with `{slots}`, in one form or in one for each plural.

import Domain

struct Template: Sendable {
  enum Segment: Hashable, Sendable { case literal(String), slot(String) }
  let segments: [Segment]
  /// The whole text where there is no slot: no work to be done.
  let whole: String?

  /// A slot is `{name}` with a name of letters, digits and `_`; any other brace is text.
  init(_ text: String) {
    var segments: [Segment] = []
    var literal = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      let after = rest[rest.index(after: open)...]
      let name = after.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      literal += rest[..<open]
      if !name.isEmpty, name.endIndex < after.endIndex, after[name.endIndex] == "}" {
        if !literal.isEmpty { segments.append(.literal(literal)) }
        segments.append(.slot(String(name)))
        literal = ""
        rest = after[after.index(after: name.endIndex)...]
      } else {
        literal += "{"
        rest = after
      }
    }
    literal += rest
    if !literal.isEmpty { segments.append(.literal(literal)) }
    self.segments = segments
    whole = segments.contains { if case .slot = $0 { true } else { false } } ? nil : literal
  }

  var slots: Set<String> {
    Set(segments.compactMap { if case .slot(let name) = $0 { name } else { nil } })
  }

  func filled(_ value: (String) -> String?) -> String {
    if let whole { return whole }
    var text = ""
    for segment in segments {
      switch segment {
      case .literal(let literal): text += literal
      case .slot(let name): text += value(name) ?? "{\(name)}"
      }
    }
    return text
  }

  func html(_ value: (String) -> HTML?) -> HTML {
    var page = HTML()
    for segment in segments {
      switch segment {
      case .literal(let literal): page += HTML(literal)
      case .slot(let name): page += value(name) ?? HTML("{\(name)}")
      }
    }
    return page
  }
}

enum Message: Sendable {
  case plain(Template)
  case counted([Plural: Template])

  /// Without a number a counted message is read in its form for fractions, which every language has.
  func template(for count: Int?, in language: Language) -> Template? {
    switch self {
    case .plain(let template): template
    case .counted(let forms): count.flatMap { forms[Plural(of: $0, in: language)] } ?? forms[.other]
    }
  }
}

extension Message: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .plain(Template(text))
      return
    }
    let texts = try container.decode([String: String].self)
    var forms: [Plural: Template] = [:]
    for (name, text) in texts {
      guard let form = Plural(rawValue: name) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no plural form is called \(name)")
      }
      forms[form] = Template(text)
    }
    self = .counted(forms)
  }
}
