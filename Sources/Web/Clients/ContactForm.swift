import Domain

/// Several e-mails, phones, messengers, websites and addresses in one form: rows of equal names, empty rows ignored.
enum ContactForm {
  static func points(_ form: Form, home: Country?, _ check: inout Validation) -> [ContactPoint] {
    var points: [ContactPoint] = []
    for (row, text, label) in rows(form, "email") {
      guard let address = EmailAddress(text) else { check.fail("email-\(row)", key: "clients.error.email"); continue }
      points.append(.email(address, label: label))
    }
    for (row, text, label) in rows(form, "phone") {
      do throws(PhoneNumber.Failure) { points.append(.phone(try PhoneNumber(text, in: home), label: label, in: home)) } catch {
        // Short numbers within a company are right too.
        if Fold.digits(text).utf8.count >= 3, error == .tooShort { points.append(.phone(asTyped: text, label: label)) } else {
          check.fail("phone-\(row)", key: error.messageKey)
        }
      }
    }
    let services = form.all("messenger_service")
    for (row, text, label) in rows(form, "messenger") {
      let service = services.indices.contains(row) ? MessengerService(rawValue: services[row]) : nil
      points.append(.messenger(service ?? .other, String(text.prefix(200)), label: label))
    }
    for (row, text, label) in rows(form, "website") {
      guard let site = ContactPoint.website(text, label: label) else { check.fail("website-\(row)", key: "clients.error.website"); continue }
      points.append(site)
    }
    return points + addresses(form)
  }

  private static func rows(_ form: Form, _ name: String) -> [(Int, String, String)] {
    let labels = form.all("\(name)_label")
    return form.all(name).prefix(30).enumerated().compactMap { row, raw in
      let text = String(raw.trimmingBlanks)
      return text.isEmpty ? nil : (row, text, labels.indices.contains(row) ? String(labels[row].prefix(40)) : "")
    }
  }

  private static func addresses(_ form: Form) -> [ContactPoint] {
    let parts = ["street", "city", "region", "postcode", "address_country", "address_label"].map { form.all($0) }
    let count = min(parts.map(\.count).max() ?? 0, 30)
    return (0..<count).compactMap { row in
      func part(_ index: Int) -> String {
        parts[index].indices.contains(row) ? String(String(parts[index][row].trimmingBlanks).prefix(200)) : ""
      }
      let address = PostalAddress(street: part(0), city: part(1), region: part(2), postcode: part(3), country: Country(part(4)))
      return address.isEmpty ? nil : .address(address, label: part(5))
    }
  }

  /// As rows of a form; a phone in a form that reads back whatever the country.
  static func pairs(_ points: [ContactPoint]) -> [(String, String)] {
    points.flatMap { point -> [(String, String)] in
      switch point.kind {
      case .email, .website: return [(point.kind.rawValue, point.value), ("\(point.kind.rawValue)_label", point.label)]
      case .phone: return [("phone", typed(point)), ("phone_label", point.label)]
      case .messenger:
        let (service, handle) = point.messenger ?? (.other, point.shown)
        return [("messenger", handle), ("messenger_service", service.rawValue), ("messenger_label", point.label)]
      case .address:
        let address = point.postalAddress ?? PostalAddress(street: point.shown)
        return [
          ("street", address.street), ("city", address.city), ("region", address.region), ("postcode", address.postcode),
          ("address_country", address.country?.code ?? ""), ("address_label", point.label),
        ]
      }
    }
  }

  private static func typed(_ point: ContactPoint) -> String {
    let parts = point.value.split(separator: ";ext=", maxSplits: 1).map(String.init)
    guard let first = parts.first, let number = try? PhoneNumber(first, in: nil) else { return point.value }
    return parts.count == 2 ? "\(number.international) ext. \(parts[1])" : number.international
  }
}
