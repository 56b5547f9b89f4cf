/// The cells of one row, parsed by what their columns mean, before it is decided who of the row they belong to.

struct RowValues {
  var texts: [ImportField: String] = [:]
  var points: [ContactPoint] = []
  /// By the label of their columns; shown with that or with the label in a cell.
  var addresses: [(group: ContactLabel?, label: String, parts: [AddressPart: String])] = []
  var tags: [String] = []
  var notes: [String] = []
  var custom: [String: String] = [:]
  private(set) var columns: [ImportField: Int] = [:]
  private(set) var problems: [RowProblem] = []
  private var pendingLabel = ""

  init(_ cells: [String], _ mapping: Mapping) {
    let fields = mapping.fields.sorted { $0.key < $1.key }
    let country = RowValues.country(cells, fields) ?? mapping.country
    for (column, field) in fields where field != .ignore {
      guard let raw = cells.dropFirst(column).first else { continue }
      let text = String(raw.trimmingBlanks)
      if text.isEmpty {
        if field == .contactLabel { pendingLabel = "" }
      } else {
        take(text, field, column, country)
      }
    }
  }

  mutating func fail(_ field: ImportField, _ key: String) {
    problems.append(RowProblem(column: columns[field], "import.problem." + key, value: texts[field] ?? ""))
  }

  /// Phones are read by the country that the row itself names, if any.
  private static func country(_ cells: [String], _ fields: [(key: Int, value: ImportField)]) -> Country? {
    for (column, field) in fields {
      let isCountry: Bool
      if case .address(.country, _) = field { isCountry = true } else { isCountry = field == .country }
      if isCountry, let cell = cells.dropFirst(column).first, let country = CountryNames.country(cell) { return country }
    }
    return nil
  }

  private mutating func take(_ text: String, _ field: ImportField, _ column: Int, _ country: Country?) {
    switch field {
    case .contactLabel: pendingLabel = RowValues.label(text)
    case .email(let label):
      for one in RowValues.several(text) where !CellWords.saysNothing(one) {
        guard let address = EmailAddress(RowValues.bareAddress(one)) else {
          problem(column, "email", one)
          continue
        }
        points.append(.email(address, label: used(label)))
      }
      pendingLabel = ""
    case .phone(let label): takePhones(text, label, column, country)
    case .website(let label):
      for one in CellWords.list(text, commas: false) {
        guard let point = ContactPoint.website(one, label: used(label)) else {
          problem(column, "website", one)
          continue
        }
        points.append(point)
      }
      pendingLabel = ""
    case .messenger(let service):
      for one in CellWords.list(text, commas: true) { points.append(RowValues.messenger(one, service)) }
    case .address(let part, let label): takeAddress(text, part, label)
    case .tags: tags += CellWords.tags(text)
    case .note: notes.append(text)
    case .custom(let name): custom[name] = text
    default:
      texts[field] = text
      columns[field] = column
    }
  }

  private mutating func problem(_ column: Int, _ key: String, _ value: String) {
    problems.append(RowProblem(column: column, "import.problem." + key, value: value))
  }

  private func used(_ label: ContactLabel?) -> String { label?.rawValue ?? pendingLabel }

  private mutating func takePhones(_ text: String, _ label: ContactLabel?, _ column: Int, _ country: Country?) {
    for one in CellWords.list(text, commas: true) where !CellWords.saysNothing(one) {
      do throws(PhoneNumber.Failure) {
        points.append(.phone(try PhoneNumber(one, in: country), label: used(label), in: country))
      } catch {
        problem(column, error == .unknownCountry ? "phone_country" : "phone", one)
      }
    }
    pendingLabel = ""
  }

  /// Parts of one label make one address; streets in several columns are lines of it.
  private mutating func takeAddress(_ text: String, _ part: AddressPart, _ label: ContactLabel?) {
    let index = addresses.firstIndex { $0.group == label } ?? addresses.endIndex
    if index == addresses.endIndex {
      addresses.append((label, pendingLabel.isEmpty ? label?.rawValue ?? "" : pendingLabel, [:]))
      pendingLabel = ""
    }
    let known = addresses[index].parts[part]
    addresses[index].parts[part] = known.map { part == .street ? "\($0), \(text)" : $0 } ?? text
  }

  /// The label in a cell: a usual word in any of the languages, else the person's own. Google stars its own.
  private static func label(_ text: String) -> String {
    let bare = String(text.drop { $0 == "*" || $0 == " " }.prefix(40))
    if let phrase = HeadingPhrase("phone " + bare), phrase.isWhole, case .phone(let label?) = phrase.field {
      return label.rawValue
    }
    return bare
  }

  /// Addresses are also parted by blanks and slashes, when each part is one.
  private static func several(_ text: String) -> [String] {
    let parts = CellWords.list(text, commas: true)
    guard parts.count == 1 else { return parts }
    let words = text.split { $0.isWhitespace || $0 == "/" || $0 == "|" }.map(String.init)
    return words.count > 1 && words.allSatisfy { EmailAddress($0) != nil } ? words : parts
  }

  /// `Anna Petrova <anna@example.com>`
  private static func bareAddress(_ text: String) -> String {
    guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else { return text }
    return String(text[text.index(after: open)...].dropLast())
  }

  /// "Viber: +359…" and links say which service a handle belongs to.
  private static func messenger(_ text: String, _ service: MessengerService?) -> ContactPoint {
    if let service { return .messenger(service, text) }
    if let colon = text.firstIndex(of: ":"),
      case .messenger(let named?)? = HeadingTable.field(String(text[..<colon]))
    {
      return .messenger(named, String(text[text.index(after: colon)...].trimmingBlanks))
    }
    let lower = text.lowercased()
    let hosts: [(String, MessengerService)] = [
      ("t.me/", .telegram), ("wa.me/", .whatsapp), ("m.me/", .messenger), ("viber.", .viber),
    ]
    return .messenger(hosts.first { lower.contains($0.0) }?.1 ?? .other, text)
  }
}
