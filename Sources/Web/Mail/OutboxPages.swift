import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What waits, what left, what failed and why.
enum OutboxPages {
  @Sendable static func page(_ call: Call) async throws -> Response {
    let view = call.query["view"].flatMap(OutboxView.init(rawValue:)) ?? .all
    let before = call.query["before"].flatMap { MailID($0) }
    return try await call.fresh({ (try $0.outbox(view, before: before), try $0.mailServer().heldAt != nil) }) { list(call, view, $0.0, isHeld: $0.1) }
  }

  @Sendable static func retry(_ call: Call, _ id: MailID) async throws -> Response {
    try await call.write { try $0.retryMail(id) }
    return call.redirect(to: Routes.Mail.outbox(), said: "said.mail_queued")
  }

  @Sendable static func drop(_ call: Call, _ id: MailID) async throws -> Response {
    try await call.write { try $0.dropMail(id) }
    return call.redirect(to: Routes.Mail.outbox(), said: "said.mail_dropped")
  }

  private static func list(_ call: Call, _ view: OutboxView, _ page: OutboxPage, isHeld: Bool) -> Page {
    let w = call.words
    let held: HTML = isHeld ? "<div class=\"note warn\">\(call.icon("alert"))<p>\(w("mail.held_title"))</p><a href=\"\(Routes.Mail.server())\">\(w("mail.to_server"))</a></div>" : ""
    let heads = ["mail.recipient", "mail.kind", "mail.state", "mail.asked_at", "mail.answer"]
    let table: HTML = page.lines.isEmpty ? "<p class=\"empty\">\(w(view == .all ? "mail.empty" : "mail.empty_view"))</p>" : """
      <div class="scroll" role="region" aria-labelledby="mail-c" tabindex="0" data-rows><table><caption id="mail-c" class="hide">\(w("mail.outbox"))</caption>
      <thead><tr>\(heads.map { "<th scope=\"col\">\(w($0))</th>" as HTML })<th scope="col"><span class="hide">\(w("mail.actions"))</span></th></tr></thead>
      <tbody>\(page.lines.map { row(call, $0) })</tbody></table></div>
      """
    let next = page.next.map { next -> HTML in
      let query = URLText.query([("view", view.rawValue), ("before", next.description)])
      return "<nav class=\"list-end\" aria-label=\"\(w("settings.pages"))\"><span></span><a class=\"button\" href=\"\(Routes.Mail.outbox())\(query)\" rel=\"next\">\(w("settings.next"))</a></nav>"
    }
    return Settings.page(
      call, .mail, title: w("mail.outbox"), actions: "<a class=\"button\" href=\"\(Routes.Mail.server())\">\(w("mail.to_server"))</a>",
      "<div class=\"stack\">\(held)\(views(call, view, page.counts))<div>\(table)\(next)</div></div>")
  }

  private static func views(_ call: Call, _ current: OutboxView, _ counts: [MailState: Int]) -> HTML {
    let w = call.words
    let links = OutboxView.allCases.map { view -> HTML in
      let count = view.states.reduce(0) { $0 + (counts[$1] ?? 0) }
      let text = count >= Reader.outboxCountLimit ? "\(w.formats.integer(Reader.outboxCountLimit))+" : w.formats.integer(count)
      return """
        <a class="button" href="\(Routes.Mail.outbox())\(view == .all ? "" : "?view=\(view.rawValue)")"\(attr: "aria-current", view == current ? "true" : nil)>\(w("mail.view_\(view.rawValue)")) <span class="count">\(text)</span></a>
        """
    }
    return "<p class=\"group\">\(links)</p>"
  }

  private static func row(_ call: Call, _ line: OutboxLine) -> HTML {
    let w = call.words
    let tone = switch line.state {
    case .sent: "ok"
    case .failed: "danger"
    case .unknown: "warn"
    case .queued, .leased, .sending: "info"
    case .cancelled: ""
    }
    let next: HTML = line.state == .queued && line.attempts > 0 ? "<span class=\"sub\">\(w("mail.next_attempt", ["when": w.formats.dateTime(line.sendAt)]))</span>" : ""
    return """
      <tr data-row><th scope="row">\(line.name)<span class="sub">\(line.address)</span></th><td>\(w("mail.kind_\(line.kind.rawValue)"))</td>
      <td><span class="chip \(tone)">\(w("mail.state_\(line.state.rawValue)"))</span>\(next)</td><td class="nowrap">\(w.dateTimeTag(line.createdAt))</td>
      <td class="wide">\(answer(line, w))</td><td class="fit"><span class="actions">\(action(call, line))</span></td></tr>
      """
  }

  /// Words of ours for what the program knows itself; what a server said stands as it was said.
  private static func answer(_ line: OutboxLine, _ w: Words) -> HTML {
    switch line.reply {
    case "lost", "expired", "closed", "dropped": HTML(w("mail.reply_\(line.reply)"))
    case "" where line.state == .unknown: HTML(w("mail.reply_lost"))
    case "": "–"
    default: line.state == .unknown ? "\(w("mail.reply_lost")) <span class=\"sub\" lang=\"en\">\(line.reply)</span>" : "<span lang=\"en\">\(line.reply)</span>"
    }
  }

  private static func action(_ call: Call, _ line: OutboxLine) -> HTML {
    let w = call.words
    if line.state.mayRetry {
      return "<form method=\"post\" action=\"\(Routes.Mail.retry(line.id))\"><button class=\"small\" aria-label=\"\(w("mail.retry_named", ["name": line.name]))\">\(w("mail.retry"))</button></form>"
    }
    guard line.state == .queued else { return "" }
    return "<form method=\"post\" action=\"\(Routes.Mail.drop(line.id))\"><button class=\"small danger\" aria-label=\"\(w("mail.drop_named", ["name": line.name]))\">\(w("mail.drop"))</button></form>"
  }
}
