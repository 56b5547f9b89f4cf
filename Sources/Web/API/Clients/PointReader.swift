import Domain

/// One way to reach a client, from JSON.
struct PointReader {
  struct Wrong: Error { let field: String, key: String }

  let kind: ContactPointKind
  let country: Country?
  /// What the client has already: a number that was kept as typed may be sent back as it was given.
  let known: [ContactPoint]

  /// nil for an address without a word.
  func read(_ value: JSONValue) -> Result<ContactPoint?, Wrong> {
    let label = text(value, "label")
    switch kind {
    case .email:
      guard let address = EmailAddress(text(value, "address")) else { return .failure(Wrong(field: "address", key: "api.bad_email")) }
      return .success(.email(address, label: label))
    case .phone: return phone(value, label)
    case .messenger:
      let service = value["service"]?.text.flatMap(MessengerService.init(rawValue:)) ?? .other
      return .success(.messenger(service, text(value, "handle"), label: label))
    case .website:
      guard let site = ContactPoint.website(text(value, "url"), label: label) else { return .failure(Wrong(field: "url", key: "api.bad_url")) }
      return .success(site)
    case .address:
      let address = PostalAddress(
        street: text(value, "street"), city: text(value, "city"), region: text(value, "region"), postcode: text(value, "postcode"),
        country: value["country"]?.text.flatMap { Country($0) })
      return .success(address.isEmpty ? nil : .address(address, label: label))
    }
  }

  private func phone(_ value: JSONValue, _ label: String) -> Result<ContactPoint?, Wrong> {
    let typed = text(value, "number"), digits = text(value, "extension")
    guard digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), digits.utf8.count <= 9 else {
      return .failure(Wrong(field: "extension", key: "api.digits_only"))
    }
    do throws(PhoneNumber.Failure) {
      let number = try PhoneNumber(digits.isEmpty ? typed : "\(typed) ext. \(digits)", in: country)
      return .success(.phone(number, label: label, in: country))
    } catch {
      if known.contains(where: { $0.kind == .phone && $0.value == typed }) { return .success(.phone(asTyped: typed, label: label)) }
      return .failure(Wrong(field: "number", key: error.messageKey))
    }
  }

  private func text(_ value: JSONValue, _ name: String) -> String { value[name]?.filled ?? "" }
}
