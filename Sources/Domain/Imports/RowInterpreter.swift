/// Makes a client of a row. In a row with a company and a person the client is the company, and the person works there: e-mails,
/// phones and messengers are the person's, save main numbers and faxes; addresses and websites are the company's, save home ones.

package struct RowInterpreter: Sendable {
  package let mapping: Mapping

  package init(_ mapping: Mapping) { self.mapping = mapping }

  /// Whether the row has nothing in any column that is imported.
  package func isEmpty(_ cells: [String]) -> Bool {
    mapping.fields.allSatisfy { column, field in
      field == .ignore || cells.dropFirst(column).first.map { $0.trimmingBlanks.isEmpty } ?? true
    }
  }

  package func interpret(_ cells: [String]) throws(RowProblems) -> ImportedClient {
    var values = RowValues(cells, mapping)
    let imported = client(&values)
    guard let imported, values.problems.isEmpty else { throw RowProblems(problems: values.problems) }
    return imported
  }

  private func client(_ values: inout RowValues) -> ImportedClient? {
    let whole = values.text(.name, max: 300)
    let company = values.text(.companyName, max: 300)
    let parts = [ImportField.givenName, .middleName, .familyName].map { values.text($0, max: 100) }
    let composed = ClientDraft.composedName(given: parts[0], middle: parts[1], family: parts[2])
    let kind = kind(values, hasParts: composed != nil, whole: whole, company: company)
    // The kind column may say that the whole name is the company's, beside a person in parts.
    let companyName = company ?? (kind == .company ? whole : nil)
    let personName = composed ?? (kind == .person || company != nil ? whole : nil)
    guard let name = kind == .company ? companyName ?? composed : personName ?? companyName else {
      values.fail(.name, "no_name")
      return nil
    }
    var client = draft(kind: kind, name: name, &values)
    var imported: ImportedClient
    if kind == .company, let personName, personName != name {
      var person = ClientDraft(kind: .person, isClient: false, name: personName)
      person.language = client.language
      fillPerson(&person, parts, &values)
      share(values.points, addresses(values), company: &client, person: &person)
      imported = ImportedClient(client: client)
      imported.people = [ImportedPerson(person: person, role: role(&values))]
    } else {
      if kind == .person { fillPerson(&client, parts, &values) }
      client.contactPoints = values.points + addresses(values)
      imported = ImportedClient(client: client)
      imported.employer = kind == .person && companyName != name ? companyName : nil
      imported.role = kind == .person ? role(&values) : ""
    }
    finish(&imported, &values)
    return imported
  }

  private func kind(_ values: RowValues, hasParts: Bool, whole: String?, company: String?) -> PartyKind {
    if let kind = mapping.kind { return kind }
    // A column "Type" often holds something else ("Lead", "VIP"): it decides nothing then.
    if let kind = values.texts[.kind].flatMap(CellWords.kind) { return kind }
    if company != nil { return .company }
    return hasParts || !(whole.map(CellWords.isCompanyName) ?? false) ? .person : .company
  }

  /// What the client has, of either kind.
  private func draft(kind: PartyKind, name: String, _ values: inout RowValues) -> ClientDraft {
    var draft = ClientDraft(kind: kind, name: name)
    draft.ownNumber = values.text(.ownNumber, max: 100)
    draft.country = values.parsed(.country, "country", by: CountryNames.country) ?? values.addressCountry ?? mapping.country
    draft.zone = values.parsed(.zone, "zone") { Zone($0) }
    draft.language = values.parsed(.language, "language", by: CellWords.language)
    draft.industry = values.text(.industry, max: 200)
    if kind == .company { draft.size = values.parsed(.size, "size", by: CellWords.size) }
    draft.profile.legalName = values.text(.legalName, max: 300)
    draft.profile.registrationNumber = values.text(.registrationNumber, max: 50)
    draft.profile.taxNumber = values.text(.taxNumber, max: 50)
    draft.tags = values.tags
    draft.note = values.notes.joined(separator: "\n")
    return draft
  }

  private func fillPerson(_ person: inout ClientDraft, _ parts: [String?], _ values: inout RowValues) {
    (person.givenName, person.middleName, person.familyName) = (parts[0], parts[1], parts[2])
    person.birthDate = birthDate(&values)
    person.profile.gender =
      values.parsed(.gender, "gender", by: CellWords.gender) ?? values.texts[.salutation].flatMap(CellWords.gender)
    person.profile.maritalStatus = values.parsed(.maritalStatus, "marital_status", by: CellWords.maritalStatus)
    person.profile.children = values.parsed(.children, "children") { text in
      let count = CellWords.number(text).flatMap { Int(exactly: $0) } ?? CellWords.list(text, commas: true).count
      return 0...50 ~= count ? count : nil
    }
    person.profile.education = values.text(.education, max: 200)
    person.profile.occupation = values.text(.occupation, max: 200)
  }

  private func birthDate(_ values: inout RowValues) -> PartialDate? {
    // Outlook writes 0/0/00 for a birthday that nobody entered.
    if let text = values.texts[.birthDate], !text.contains(where: { "123456789".contains($0) }), text.contains("0") { return nil }
    if values.texts[.birthDate] != nil {
      return values.parsed(.birthDate, "date") { CellDate.parse($0, order: mapping.dateOrder) }
    }
    guard let day = values.texts[.birthDay], let month = values.texts[.birthMonth] else { return nil }
    let year = values.texts[.birthYear].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    guard let number = Int(day), let monthNumber = CellDate.monthNumber(month),
      let date = PartialDate(year: year, month: monthNumber, day: number)
    else {
      values.fail(.birthDay, "date")
      return nil
    }
    return date
  }

  /// The tie keeps role and department as one text.
  private func role(_ values: inout RowValues) -> String {
    [values.text(.role, max: 200), values.text(.department, max: 200)].compactMap { $0 }.joined(separator: ", ")
  }

  private func addresses(_ values: RowValues) -> [ContactPoint] {
    values.addresses.compactMap { _, label, parts in
      // Outlook and Google repeat the parts in the whole; it counts only where there is no street.
      let street = parts[.street] ?? parts[.whole] ?? ""
      let country = parts[.country].flatMap(CountryNames.country)
      let region = [parts[.region], country == nil ? parts[.country] : nil].compactMap { $0 }.joined(separator: ", ")
      let address = PostalAddress(
        street: street, city: parts[.city] ?? "", region: region, postcode: parts[.postcode] ?? "", country: country)
      return address.isEmpty ? nil : .address(address, label: label)
    }
  }

  private func share(_ points: [ContactPoint], _ addresses: [ContactPoint], company: inout ClientDraft, person: inout ClientDraft)
  {
    for point in points + addresses {
      let isCompanys: Bool =
        switch point.kind {
        case .email, .messenger: false
        case .phone: [ContactLabel.main.rawValue, ContactLabel.fax.rawValue].contains(point.label)
        case .address, .website: point.label != ContactLabel.home.rawValue
        }
      if isCompanys { company.contactPoints.append(point) } else { person.contactPoints.append(point) }
    }
  }

  private func finish(_ imported: inout ImportedClient, _ values: inout RowValues) {
    imported.relationship = values.text(.relationship, max: 200)
    imported.owner = values.text(.owner, max: 254)
    imported.lastContact = values.parsed(.lastContact, "date") { CellDate.parse($0, order: mapping.dateOrder)?.date }
    imported.custom = values.custom
    imported.client.contactPoints = unique(imported.client.contactPoints)
    for index in imported.people.indices {
      imported.people[index].person.contactPoints = unique(imported.people[index].person.contactPoints)
    }
  }

  /// A custom field's cell, read as leniently as the rest of the row; nil when it is no value of the field's type.
  package func customValue(_ text: String, of field: CustomField) -> CustomValue? {
    switch field.kind {
    case .text, .choice: field.value(text)
    case .number: CellWords.number(text, decimal: mapping.decimal).map(CustomValue.number)
    case .date: CellDate.parse(text, order: mapping.dateOrder)?.date.map(CustomValue.date)
    case .bool: CellWords.boolean(text).map(CustomValue.bool)
    }
  }

  private func unique(_ points: [ContactPoint]) -> [ContactPoint] {
    points.reduce(into: []) { all, point in
      if !all.contains(where: point.isSame) { all.append(point) }
    }
  }
}

extension RowValues {
  /// The text of a field; too long is noted.
  mutating func text(_ field: ImportField, max: Int) -> String? {
    guard let text = texts[field] else { return nil }
    guard text.unicodeScalars.count <= max else {
      fail(field, "too_long")
      return nil
    }
    return text
  }

  mutating func parsed<Value>(_ field: ImportField, _ key: String, by parse: (String) -> Value?) -> Value? {
    guard let text = texts[field], !CellWords.saysNothing(text) else { return nil }
    let value = parse(text)
    if value == nil { fail(field, key) }
    return value
  }

  var addressCountry: Country? {
    addresses.lazy.compactMap { $0.parts[.country] }.compactMap(CountryNames.country).first
  }
}
