/// Yes and no, languages, genders, kinds and lists of values as cells have them, in the four languages.

package enum CellWords {
  package static func boolean(_ raw: String) -> Bool? {
    switch Fold.search(raw) {
    case "1", "true", "yes", "y", "on", "x", "+", "✓", "да", "д", "истина", "вярно", "tak", "t", "prawda": true
    case "0", "false", "no", "n", "off", "-", "нет", "н", "ложь", "не", "невярно", "nie", "falsz": false
    default: nil
    }
  }

  /// What people write into a cell to leave it empty.
  static func saysNothing(_ raw: String) -> Bool {
    switch Fold.search(raw) {
    case "", "-", "--", "?", "n/a", "na", "none", "null", "unknown", "unspecified", "нет", "не указан", "не указано",
      "неизвестно", "няма",
      "brak", "nieokreslono", "nieokreslona":
      true
    default: false
    }
  }

  /// The number in a cell, whatever parts its thousands and decimals; a currency or unit around it is dropped.
  package static func number(_ raw: String, decimal: DecimalMark = .guess) -> Double? {
    guard raw.utf8.count <= 60 else { return nil }
    let signs: Set<Character> = ["-", "−", "+", "("]
    let start = raw.drop { !$0.isNumber && !signs.contains($0) }
    guard let end = start.lastIndex(where: { $0.isNumber || $0 == ")" || $0 == "-" }) else { return nil }
    let core = start[start.startIndex...end]
    // Dropped are short units, not words with a number in them.
    guard raw.count - core.count <= 10 else { return nil }
    return AmountText(String(core), decimal: decimal)?.minor(exponent: 6).map { Double($0) / 1_000_000 }
  }

  /// Several values in one cell: ` ::: ` as Google writes, else semicolons, line breaks and, where allowed, commas.
  package static func list(_ raw: String, commas: Bool) -> [String] {
    let marked = raw.replacing(":::", with: "\n")
    let parts = marked.split { $0.isNewline || $0 == ";" || commas && $0 == "," }
    return parts.map { String($0.trimmingBlanks) }.filter { !$0.isEmpty }
  }

  /// Tags: Google marks its own groups with a star; they say nothing of the client.
  package static func tags(_ raw: String) -> [String] {
    list(raw, commas: true).filter { !$0.hasPrefix("* ") }.map { String($0.prefix(60)) }
  }

  package static func language(_ raw: String) -> Language? {
    let folded = Fold.search(raw)
    for (language, names) in languages where names.contains(where: folded.hasPrefix) { return language }
    return folded.count == 2 || folded.dropFirst(2).first == "-" || folded.dropFirst(2).first == "_" ? Language(tag: folded) : nil
  }

  private static let languages: [(Language, [String])] = [
    (.en, ["english", "angielski", "английск", "eng"]), (.ru, ["russian", "rosyjski", "русск", "руск", "rus"]),
    (.pl, ["polish", "polski", "польск", "полск", "pol"]),
    (.bg, ["bulgarian", "bulgarski", "bułgarski", "болгарск", "българск", "bul"]),
  ]

  package static func gender(_ raw: String) -> Profile.Gender? {
    switch Fold.search(raw).split(whereSeparator: { !$0.isLetter }).first.map(String.init) ?? "" {
    case "f", "female", "w", "woman", "ж", "жен", "женский", "женщина", "жена", "k", "kobieta", "mrs", "ms", "miss", "madam",
      "pani":
      .female
    case "m", "male", "man", "м", "муж", "мужской", "мужчина", "мъж", "mezczyzna", "mr", "sir", "pan": .male
    case "o", "other", "другой", "другое", "друг", "друго", "inna", "inny": .other
    default: salutation(Fold.search(raw))
    }
  }

  /// "г-жа" and its like fall apart at the hyphen, so they are compared whole.
  private static func salutation(_ folded: String) -> Profile.Gender? {
    switch folded.filter(\.isLetter) {
    case "гжа", "госпожа", "гца", "госпожица": .female
    case "гн", "господин", "гдин": .male
    default: nil
    }
  }

  package static func maritalStatus(_ raw: String) -> Profile.MaritalStatus? {
    let folded = Fold.search(raw)
    return marital.first { $0.1.contains(where: folded.hasPrefix) }?.0
  }

  private static let marital: [(Profile.MaritalStatus, [String])] = [
    (.divorced, ["divorced", "rozwied", "развед", "в разводе", "rozwod"]), (.widowed, ["widow", "wdow", "вдов"]),
    (
      .single,
      ["single", "unmarried", "kawaler", "panna", "wolny", "wolna", "холост", "не замужем", "не женат", "неженен", "неомъжена"]
    ),
    (.partnered, ["partner", "konkubin", "zwiazk", "фактическ", "съжителств", "гражданский брак", "в отношениях"]),
    (.married, ["married", "zonaty", "zamezna", "mezatka", "женат", "замужем", "женен", "омъжена", "семеен", "семейн"]),
  ]

  package static func kind(_ raw: String) -> PartyKind? {
    let folded = Fold.search(raw)
    if ["person", "individual", "private", "contact", "osoba", "физ", "лицо", "лице", "человек", "prywat", "частн"].contains(
      where: folded.hasPrefix)
    {
      return .person
    }
    let company = [
      "company", "organi", "business", "account", "firm", "spolka", "юр", "компан", "фирм", "организ", "предпри", "дружеств",
    ]
    return company.contains(where: folded.hasPrefix) ? .company : nil
  }

  /// Whether a name carries a legal form, as only companies do.
  package static func isCompanyName(_ name: String) -> Bool {
    let words = Fold.search(name).split { !$0.isLetter && $0 != "." }.map { $0.filter { $0 != "." } }
    return words.contains(where: legalForms.contains) || Fold.search(name).contains("sp. z o.o")
      || Fold.search(name).contains("sp z oo")
  }

  private static let legalForms: Set<String> = [
    "оод", "еоод", "ад", "еад", "ет", "сд", "кд", "дззд", "ооо", "зао", "оао", "пао", "ао", "ип", "нко", "spzoo", "zoo", "sa",
    "spj", "spk",
    "psa", "ltd", "limited", "llc", "llp", "plc", "inc", "corp", "gmbh", "ag", "kg", "srl", "sarl", "bv", "nv", "oy", "ab", "sro",
    "ood", "eood",
  ]

  package static func size(_ raw: String) -> CompanySize? {
    let folded = Fold.search(raw)
    if let size = CompanySize(rawValue: folded) { return size }
    let digits = folded.split { !$0.isNumber }.compactMap { Int($0) }
    // Of "10-49" the lower bound says the band, of "1 200" the digits are one number.
    if folded.contains("-") || folded.contains("+"), let lower = digits.first { return CompanySize(employees: lower) }
    return number(raw).flatMap { Int(exactly: $0) }.flatMap(CompanySize.init(employees:))
  }
}
