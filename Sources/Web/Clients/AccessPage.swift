import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// "Why can I see this?": role, scope, owner and team in words.
enum AccessPage {
  static func answer(_ call: Call, _ id: PartyID) async throws -> Response {
    try await call.page({ try $0.access(to: id) }, { page($0, call) })
  }

  private static func page(_ access: ClientAccess, _ call: Call) -> Page {
    let w = call.words
    let title = w("clients.access")
    guard let actor = call.signedIn?.actor else { return Page(title, main: "") }
    let back = access.isClient ? Routes.Clients.page(access.id) : Routes.People.page(access.id)
    let permissions = Permission.allCases.filter { [.viewClients, .editClients, .logContacts, .removeClients].contains($0) }.map { permission -> HTML in
      let may = actor.may(permission)
      return """
        <li>\(call.icon(may ? "check" : "cross"))<div>\(w(may ? "clients.access.may" : "clients.access.may_not", ["what": w("clients.access.\(permission.rawValue)")]))</div></li>
        """
    }
    return Page(title, place: access.isClient ? .clients : .people, main: """
      \(ClientFormPages.crumb(back, access.name, call))<header class="head"><div><h1>\(title)</h1></div></header>
      <section class="card narrow stack"><p>\(reason(access, actor, w))</p>
      <dl class="defs"><dt>\(w("clients.access.role"))</dt><dd>\(w("role.\(actor.role.rawValue)"))</dd>
      <dt>\(w("clients.access.scope"))</dt><dd>\(w("scope.\(actor.scope.rawValue)"))</dd>
      <dt>\(w("clients.field.owner"))</dt><dd>\(access.owner ?? w("clients.no_owner"))</dd>
      <dt>\(w("clients.team"))</dt><dd>\(access.team ?? "–")</dd></dl><ul class="items">\(permissions)</ul></section>
      """)
  }

  private static func reason(_ access: ClientAccess, _ actor: Actor, _ w: Words) -> String {
    switch actor.scope {
    case .all: return w("clients.access.because_all")
    case .own, .team:
      if let through = access.through { return w("clients.access.because_tie", ["name": through]) }
      if access.ownerID == actor.id { return w("clients.access.because_owner") }
      return w("clients.access.because_team", ["team": access.team ?? "–"])
    }
  }
}
