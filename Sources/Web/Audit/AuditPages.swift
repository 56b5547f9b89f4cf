import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Who saw, who changed: the trail with filters, and whether its chain holds.
enum AuditPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Audit.page, page)
    book.on(Routes.Audit.chain, chain)
  }

  struct Model { let page: AuditPage, accounts: [(id: AccountID, name: String)], chain: ChainState }

  @Sendable static func page(_ call: Call) async throws -> Response {
    let filter = AuditForm.filter(call)
    let before = AuditForm.place(call.query)
    return try await call.fresh({ reader in
      Model(
        page: try reader.auditLog(filter, before: before), accounts: try reader.auditAccounts(),
        chain: try reader.auditChain(newest: 1000))
    }) { view(call, $0) }
  }

  /// The whole chain, row by row: seconds on a large base, so only when asked.
  @Sendable static func chain(_ call: Call) async throws -> Response {
    try await call.fresh({ try $0.auditChain(newest: nil) }) { state in
      let w = call.words
      return Page(w("audit.chain"), place: .audit, main: """
        <nav class="crumb" aria-label="\(w("audit.place"))"><a href="\(Routes.Audit.page())" data-key="u">\(call.icon("back"))\(w("audit.title"))</a></nav>
        <header class="head"><div><h1>\(w("audit.chain"))</h1></div></header>\(stateNote(call, state))
        """)
    }
  }

  private static func view(_ call: Call, _ model: Model) -> Page {
    let w = call.words
    return Page(w("audit.title"), place: .audit, main: """
      <header class="head"><div><h1>\(w("audit.title"))</h1><p class="sub">\(w("audit.text"))</p></div>
      <div class="actions"><a class="button" href="\(Routes.Audit.chain())">\(w("audit.check_all"))</a></div></header>
      <div class="stack">\(stateNote(call, model.chain))
      \(AuditForm.view(call, model.accounts))
      \(table(call, model.page))</div>
      """)
  }

  private static func stateNote(_ call: Call, _ state: ChainState) -> HTML {
    let w = call.words
    let (rows, checked) = (w.formats.integer(state.rows), w.formats.integer(state.checked))
    let (tone, icon, text) = switch state.fault {
    case nil: ("ok", "check", w("audit.holds", ["rows": rows, "checked": checked]))
    case .changed(let id): ("danger", "alert", w("audit.broken_changed", ["row": w.formats.integer(id)]))
    case .missing(let id): ("danger", "alert", w("audit.broken_missing", ["row": w.formats.integer(id)]))
    }
    return "<div class=\"note \(tone)\">\(call.icon(icon))<p>\(text)</p></div>"
  }

  private static func table(_ call: Call, _ page: AuditPage) -> HTML {
    let w = call.words
    guard !page.lines.isEmpty else {
      return "<div class=\"empty\">\(call.icon("history"))<p>\(w("audit.empty"))</p><a class=\"button\" href=\"\(Routes.Audit.page())\">\(w("audit.clear"))</a></div>"
    }
    let next = page.next.map { next -> HTML in
      let kept = call.query.pairs.filter { $0.0 != "at" && $0.0 != "row" && !$0.1.isEmpty }
      let url = Routes.Audit.page() + URLText.query(kept + [("at", "\(next.at.milliseconds)"), ("row", "\(next.id)")])
      return "<nav class=\"list-end\" aria-label=\"\(w("settings.pages"))\"><span></span><a class=\"button\" href=\"\(url)\" rel=\"next\">\(w("audit.earlier"))</a></nav>"
    }
    let heads = ["audit.when", "audit.who", "audit.what", "audit.on", "audit.detail"]
    return """
      <div class="scroll" role="region" aria-labelledby="audit-c" tabindex="0"><table><caption id="audit-c" class="hide">\(w("audit.title"))</caption>
      <thead><tr>\(heads.map { "<th scope=\"col\">\(w($0))</th>" as HTML })</tr></thead><tbody>\(page.lines.map { row(call, $0) })</tbody></table></div>\(next)
      """
  }

  private static func row(_ call: Call, _ line: AuditLine) -> HTML {
    let w = call.words
    let action = line.action.map { w("audit_action.\($0.rawValue)") } ?? w("audit.unknown")
    return """
      <tr><td class="fit">\(w.dateTimeTag(line.at))</td><td>\(line.accountName ?? w("audit.nobody"))</td><td>\(action)</td>
      <td class="wide">\(subject(call, line))</td><td>\(line.detail)</td></tr>
      """
  }

  private static func subject(_ call: Call, _ line: AuditLine) -> HTML {
    let w = call.words
    let kind = line.entity.map { w("audit_entity.\($0.rawValue)") } ?? w("audit.unknown")
    if line.entity == .installation { return url(line, call).map { "<a href=\"\($0)\">\(kind)</a>" } ?? HTML(kind) }
    guard let name = line.name ?? line.entityID.map({ "\($0)" }) else { return HTML(kind) }
    guard let url = url(line, call) else { return "\(kind): \(name)" }
    return "\(kind): <a href=\"\(url)\">\(name)</a>"
  }

  private static func url(_ line: AuditLine, _ call: Call) -> String? {
    if let party = line.partyID { return Routes.Clients.page(party) + (line.entity == .history ? "#e\(line.entityID ?? 0)" : "") }
    switch line.entity {
    case .account: return line.entityID.map { Routes.Settings.user(AccountID($0)) }
    case .team: return Routes.Settings.teams()
    case .token: return Routes.Settings.tokens()
    case .installation: return (try? call.actor.may(.manageInstallation)) == true ? Routes.Settings.installation() : nil
    default: return nil
    }
  }
}
