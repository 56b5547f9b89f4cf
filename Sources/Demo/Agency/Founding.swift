import Database
import Domain
import Store

/// The agency itself: its settings, teams, accounts and fields.
extension Transaction {
  func foundAgency(passwordHash: String) throws -> ClientTales.Terms {
    for table in ["account", "party", "installation"] as [SQL] {
      if try connection.exists("SELECT 1 FROM \(table)") { throw DemoRefusal.notEmpty }
    }
    let founded = now.adding(milliseconds: -2600 * Instant.day)
    try connection.run("""
      INSERT INTO installation (id, company, country, zone, currency, language, created_at)
      VALUES (1, \(Agency.company), 'BG', 'Europe/Sofia', 'EUR', 'bg', \(founded))
      """)
    for team in Agency.teams { try connection.run("INSERT INTO team (name, created_at) VALUES (\(team), \(founded))") }
    try connection.insert(into: "account", Self.accountColumns, rows: Agency.colleagues.map { row($0, passwordHash) })
    try connection.identityFollows("account")
    try writePriceList()
    return ClientTales.Terms(relationships: try relationshipsByKey(), fields: try makeFields())
  }

  private static let accountColumns: [StaticString] = [
    "id", "name", "email", "email_key", "password_hash", "role", "scope", "team_id", "language", "zone", "created_at", "closed_at",
  ]

  private func row(_ one: Colleague, _ passwordHash: String) -> [SQLValue] {
    let joined = now.adding(milliseconds: -Int64(one.joined) * Instant.day)
    let closed = one.left.map { now.adding(milliseconds: -Int64($0) * Instant.day) }
    return [
      one.id.sqlValue, one.name.sqlValue, one.email.sqlValue, one.email.sqlValue, passwordHash.sqlValue, one.role.sqlValue,
      one.scope.sqlValue, one.team.sqlValue, one.language.sqlValue, one.zone.sqlValue, joined.sqlValue, closed.sqlValue,
    ]
  }

  private func relationshipsByKey() throws -> [String: RelationshipID] {
    let rows = try connection.rows("SELECT key, id FROM relationship_type") { (try $0.next(String.self), try $0.next(RelationshipID.self)) }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  private func makeFields() throws -> [String: FieldID] {
    let fields: [(String, CustomField.Kind, CustomField.AppliesTo, [String])] = [
      (Terms.source, .choice, .both, Terms.sources), (Terms.budget, .number, .company, []), (Terms.secrecy, .bool, .company, []),
      (Terms.contract, .date, .company, []),
    ]
    var made: [String: FieldID] = [:]
    for (name, kind, appliesTo, options) in fields { made[name] = try createField(name, kind, appliesTo, options: options) }
    return made
  }
}

extension Agency {
  static let logins = colleagues.filter { $0.left == nil }.map { DemoReport.Login(name: $0.name, email: $0.email, role: $0.role) }
}
