import Domain
import Store

/// The form of a client or person, read once: a draft or all that is wrong with it.
enum ClientForm {
  /// - Parameter base: what the form does not carry stays as it is there.
  static func draft(_ form: Form, over base: ClientDraft?, _ choices: ClientChoices, isClient: Bool) throws(InvalidForm) -> ClientDraft {
    var check = Validation()
    let kind = base?.kind ?? PartyKind(rawValue: form["kind"]) ?? .company
    var draft = base ?? ClientDraft(kind: kind, isClient: isClient, name: "")
    draft.kind = kind
    readName(form, kind, &draft, &check)
    readRelationship(form, choices, &draft, &check)
    draft.country = check.parsed(form["country"], field: "country", key: "field.unknown") { Country($0) }
    draft.language = check.parsed(form["language"], field: "language", key: "field.unknown") { Language(rawValue: $0) }
    draft.zone = check.parsed(form["zone"], field: "zone", key: "field.unknown") { Zone($0) }
    draft.contactPoints = ContactForm.points(form, home: draft.country ?? choices.country, &check)
    readProfile(form, kind, &draft, &check)
    draft.tags = Tags.split(form["tags"])
    draft.note = check.text(form["note"], field: "note", max: 10_000) ?? ""
    readFields(form, kind, choices, &draft, &check)
    try check.check()
    return draft
  }

  private static func readName(_ form: Form, _ kind: PartyKind, _ draft: inout ClientDraft, _ check: inout Validation) {
    if kind == .person {
      draft.givenName = check.text(form["given_name"], field: "given_name", max: 100)
      draft.middleName = check.text(form["middle_name"], field: "middle_name", max: 100)
      draft.familyName = check.text(form["family_name"], field: "family_name", max: 100)
      let name = ClientDraft.composedName(given: draft.givenName, middle: draft.middleName, family: draft.familyName)
      if let name { draft.name = name } else if check.isValid { check.fail("given_name", key: "clients.error.name") }
    } else if let name = check.text(form["name"], field: "name", required: true, max: 300) {
      draft.name = name
    }
  }

  private static func readRelationship(_ form: Form, _ choices: ClientChoices, _ draft: inout ClientDraft, _ check: inout Validation) {
    draft.ownNumber = check.text(form["own_number"], field: "own_number", max: 60)
    guard draft.isClient else { return }
    draft.relationshipID = check.parsed(form["relationship"], field: "relationship", key: "field.unknown") { text in
      RelationshipID(text).flatMap { id in choices.relationships.contains { $0.id == id } || id == draft.relationshipID ? id : nil }
    }
    draft.ownerID = check.parsed(form["owner"], field: "owner", key: "field.unknown") { text in
      AccountID(text).flatMap { id in choices.owners.contains { $0.id == id } || id == draft.ownerID ? id : nil }
    }
  }

  private static func readProfile(_ form: Form, _ kind: PartyKind, _ draft: inout ClientDraft, _ check: inout Validation) {
    var profile = draft.profile
    switch kind {
    case .person:
      draft.birthDate = check.parsed(form["birth_date"], field: "birth_date", key: "clients.error.date", by: TypedDate.partial)
      profile.gender = Domain.Profile.Gender(rawValue: form["gender"])
      profile.maritalStatus = Domain.Profile.MaritalStatus(rawValue: form["marital_status"])
      profile.children = number(form, "children", 0...30, &check)
      profile.education = check.text(form["education"], field: "education")
      profile.occupation = check.text(form["occupation"], field: "occupation")
      profile.interests = check.text(form["interests"], field: "interests", max: 1000)
    case .company:
      draft.industry = check.text(form["industry"], field: "industry")
      draft.size = CompanySize(rawValue: form["size"])
      profile.legalName = check.text(form["legal_name"], field: "legal_name", max: 300)
      profile.registrationNumber = check.text(form["registration_number"], field: "registration_number", max: 60)
      profile.taxNumber = check.text(form["tax_number"], field: "tax_number", max: 60)
      profile.foundedYear = number(form, "founded_year", 1000...2200, &check)
    }
    draft.profile = profile
  }

  private static func number(_ form: Form, _ name: String, _ range: ClosedRange<Int>, _ check: inout Validation) -> Int? {
    check.parsed(form[name], field: name, key: "clients.error.number") { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
  }

  /// Archived fields are not shown and keep what they hold.
  private static func readFields(
    _ form: Form, _ kind: PartyKind, _ choices: ClientChoices, _ draft: inout ClientDraft, _ check: inout Validation
  ) {
    for field in choices.fields where field.applies(to: kind) {
      let name = "field.\(field.id)"
      draft.customValues[field.id] = check.parsed(form[name], field: name, key: "clients.error.field_\(field.kind.rawValue)") { field.value($0) }
    }
  }
}

extension ClientForm {
  /// As the form shows what is kept.
  static func form(_ draft: ClientDraft, version: Int?) -> Form {
    let profile = draft.profile
    var pairs: [(String, String?)] = [
      ("kind", draft.kind.rawValue), ("name", draft.name), ("given_name", draft.givenName), ("middle_name", draft.middleName),
      ("family_name", draft.familyName), ("own_number", draft.ownNumber), ("relationship", draft.relationshipID?.description),
      ("owner", draft.ownerID?.description), ("country", draft.country?.code), ("language", draft.language?.rawValue),
      ("zone", draft.zone?.name), ("birth_date", draft.birthDate.map(TypedDate.text)), ("industry", draft.industry),
      ("size", draft.size?.rawValue), ("gender", profile.gender?.rawValue), ("marital_status", profile.maritalStatus?.rawValue),
      ("children", profile.children.map(String.init)), ("education", profile.education), ("occupation", profile.occupation),
      ("interests", profile.interests), ("legal_name", profile.legalName), ("registration_number", profile.registrationNumber),
      ("tax_number", profile.taxNumber), ("founded_year", profile.foundedYear.map(String.init)),
      ("tags", draft.tags.joined(separator: ", ")), ("note", draft.note), ("version", version.map(String.init)),
    ]
    if draft.kind == .person, draft.givenName == nil, draft.familyName == nil { pairs.append(("given_name", draft.name)) }
    for (field, value) in draft.customValues { pairs.append(("field.\(field)", value.stored)) }
    return Form(pairs.compactMap { name, value in value.map { (name, $0) } } + ContactForm.pairs(draft.contactPoints))
  }
}
