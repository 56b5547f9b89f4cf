import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Teams on one page: few, each with its own small form.
enum Teams {
  @Sendable static func page(_ call: Call) async throws -> Response {
    try await call.fresh({ try $0.teams() }) { view(call, $0, Form(), []) }
  }

  @Sendable static func create(_ call: Call) async throws -> Response {
    let form = try await call.form()
    return try await call.submit({
      let name = try parse(form)
      _ = try await call.write { try $0.createTeam(name) }
    }, again: { try await again(call, form, $0) }, then: { call.redirect(to: Routes.Settings.teams(), said: "said.saved") })
  }

  @Sendable static func rename(_ call: Call, _ id: TeamID) async throws -> Response {
    let form = try await call.form()
    return try await call.submit({
      let name = try parse(form)
      try await call.write { try $0.renameTeam(id, to: name, version: Int(form["version"]) ?? 0) }
    }, again: { try await again(call, form, $0) }, then: { call.redirect(to: Routes.Settings.teams(), said: "said.saved") })
  }

  @Sendable static func remove(_ call: Call, _ id: TeamID) async throws -> Response {
    try await call.write { try $0.removeTeam(id) }
    return call.redirect(to: Routes.Settings.teams(), said: "said.team_removed")
  }

  private static func parse(_ form: Form) throws -> String {
    var v = Validation()
    let name = v.text(form["name"], field: "name", required: true, max: 100)
    try v.check()
    return name ?? ""
  }

  private static func again(_ call: Call, _ form: Form, _ messages: [FieldMessage]) async throws -> Page {
    view(call, try await call.read { try $0.teams() }, form, messages)
  }

  private static func view(_ call: Call, _ teams: [TeamRow], _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let new: HTML = """
      <form class="card stack" method="post" action="\(Routes.Settings.createTeam())" aria-labelledby="new-h" novalidate><h2 id="new-h">\(w("settings.new_team"))</h2>
      \(fields.text("name", w("settings.team_name")))<div class="form-end"><button class="primary">\(w("settings.create_team"))</button></div></form>
      """
    let list: HTML = teams.isEmpty ? "<p class=\"empty in\">\(w("settings.no_teams"))</p>" : "<ul class=\"items\">\(teams.map { item(call, $0) })</ul>"
    return Settings.page(call, .teams, title: w("settings.teams"), summary: fields.summary, """
      <div class="stack narrow"><section class="card" aria-labelledby="teams-h"><header><h2 id="teams-h">\(w("settings.teams"))</h2></header>\(list)</section>\(new)</div>
      """)
  }

  private static func item(_ call: Call, _ team: TeamRow) -> HTML {
    let w = call.words
    let remove: HTML = team.members > 0 ? "" : """
      <form method="post" action="\(Routes.Settings.removeTeam(team.id))"><button class="small danger" aria-label="\(w("settings.remove_team_named", ["name": team.name]))">\(w("settings.remove_team"))</button></form>
      """
    return """
      <li><div><b>\(team.name)</b><p class="meta">\(w.count("settings.members", team.members))</p>
      <details><summary>\(w("settings.rename"))</summary><form class="row" method="post" action="\(Routes.Settings.renameTeam(team.id))" novalidate>
      <div class="field"><label for="team-\(team.id)">\(w("settings.team_name"))</label><input id="team-\(team.id)" name="name" value="\(team.name)"></div>
      <input type="hidden" name="version" value="\(team.version)"><button>\(w("settings.save"))</button></form></details></div>
      <div class="actions">\(remove)</div></li>
      """
  }
}
