import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Where one is logged in, and the end of it.
enum OwnSessions {
  @Sendable static func end(_ call: Call, _ id: String) async throws -> Response {
    if id == call.signedIn?.sessionID { return try await call.endSession(to: Routes.Accounts.logIn()) }
    try await call.site.store.sessions.end(id: id, of: call.actor, at: call.now)
    call.site.sessions.forgetAll()
    return call.redirect(to: Routes.Settings.profile(), said: "said.session_ended")
  }

  @Sendable static func endOthers(_ call: Call) async throws -> Response {
    try await call.site.store.sessions.endOthers(than: call.signedIn?.sessionID ?? "", of: call.actor, at: call.now)
    call.site.sessions.forgetAll()
    return call.redirect(to: Routes.Settings.profile(), said: "said.sessions_ended")
  }

  static func list(_ call: Call, _ sessions: [SessionRow]) -> HTML {
    let w = call.words
    let others: HTML = sessions.count < 2 ? "" : """
      <form method="post" action="\(Routes.Settings.endOtherSessions())"><button class="small">\(w("settings.end_others"))</button></form>
      """
    return """
      <section class="card" aria-labelledby="sessions-h"><header><h2 id="sessions-h">\(w("settings.sessions"))</h2>\(others)</header>
      <ul class="items">\(sessions.map { item(call, $0) })</ul></section>
      """
  }

  private static func item(_ call: Call, _ session: SessionRow) -> HTML {
    let w = call.words
    let isThis = session.id == call.signedIn?.sessionID
    let mark: HTML = isThis ? " <span class=\"chip ok\">\(call.icon("check"))\(w("settings.this_session"))</span>" : ""
    let browser = Browser.name(of: session.agent) ?? w("settings.unknown_browser")
    return """
      <li><div><b>\(browser)</b>\(mark)<p class="meta">\(w.html("settings.session_line", ["address": HTML(session.address), "seen": w.dayTag(session.seenAt, now: call.now), "since": w.dayTag(session.createdAt, now: call.now)]))</p></div>
      <div class="actions"><form method="post" action="\(Routes.Settings.endSession(session.id))"><button class="small" aria-label="\(w("settings.end_session_of", ["browser": browser]))">\(w("settings.end_session"))</button></form></div></li>
      """
  }
}

/// A browser's own description in two words: enough to know one's devices apart.
enum Browser {
  static func name(of agent: String) -> String? {
    let programs = [
      ("Edg/", "Edge"), ("OPR/", "Opera"), ("YaBrowser/", "Yandex"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    let systems = [
      ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("Linux", "Linux"),
    ]
    let found = [programs, systems].compactMap { list in list.first { agent.contains($0.0) }?.1 }
    return found.isEmpty ? nil : found.joined(separator: ", ")
  }
}
