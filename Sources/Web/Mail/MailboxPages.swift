import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The mailboxes that are read: how each is doing, and what can be done with it.
enum MailboxPages {
  struct Model { let mailboxes: [Mailbox], server: MailServerRow }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Mailboxes.list, page)
    book.on(Routes.Mailboxes.new, MailboxFormPages.new)
    book.on(Routes.Mailboxes.add, MailboxFormPages.add)
    book.on(Routes.Mailboxes.edit, MailboxFormPages.page)
    book.on(Routes.Mailboxes.change, MailboxFormPages.change)
    book.on(Routes.Mailboxes.look, look)
    book.on(Routes.Mailboxes.pause, pause)
    book.on(Routes.Mailboxes.resume, MailboxFormPages.resume)
    book.on(Routes.Mailboxes.remove, remove)
  }

  @Sendable static func page(_ call: Call) async throws -> Response {
    try await call.fresh({ Model(mailboxes: try $0.mailboxes(), server: try $0.mailServer()) }) { view(call, $0) }
  }

  @Sendable static func look(_ call: Call, _ id: MailboxID) async throws -> Response {
    try await call.write { try $0.lookNow(id) }
    return call.redirect(to: Routes.Mailboxes.list(), said: "said.mailbox_look")
  }

  @Sendable static func pause(_ call: Call, _ id: MailboxID) async throws -> Response {
    let version = Int(try await call.form()["version"]) ?? 0
    try await call.write { try $0.pauseMailbox(id, version: version) }
    return call.redirect(to: Routes.Mailboxes.list(), said: "said.mailbox_paused")
  }

  @Sendable static func remove(_ call: Call, _ id: MailboxID) async throws -> Response {
    let version = Int(try await call.form()["version"]) ?? 0
    let undo = try await call.write { try $0.removeMailbox(id, version: version, returnTo: Routes.Mailboxes.list()) }
    return call.redirect(to: Routes.Mailboxes.list(), undo: undo)
  }

  private static func view(_ call: Call, _ model: Model) -> Page {
    let w = call.words
    let add: HTML = "<a class=\"button primary\" href=\"\(Routes.Mailboxes.new())\">\(w("mailbox.add"))</a>"
    let list: HTML = model.mailboxes.isEmpty
      ? "<div class=\"empty\">\(call.icon("email"))<p>\(w("mailbox.empty"))</p><p>\(w("mailbox.empty_safe"))</p>\(add)</div>" : """
      <section class="card" aria-labelledby="boxes-h"><header><h2 id="boxes-h">\(w("mailbox.list"))</h2></header><ul class="items" data-rows>\(model.mailboxes.map { item(call, $0) })</ul></section>
      """
    let server: HTML = "<a class=\"button\" href=\"\(Routes.Mail.server())\">\(w("mail.to_server"))</a>"
    return Settings.page(
      call, .mail, title: w("mailbox.title"), actions: model.mailboxes.isEmpty ? server : "\(server)\(add)",
      "<div class=\"stack\">\(held(call, model.server))\(list)</div>")
  }

  /// A copy reads nothing until it is let go, with what it sends.
  private static func held(_ call: Call, _ server: MailServerRow) -> HTML {
    guard server.heldAt != nil, let because = server.heldBecause, because != .person else { return "" }
    let w = call.words
    return """
      <div class="note warn">\(call.icon("alert"))<p><b>\(w("mailbox.held_title"))</b> \(w("mailbox.held"))</p><a href="\(Routes.Mail.server())">\(w("mail.to_server"))</a></div>
      """
  }

  private static func item(_ call: Call, _ mailbox: Mailbox) -> HTML {
    let w = call.words
    let paused: HTML = mailbox.pausedAt == nil ? "" : " <span class=\"chip warn\">\(w("mailbox.paused"))</span>"
    return """
      <li data-row><div class="stack tight"><div><b><a href="\(Routes.Mailboxes.edit(mailbox.id))" data-open>\(mailbox.address)</a></b>\(paused)
      <p class="meta">\(w("mailbox.kept_by", ["name": mailbox.accountName]))</p><p class="meta">\(w("mailbox.says_\(mailbox.takes.rawValue)"))</p>
      <p class="meta">\(looked(call, mailbox))</p></div>\(notes(call, mailbox))</div><div class="actions">\(actions(call, mailbox))</div></li>
      """
  }

  private static func looked(_ call: Call, _ mailbox: Mailbox) -> HTML {
    let w = call.words
    guard let at = mailbox.lookedAt else { return HTML(w("mailbox.never_looked")) }
    let minutes = Int(clamping: max(0, at.milliseconds(to: call.now)) / Instant.minute)
    let text = switch minutes {
    case 0: w("mailbox.looked_now")
    case 1..<60: w.count("mailbox.looked", minutes)
    default: w("mailbox.looked_at", ["when": w.formats.dateTime(at)])
    }
    return "<time datetime=\"\(at.iso)\" title=\"\(w.formats.dateTime(at))\">\(text)</time>"
  }

  /// What keeps it from being read, and what to do about it.
  private static func notes(_ call: Call, _ mailbox: Mailbox) -> HTML {
    let w = call.words
    var notes: [HTML] = []
    if !mailbox.hasKeeper { notes.append("<div class=\"note warn\">\(call.icon("alert"))<p>\(w("mailbox.no_keeper", ["name": mailbox.accountName]))</p></div>") }
    if !mailbox.hasSecret { notes.append("<div class=\"note warn\">\(call.icon("alert"))<p>\(w("mailbox.no_secret"))</p></div>") }
    if !mailbox.trouble.isEmpty {
      let isNext = mailbox.pausedAt == nil && mailbox.hasKeeper && mailbox.hasSecret && mailbox.lookAt > call.now
      let next = isNext ? w("mailbox.next_look", ["when": w.formats.dateTime(mailbox.lookAt)]) : ""
      notes.append("""
        <div class="note danger">\(call.icon("alert"))<div><p>\(w("mailbox.trouble")) <q lang="en">\(mailbox.trouble)</q></p><p>\(w("mailbox.remedy")) \(next)</p></div></div>
        """)
    }
    return "\(notes)"
  }

  private static func actions(_ call: Call, _ mailbox: Mailbox) -> HTML {
    let w = call.words
    func form(_ action: String, _ key: String, _ look: String = "small") -> HTML {
      """
      <form method="post" action="\(action)"><input type="hidden" name="version" value="\(mailbox.version)"><button class="\(look)" aria-label="\(w("\(key)_named", ["address": mailbox.address]))">\(w(key))</button></form>
      """
    }
    let go: HTML = mailbox.pausedAt == nil
      ? "\(form(Routes.Mailboxes.look(mailbox.id), "mailbox.look"))\(form(Routes.Mailboxes.pause(mailbox.id), "mailbox.pause"))"
      : form(Routes.Mailboxes.resume(mailbox.id), "mailbox.resume")
    return """
      \(go)<a class="button small" href="\(Routes.Mailboxes.edit(mailbox.id))" aria-label="\(w("mailbox.edit_named", ["address": mailbox.address]))">\(w("mailbox.edit"))</a>\
      \(form(Routes.Mailboxes.remove(mailbox.id), "mailbox.remove", "small danger"))
      """
  }
}
