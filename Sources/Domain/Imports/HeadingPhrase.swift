/// Headings composed of parts: what it is, of which kind, the how-manieth ("Business Phone 2", "Адрес (раб.)", "Adres domowy -
/// miejscowość", "Address 1 - City"). The words may come in any order.

struct HeadingPhrase {
  private enum Base { case email, phone, fax, website }

  private var base: Base?
  private var part: AddressPart?
  private var label: ContactLabel?
  private var ordinal = 1
  private var unknown = 0
  private var saysAddress = false
  private var saysLabel = false

  private(set) var field = ImportField.ignore
  /// Every word was understood.
  var isWhole: Bool { unknown == 0 }

  init?(_ heading: String) {
    for word in HeadingPhrase.words(heading) { read(word) }
    guard let field = meaning(isGroup: heading.contains(" - ")) else { return nil }
    self.field = field
  }

  private mutating func read(_ word: String) {
    if let number = Int(word) {
      ordinal = number
    } else if let found = HeadingPhrase.label(word) {
      label = label ?? found
    } else if word == "label" || word == "type" {
      saysLabel = true
    } else if HeadingPhrase.addressWords.contains(word) {
      saysAddress = true
    } else if let found = HeadingPhrase.part(word) {
      // "Kraj/region": the first that names a part decides.
      part = part ?? found
    } else if let found = HeadingPhrase.base(word) {
      base = base ?? found
    } else if !HeadingPhrase.fillers.contains(word) {
      unknown += 1
    }
  }

  private func meaning(isGroup: Bool) -> ImportField? {
    if saysLabel { return unknown == 0 && (base != nil || saysAddress) ? .contactLabel : nil }
    switch base {
    case .email: return .email(label)
    case .website: return .website(label)
    case .fax: return .phone(.fax)
    case .phone: return .phone(label)
    case nil: break
    }
    guard let part = part ?? (saysAddress ? .whole : nil), unknown == 0 || saysAddress else { return nil }
    // Google numbers whole addresses ("Address 2 - City"); elsewhere "Address 2" is the second line of the street.
    if isGroup, label == nil { return .address(part, ordinal > 1 ? .other : nil) }
    return .address(part == .whole && ordinal > 1 ? .street : part, label)
  }

  /// "MailingCity" and "E-mail" fall apart as a reader hears them.
  private static func words(_ heading: String) -> [String] {
    var spaced = ""
    var afterLower = false
    for character in heading {
      if character.isUppercase, afterLower { spaced.append(" ") }
      spaced.append(character)
      afterLower = character.isLowercase
    }
    let folded = Fold.search(spaced).replacing("e-mail", with: "email").replacing("e mail", with: "email")
      .replacing("е-мейл", with: "имейл").replacing("web page", with: "website").replacing("web site", with: "website")
      .replacing("po box", with: "pobox")
    return folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func base(_ word: String) -> Base? {
    if word.hasPrefix("email") || emailWords.contains(word) { return .email }
    if ["fax", "faks", "факс", "факса"].contains(word) { return .fax }
    if ["website", "www", "сайт", "уебсайт", "url", "веб", "strona"].contains(word) { return .website }
    return ["phone", "tel", "telefon", "телефон", "тел"].contains { word.hasPrefix($0) } ? .phone : nil
  }

  private static let emailWords: Set<String> = [
    "mail", "имейл", "имейли", "мейл", "емейл", "почта", "почты", "поща", "elektronicznej", "elektroniczna",
  ]
  private static let addressWords: Set<String> = ["address", "addresses", "adres", "адрес", "адреса", "adresu"]

  private static func part(_ word: String) -> AddressPart? {
    switch word {
    case "street", "ulica", "улица", "ul", "ул", "extended": .street
    case "city", "town", "miasto", "miejscowosc", "город", "гор", "град", "населено", "населенный": .city
    case "zip", "postcode", "zipcode", "code", "kod", "индекс", "код", "пк": .postcode
    case "region", "state", "province", "county", "wojewodztwo", "область", "регион", "штат", "област", "провинция": .region
    case "country", "kraj", "страна", "държава", "panstwo": .country
    case "formatted": .whole
    default: nil
    }
  }

  private static func label(_ word: String) -> ContactLabel? {
    for (label, stems) in labels where stems.contains(where: word.hasPrefix) { return label }
    return nil
  }

  private static let labels: [(ContactLabel, [String])] = [
    (.work, ["business", "work", "office", "рабоч", "раб", "служеб", "sluzbow", "firmow", "biurow", "офис"]),
    (.home, ["home", "personal", "private", "домаш", "личн", "личен", "domow", "prywatn"]),
    (.mobile, ["mobile", "cell", "мобил", "моб", "сотов", "komork", "gsm", "гсм"]),
    (.main, ["main", "glown", "главн", "централ"]),
    (
      .other,
      [
        "other", "inny", "inna", "inne", "друг", "прочи", "alternat", "альтернат", "secondary", "дополнит", "допълнит",
        "dodatkow",
      ]
    ),
  ]

  private static let fillers: Set<String> = [
    "number", "no", "nr", "numer", "номер", "на", "за", "of", "the", "for", "value", "электронной", "электронная", "электронный",
    "електронна", "електронен", "elektroniczny", "poczty", "poczta", "pocztowy", "почтовый", "пощенски", "postal", "mailing",
    "billing",
    "place", "место", "място", "пункт", "line", "do", "dla", "contact", "контакт", "контактный", "primary", "основной", "основен",
    "podstawowy", "client", "клиента", "клиент", "klienta", "company", "фирмы", "фирма", "firmy", "person", "preferred",
  ]
}
