/// What a person has agreed that a list means: the field of every column and how to read the values. Kept with the import, so
/// that the dry run and the run read alike.

package struct Mapping: Codable, Hashable, Sendable {
  /// By column from 0; columns not named are left out.
  package var fields: [Int: ImportField]
  package var match: MatchKey
  /// Of phones without a country code, and of clients whose row names none.
  package var country: Country?
  /// Nil: each row by itself.
  package var kind: PartyKind?
  package var dateOrder: DateOrder
  package var decimal: DecimalMark

  package init(
    fields: [Int: ImportField], match: MatchKey = .email, country: Country? = nil, kind: PartyKind? = nil,
    dateOrder: DateOrder = .dayFirst, decimal: DecimalMark = .guess
  ) {
    (self.fields, self.match, self.country, self.kind) = (fields, match, country, kind)
    (self.dateOrder, self.decimal) = (dateOrder, decimal)
  }

  /// The proposal for a list: recognised columns, the surest match key among them, the order of dates by their evidence.
  package init(_ matches: [HeadingMatch], sample: [[String]], country: Country? = nil) {
    let fields = Dictionary(matches.map { ($0.column, $0.field) }, uniquingKeysWith: { first, _ in first })
    let dates = matches.filter { $0.field == .birthDate || $0.field == .lastContact }.map(\.column)
    let cells = sample.flatMap { row in dates.compactMap { row.dropFirst($0).first } }
    // A lone column of companies became the name.
    let namesCompanies = matches.contains { $0.field == .name && HeadingTable.field($0.heading) == .companyName }
    self.init(
      fields: fields, match: Mapping.matchKey(matches.map(\.field)), country: country,
      kind: namesCompanies ? .company : nil, dateOrder: CellDate.evidence(cells) ?? .dayFirst)
  }

  private static func matchKey(_ fields: [ImportField]) -> MatchKey {
    func isEmail(_ field: ImportField) -> Bool { if case .email = field { true } else { false } }
    func isPhone(_ field: ImportField) -> Bool { if case .phone(let label) = field { label != .fax } else { false } }
    if fields.contains(.ownNumber) { return .ownNumber }
    return fields.contains(where: isEmail) ? .email : fields.contains(where: isPhone) ? .phone : .none
  }

  /// What keeps it from being run at all, as message keys.
  package var problems: [String] {
    let named: Set<ImportField> = [.name, .givenName, .familyName, .companyName]
    return fields.values.contains(where: named.contains) ? [] : ["import.problem.no_name_column"]
  }
}

/// One thing wrong with one cell of a row.
package struct RowProblem: Error, Codable, Hashable, Sendable {
  /// From 0; nil for what concerns the whole row.
  package let column: Int?
  package let messageKey: String
  package let value: String

  package init(column: Int?, _ messageKey: String, value: String = "") {
    (self.column, self.messageKey, self.value) = (column, messageKey, String(value.prefix(200)))
  }
}

/// All that is wrong with a row: one pass reports every cell.
package struct RowProblems: Error, Hashable, Sendable {
  package let problems: [RowProblem]
}
