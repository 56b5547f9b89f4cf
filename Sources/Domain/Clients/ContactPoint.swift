/// A way to reach a party: an e-mail address, phone, messenger, postal address or website, with a label such as "work".

package enum ContactPointKind: String, Hashable, Sendable, Codable, CaseIterable { case email, phone, messenger, address, website }

package struct ContactPoint: Hashable, Sendable, Codable {
  package let kind: ContactPointKind
  package var label: String
  /// As kept: an e-mail as typed, a phone as E.164 (`;ext=12` after it), a messenger as `viber:handle`, an address as JSON.
  package let value: String
  /// As compared for duplicates: folded e-mail, E.164, folded text.
  package let key: String
  /// As read by people: made once, because reading a phone number takes tens of microseconds.
  package let shown: String

  package init(kind: ContactPointKind, label: String = "", value: String, key: String, shown: String) {
    (self.kind, self.label, self.value, self.key, self.shown) = (kind, label, value, key, shown)
  }
}

extension ContactPoint {
  package static func email(_ address: EmailAddress, label: String = "") -> ContactPoint {
    ContactPoint(kind: .email, label: label, value: address.text, key: address.key, shown: address.text)
  }

  /// Shown as dialled in that country: national there, international elsewhere.
  package static func phone(_ number: PhoneNumber, label: String = "", in country: Country?) -> ContactPoint {
    let ext = number.extensionDigits
    let shown = number.shown(in: country)
    return ContactPoint(
      kind: .phone, label: label, value: ext.map { "\(number.e164);ext=\($0)" } ?? number.e164, key: number.e164,
      shown: ext.map { "\(shown) (\($0))" } ?? shown)
  }

  /// A number that libphonenumber refuses may still be right: kept as typed.
  package static func phone(asTyped raw: String, label: String = "") -> ContactPoint {
    ContactPoint(kind: .phone, label: label, value: raw, key: Fold.digits(raw), shown: raw)
  }

  package static func messenger(_ service: MessengerService, _ handle: String, label: String = "") -> ContactPoint {
    let bare = handle.first == "@" ? String(handle.dropFirst()) : handle
    return ContactPoint(
      kind: .messenger, label: label, value: "\(service.rawValue):\(handle)", key: "\(service.rawValue):\(Fold.search(bare))",
      shown: handle)
  }

  /// Nil for what is no web address. Without a scheme `https` is meant.
  package static func website(_ raw: String, label: String = "") -> ContactPoint? {
    let text = String(raw.trimmingBlanks)
    let lower = text.lowercased()
    let bare = lower.hasPrefix("https://") ? text.dropFirst(8) : lower.hasPrefix("http://") ? text.dropFirst(7) : text[...]
    let host = bare.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !host.isEmpty, host.contains("."), !text.contains(where: \.isWhitespace), !lower.hasPrefix("javascript:"),
      host.unicodeScalars.allSatisfy({ $0.properties.isXIDContinue || "-.:".unicodeScalars.contains($0) })
    else { return nil }
    let scheme = lower.hasPrefix("http://") ? "http" : "https"
    let shown = bare.last == "/" ? bare.dropLast() : bare
    return ContactPoint(
      kind: .website, label: label, value: "\(scheme)://\(bare)", key: Fold.search(String(shown)), shown: String(shown))
  }

  package static func address(_ address: PostalAddress, label: String = "") -> ContactPoint {
    ContactPoint(
      kind: .address, label: label, value: address.json, key: Fold.search(address.line), shown: address.line)
  }

  /// The messenger's service and handle.
  package var messenger: (service: MessengerService, handle: String)? {
    guard kind == .messenger, let colon = value.firstIndex(of: ":") else { return nil }
    return (MessengerService(rawValue: String(value[..<colon])) ?? .other, String(value[value.index(after: colon)...]))
  }

  package var postalAddress: PostalAddress? { kind == .address ? PostalAddress(json: value) : nil }

  /// The line of the search document; addresses are not searched by.
  var searchText: String? {
    switch kind {
    case .email, .messenger: Fold.search(shown)
    // A number is typed with or without its country's code and trunk zero; the digits of both forms are there.
    case .phone: phoneDigits
    case .website: key
    case .address: nil
    }
  }

  private var phoneDigits: String {
    let withoutExtension = value.contains(";ext=") ? shown.prefix(upTo: shown.lastIndex(of: "(") ?? shown.endIndex) : shown[...]
    let (full, national) = (Fold.digits(key), Fold.digits(String(withoutExtension)))
    return full == national || national.isEmpty ? full : "\(full) \(national)"
  }
}

package enum MessengerService: String, Hashable, Sendable, Codable, CaseIterable {
  case viber, whatsapp, telegram, signal, messenger, skype, other
}
