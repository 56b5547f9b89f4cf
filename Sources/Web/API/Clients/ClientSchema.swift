import Domain

/// A client or person as the API writes and takes it.
enum ClientSchema {
  static let country = Schema.choice(Country.all.map(\.code))
  private static let label = SchemaField.may("label", .text(max: 60), "“work”, “home”, …")

  static let profile: [SchemaField] = [
    .may("gender", .choice(Domain.Profile.Gender.self).orNull), .may("maritalStatus", .choice(Domain.Profile.MaritalStatus.self).orNull),
    .may("children", .integer(0...50).orNull), .may("education", .text(max: 200).orNull), .may("occupation", .text(max: 200).orNull),
    .may("interests", .text(max: 1000).orNull), .may("registrationNumber", .text(max: 100).orNull),
    .may("taxNumber", .text(max: 100).orNull), .may("legalName", .text(max: 300).orNull),
    .may("foundedYear", .integer(1...9999).orNull),
  ]

  static let reach: [SchemaField] = [
    .may("emails", .list(of: .shape("Email", .must("address", .text(1...254)), label), max: 20)),
    .may("phones", .list(of: .shape("Phone",
      .must("number", .text(1...100), "E.164; typed any way on the way in, in the client's country."),
      .may("extension", .text(max: 20).orNull), label), max: 20)),
    .may("messengers", .list(of: .shape("Messenger",
      .must("service", .choice(MessengerService.self)), .must("handle", .text(1...200)), label), max: 20)),
    .may("websites", .list(of: .shape("Website", .must("url", .text(1...500)), label), max: 20)),
    .may("addresses", .list(of: .shape("Address",
      .may("street", .text(max: 300)), .may("city", .text(max: 200)), .may("region", .text(max: 200)), .may("postcode", .text(max: 40)),
      .may("country", country.orNull), label), max: 20)),
  ]

  static let plain: [SchemaField] = [
    .may("givenName", .text(max: 200).orNull), .may("middleName", .text(max: 200).orNull), .may("familyName", .text(max: 200).orNull),
    .may("ownNumber", .text(max: 100).orNull, "The company's own number for the client; unique."),
    .may("language", .choice(Language.self).orNull), .may("zone", .text(max: 64).orNull, "IANA name."),
    .may("country", country.orNull), .may("birthDate", Schema.partialDate.orNull), .may("industry", .text(max: 200).orNull),
    .may("size", .choice(CompanySize.self).orNull), .may("note", .text(max: 20_000)), .may("relationshipId", Schema.id.orNull),
    .may("ownerId", Schema.id.orNull),
    .may("contactDays", Schema.integer(0...3650).orNull, "How often to be in touch, set by hand; 0 for never, null as tags and relationship say."),
    .may("tags", .list(of: .text(1...60), max: 50), "Names; a tag that does not exist is made."),
    .may("customFields", .map(of: .optional(.either([.text(max: 1000), .number, .boolean])), max: 200), "By the field's id."),
  ]

  private static let writable = plain + [.may("profile", .object(Shape("ProfileInput", profile)))] + reach

  /// For a new client: a person may be named by its parts alone.
  static let input = Schema.object(Shape(
    "ClientInput", [.must("kind", .choice(PartyKind.self)), .may("name", .text(max: 300).orNull)] + writable))
  /// Someone at a client.
  static let person = Schema.object(Shape("PersonInput", [.may("name", .text(max: 300).orNull)] + writable))
  /// What is absent stays; null and empty lists empty.
  static let patch = Schema.object(Shape("ClientPatch", [.may("name", .text(max: 300).orNull)] + writable))

  static let client = Schema.object(Shape("Client", [
    .must("id", .id), .must("version", .version), .must("kind", .choice(PartyKind.self)),
    .must("isClient", .boolean, "false: someone at a client."), .must("name", .text(max: 300)),
  ] + (plain + [.may("profile", .object(Shape("Profile", profile.map(\.always))))] + reach).map(\.always) + [
    .must("lastContact", lastContact.orNull), .must("contactDueAt", Schema.instant.orNull, "When the next contact is due."),
    .must("createdAt", .instant), .must("createdBy", Schema.id.orNull), .must("changedAt", .instant), .must("changedBy", Schema.id.orNull),
    .must("archivedAt", Schema.instant.orNull), .must("deletedAt", Schema.instant.orNull),
  ]))

  static let lastContact = Schema.shape("LastContact",
    .must("at", .instant), .must("channel", Schema.choice(Channel.self).orNull), .must("direction", Schema.choice(Direction.self).orNull))

  static let line = Schema.shape("ClientLine",
    .must("id", .id), .must("kind", .choice(PartyKind.self)), .must("isClient", .boolean), .must("name", .text(max: 300)),
    .must("ownNumber", Schema.text(max: 100).orNull), .must("ownerId", Schema.id.orNull), .must("relationship", Schema.text(max: 200).orNull),
    .must("email", Schema.text(max: 254).orNull), .must("phone", Schema.text(max: 250).orNull, "As it is shown, not E.164."),
    .must("tags", .list(of: .text(max: 60), max: 1000)), .must("lastContact", lastContact.orNull),
    .must("company", Schema.shape("Named", .must("id", .id), .must("name", .text(max: 300))).orNull, "Of a person: the first of today."),
    .must("archivedAt", Schema.instant.orNull), .must("deletedAt", Schema.instant.orNull))

  static func page(_ name: String, _ items: String, _ item: Schema) -> Schema {
    .shape(name, .must(items, .list(of: item, max: 200)), .must("next", Schema.text(max: 2000).orNull, "The cursor of the next page."))
  }
}

extension SchemaField {
  /// The same field where it is never left out.
  var always: SchemaField { SchemaField(name: name, schema: schema, isRequired: true, help: help) }
}
