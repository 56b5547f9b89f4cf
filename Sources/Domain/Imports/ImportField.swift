/// What a column of a client list can mean. The text form (`email.work`, `address.city.home`, `custom:Colour`) is kept in
/// mappings and sent by the page where the mapping is changed.

package enum ImportField: Hashable, Sendable {
  case ignore
  case name, kind, salutation, givenName, middleName, familyName
  /// In a row that names a person too: the company they work at.
  case companyName
  case role, department, occupation, education
  case email(ContactLabel?)
  case phone(ContactLabel?)
  case website(ContactLabel?)
  /// Without a service: the handle, number or link decides, else the service is `other`.
  case messenger(MessengerService?)
  case address(AddressPart, ContactLabel?)
  /// Says which kind the next e-mail, phone, address or website is (Google's "E-mail 1 - Label").
  case contactLabel
  case language, zone, country
  case birthDate, birthDay, birthMonth, birthYear
  case gender, maritalStatus, children
  case industry, size, legalName, registrationNumber, taxNumber
  case tags, relationship, owner, ownNumber, note, lastContact
  case custom(String)
}

/// The usual words for what an address or number is; the pages translate them.
package enum ContactLabel: String, Codable, CaseIterable, Sendable { case work, home, mobile, main, fax, other }

package enum AddressPart: String, Codable, CaseIterable, Sendable {
  /// The address in one cell.
  case whole
  case street, city, postcode, region, country
}

extension ImportField {
  private static let plain: [(String, ImportField)] = [
    ("ignore", .ignore), ("name", .name), ("kind", .kind), ("salutation", .salutation), ("givenName", .givenName),
    ("middleName", .middleName), ("familyName", .familyName), ("companyName", .companyName), ("role", .role),
    ("department", .department), ("occupation", .occupation), ("education", .education), ("contactLabel", .contactLabel),
    ("language", .language), ("zone", .zone), ("country", .country), ("birthDate", .birthDate), ("birthDay", .birthDay),
    ("birthMonth", .birthMonth), ("birthYear", .birthYear), ("gender", .gender), ("maritalStatus", .maritalStatus),
    ("children", .children), ("industry", .industry), ("size", .size), ("legalName", .legalName),
    ("registrationNumber", .registrationNumber), ("taxNumber", .taxNumber), ("tags", .tags), ("relationship", .relationship),
    ("owner", .owner), ("ownNumber", .ownNumber), ("note", .note), ("lastContact", .lastContact),
  ]
  private static let byName = Dictionary(uniqueKeysWithValues: plain)
  private static let names = Dictionary(uniqueKeysWithValues: plain.map { ($1, $0) })

  /// Every target but the custom fields, in the order in which the page offers them.
  package static let all: [ImportField] = {
    let labels: [ContactLabel?] = [nil] + ContactLabel.allCases
    let services: [MessengerService?] = [nil] + MessengerService.allCases
    return plain.map(\.1) + labels.filter { $0 != .fax && $0 != .mobile }.map(ImportField.email) + labels.map(ImportField.phone)
      + [.website(nil), .website(.work), .website(.home)] + services.map(ImportField.messenger)
      + [nil, .work, .home, .other].flatMap { label in AddressPart.allCases.map { .address($0, label) } }
  }()
}

extension ImportField: CodedAsText {
  package var description: String {
    func dotted(_ parts: String?...) -> String { parts.compactMap { $0 }.joined(separator: ".") }
    return switch self {
    case .email(let label): dotted("email", label?.rawValue)
    case .phone(let label): dotted("phone", label?.rawValue)
    case .website(let label): dotted("website", label?.rawValue)
    case .messenger(let service): dotted("messenger", service?.rawValue)
    case .address(let part, let label): dotted("address", part.rawValue, label?.rawValue)
    case .custom(let name): "custom:" + name
    default: ImportField.names[self] ?? "ignore"
    }
  }

  package init?(_ text: String) {
    if let field = ImportField.byName[text] {
      self = field
      return
    }
    if text.hasPrefix("custom:"), text.utf8.count > 7 {
      self = .custom(String(text.dropFirst(7)))
      return
    }
    var parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)[...]
    let head = parts.popFirst() ?? ""
    let part = head == "address" ? parts.popFirst().flatMap(AddressPart.init) : nil
    let tail = parts.popFirst()
    let label = tail.flatMap(ContactLabel.init)
    guard parts.isEmpty else { return nil }
    switch head {
    case "email" where (tail == nil) == (label == nil): self = .email(label)
    case "phone" where (tail == nil) == (label == nil): self = .phone(label)
    case "website" where (tail == nil) == (label == nil): self = .website(label)
    case "messenger":
      let service = tail.flatMap(MessengerService.init)
      guard (tail == nil) == (service == nil) else { return nil }
      self = .messenger(service)
    case "address":
      guard let part, (tail == nil) == (label == nil) else { return nil }
      self = .address(part, label)
    default: return nil
    }
  }
}

extension ImportField {
  /// The name of the field without its label; a custom field's is its own.
  package var messageKey: String {
    switch self {
    case .email: "import.field.email"
    case .phone: "import.field.phone"
    case .website: "import.field.website"
    case .messenger: "import.field.messenger"
    case .address(let part, _): "import.field.address.\(part.rawValue)"
    case .custom: "import.field.custom"
    default: "import.field.\(description)"
    }
  }

  package var label: ContactLabel? {
    switch self {
    case .email(let label), .phone(let label), .website(let label), .address(_, let label): label
    default: nil
    }
  }

  /// Whether several columns may mean it: their values are joined or listed.
  var takesSeveral: Bool {
    switch self {
    case .ignore, .email, .phone, .website, .messenger, .contactLabel, .tags, .note, .address(.street, _): true
    default: false
    }
  }
}
