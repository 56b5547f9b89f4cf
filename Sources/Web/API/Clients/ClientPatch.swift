import Domain
import Store

/// Lays a JSON object over a draft by the rules of a merge patch (RFC 7396): what is absent stays, null empties, lists are
/// replaced. Its shape was checked before; here values become what they mean.
struct ClientPatch {
  /// What a patch is read by: the fields a company has added, its types, its country.
  struct Terms: Sendable {
    let fields: [FieldID: CustomField]
    let relationships: Set<RelationshipID>
    let country: Country?
  }

  private let terms: Terms
  private var draft: ClientDraft
  private var check = Validation()

  static func draft(_ body: JSONObject, over draft: ClientDraft, _ terms: Terms) throws(InvalidForm) -> ClientDraft {
    var patch = ClientPatch(terms: terms, draft: draft)
    patch.read(body)
    try patch.check.check()
    return patch.draft
  }

  private init(terms: Terms, draft: ClientDraft) { (self.terms, self.draft) = (terms, draft) }

  private mutating func read(_ body: JSONObject) {
    let composed = composedName
    // The country first: phone numbers are read by it.
    if let value = body["country"] { draft.country = value.text.flatMap { Country($0) } }
    for (name, value) in body.members { read(name, value) }
    // A name made of the parts follows them.
    if body["name"] == nil || body["name"]?.isNull == true, draft.name.isEmpty || draft.name == composed || body["name"] != nil {
      draft.name = composedName ?? (body["name"] == nil ? draft.name : "")
    }
    if draft.name.unicodeScalars.count > 300 { draft.name = String(draft.name.unicodeScalars.prefix(300).map(Character.init)) }
    if draft.name.trimmingBlanks.isEmpty { check.fail("name", key: "field.required") }
  }

  private var composedName: String? {
    draft.kind == .person ? ClientDraft.composedName(given: draft.givenName, middle: draft.middleName, family: draft.familyName) : nil
  }

  private mutating func read(_ name: String, _ value: JSONValue) {
    let text = value.filled
    switch name {
    case "name": draft.name = text ?? ""
    case "givenName": draft.givenName = text
    case "middleName": draft.middleName = text
    case "familyName": draft.familyName = text
    case "ownNumber": draft.ownNumber = text
    case "language": draft.language = text.flatMap(Language.init(rawValue:))
    case "zone": draft.zone = parsed(text, name, "api.bad_zone") { Zone($0) }
    case "birthDate": draft.birthDate = text.flatMap { PartialDate($0) }
    case "industry": draft.industry = text
    case "size": draft.size = text.flatMap(CompanySize.init(rawValue:))
    case "note": draft.note = text ?? ""
    case "relationshipId": readRelationship(value.integer.map(RelationshipID.init(rawValue:)))
    case "ownerId": draft.ownerID = value.integer.map(AccountID.init(rawValue:))
    case "contactDays": draft.contactDays = value.integer.map { Int($0) }
    case "tags": readTags(value.array ?? [])
    case "customFields": readFields(value.object ?? JSONObject())
    case "profile": readProfile(value.object ?? JSONObject())
    default: readPoints(name, value.array ?? [])
    }
  }

  private mutating func parsed<Value>(_ text: String?, _ place: String, _ key: String, _ parse: (String) -> Value?) -> Value? {
    guard let text else { return nil }
    let value = parse(text)
    if value == nil { check.fail(place, key: key) }
    return value
  }

  private mutating func readRelationship(_ id: RelationshipID?) {
    if let id, !terms.relationships.contains(id) { check.fail("relationshipId", key: "api.unknown_id") }
    draft.relationshipID = id
  }

  private mutating func readTags(_ values: [JSONValue]) {
    var seen: Set<String> = []
    let names = values.compactMap { $0.text.map { String($0.trimmingBlanks) } }
    if names.contains(where: { Fold.search($0).isEmpty }) { check.fail("tags", key: "field.required") }
    draft.tags = names.filter { seen.insert(Fold.search($0)).inserted }
  }

  private mutating func readFields(_ values: JSONObject) {
    for (name, value) in values.members {
      guard let id = FieldID(name), let field = terms.fields[id], field.applies(to: draft.kind) else {
        check.fail("customFields.\(name)", key: "api.unknown_field")
        continue
      }
      if value.isNull { draft.customValues[id] = nil } else if let custom = field.value(of: value) { draft.customValues[id] = custom } else {
        check.fail("customFields.\(name)", key: "api.bad_format", slots: ["expected": field.kind.rawValue])
      }
    }
  }

  private mutating func readProfile(_ values: JSONObject) {
    for (name, value) in values.members {
      let text = value.filled
      switch name {
      case "gender": draft.profile.gender = text.flatMap(Domain.Profile.Gender.init(rawValue:))
      case "maritalStatus": draft.profile.maritalStatus = text.flatMap(Domain.Profile.MaritalStatus.init(rawValue:))
      case "children": draft.profile.children = value.integer.map { Int($0) }
      case "education": draft.profile.education = text
      case "occupation": draft.profile.occupation = text
      case "interests": draft.profile.interests = text
      case "registrationNumber": draft.profile.registrationNumber = text
      case "taxNumber": draft.profile.taxNumber = text
      case "legalName": draft.profile.legalName = text
      case "foundedYear": draft.profile.foundedYear = value.integer.map { Int($0) }
      default: break
      }
    }
  }

  private mutating func readPoints(_ name: String, _ values: [JSONValue]) {
    let kinds: [String: ContactPointKind] = [
      "emails": .email, "phones": .phone, "messengers": .messenger, "websites": .website, "addresses": .address,
    ]
    guard let kind = kinds[name] else { return }
    let before = draft.contactPoints
    var points: [ContactPoint] = []
    for (index, value) in values.enumerated() {
      let reader = PointReader(kind: kind, country: draft.country ?? terms.country, known: before)
      switch reader.read(value) {
      case .success(let point): if let point { points.append(point) }
      case .failure(let wrong): check.fail("\(name)[\(index)].\(wrong.field)", key: wrong.key)
      }
    }
    draft.contactPoints = before.filter { $0.kind != kind } + points
    let order = ContactPointKind.allCases
    draft.contactPoints = order.flatMap { kind in draft.contactPoints.filter { $0.kind == kind } }
  }
}

extension CustomField {
  /// Numbers and yes-or-no are themselves in JSON; all else is text.
  fileprivate func value(of value: JSONValue) -> CustomValue? {
    switch (kind, value) {
    case (.number, .integer(let number)): abs(Double(number)) < 1e15 ? .number(Double(number)) : nil
    case (.number, .number(let number)): abs(number) < 1e15 ? .number(number) : nil
    case (.bool, .bool(let bool)): .bool(bool)
    case (.text, .text(let text)), (.date, .text(let text)), (.choice, .text(let text)): self.value(text)
    default: nil
    }
  }
}
