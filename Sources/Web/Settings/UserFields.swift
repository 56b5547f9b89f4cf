import Domain
import Markup
import Store

/// An account's fields as managers see them, for an invitation and a change.
enum UserFields {
  static func fields(_ fields: inout FormFields, _ call: Call, teams: [TeamRow]) -> HTML {
    let w = call.words
    let roles = Role.allCases.filter { $0 != .owner || call.signedIn?.actor.role == .owner }
    let noTeam = [(value: "", text: w("settings.no_team"))]
    return """
      \(fields.text("name", w("accounts.name"), autocomplete: "off"))
      \(fields.text("email", w("accounts.email"), type: "email", autocomplete: "off"))
      \(fields.radios("role", w("settings.role"), roles.map { ($0.rawValue, w("role.\($0.rawValue)"), w("role.\($0.rawValue)_hint")) }))
      \(fields.radios("scope", w("settings.scope"), Scope.allCases.map { ($0.rawValue, w("scope.\($0.rawValue)"), nil) }))
      \(fields.select("team", w("settings.team"), noTeam + teams.map { ($0.id.description, $0.name) }))
      <div class="row">\(fields.select("language", w("accounts.language"), Choices.languages))
      \(fields.select("zone", w("accounts.zone"), Choices.zones))</div>
      """
  }

  static func parse(_ form: Form) throws -> AccountDraft {
    var v = Validation()
    let name = v.text(form["name"], field: "name", required: true)
    let email = v.parsed(form["email"], field: "email", key: "accounts.email_wrong", required: true) { EmailAddress($0) }
    let role = v.parsed(form["role"], field: "role", key: "field.unknown", required: true) { Role(rawValue: $0) }
    let scope = v.parsed(form["scope"], field: "scope", key: "field.unknown", required: true) { Scope(rawValue: $0) }
    let team = v.parsed(form["team"], field: "team", key: "field.unknown") { TeamID(Substring($0)) }
    let language = v.parsed(form["language"], field: "language", key: "field.unknown", required: true) { Language(rawValue: $0) }
    let zone = v.parsed(form["zone"], field: "zone", key: "field.unknown", required: true) { Zone($0) }
    if scope == .team, team == nil, role != .owner { v.fail("team", key: "settings.team_needed") }
    try v.check()
    guard let name, let email, let role, let scope, let language, let zone else { throw InvalidForm(v.messages) }
    return AccountDraft(
      name: name, email: email, rights: AccountRights(role: role, scope: scope, teamID: team), language: language, zone: zone)
  }

  static func pairs(_ account: AccountRow) -> [(String, String)] {
    [
      ("name", account.name), ("email", account.email), ("role", account.rights.role.rawValue),
      ("scope", account.rights.scope.rawValue), ("team", account.rights.teamID?.description ?? ""),
      ("language", account.language.rawValue), ("zone", account.zone), ("version", "\(account.version)"),
    ]
  }
}
