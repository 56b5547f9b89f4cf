import Domain
import Markup
import Store

/// Who it is at a glance, and what to do next.
enum RecordHead {
  static func html(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let stored = view.stored, draft = stored.draft
    let isFirm = draft.kind == .company
    let kind: HTML = view.relationship.map { "<span class=\"chip accent\">\(w.relationship($0))</span>" } ?? ""
    return """
      <header class="head client-head"><div><div class="who"><span class="avatar big\(isFirm ? " firm" : "")" aria-hidden="true">\(Initials.of(draft.name))</span><h1>\(draft.name)</h1>\(kind)</div>
      <p class="line">\(line(view, call))</p></div>
      <div class="actions">\(actions(view, call))</div></header>
      """
  }

  private static func line(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let stored = view.stored, draft = stored.draft
    var parts: [HTML] = []
    func add(_ part: HTML) { parts.append("<span>\(part)</span>") }
    if draft.isClient { add("\(w("clients.since", ["year": String(w.formats.zone.date(stored.createdAt).year)]))") }
    if let city = draft.contactPoints.lazy.compactMap(\.postalAddress).first?.city, !city.isEmpty { add("\(city)") }
    if let country = draft.country { add("\(Choices.countryName(country.code, w.language))") }
    if let language = draft.language { add("\(call.icon("language"))\(language.ownName)") }
    if draft.isClient { add(RecordInline.owner(stored.id, view.owner, call)) }
    if draft.isClient { add(RhythmInline.html(view, call)) }
    add(lastContact(view, call))
    return parts.joined()
  }

  private static func lastContact(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    guard let last = view.lastContact else { return "\(call.icon("clock"))\(w("clients.never_contacted"))" }
    let how = last.channel.map { channel in
      last.direction.map { w("history.title.\(channel.rawValue).\($0.rawValue)") } ?? w("history.channel.\(channel.rawValue)")
    } ?? ""
    return """
      \(call.icon(last.channel?.rawValue ?? "clock"))<span>\(w.html("clients.last_contact_line", [
        "when": w.dayTag(last.at, now: call.now), "how": "\(how)", "who": "\(last.by ?? "–")",
      ]))</span>
      """
  }

  private static func actions(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let stored = view.stored, id = stored.id
    guard stored.deletedAt == nil else { return "" }
    var out: HTML = ""
    if call.may(.logContacts) {
      out += """
        <a class="button primary" href="\(Routes.History.log(id))" data-dialog data-key="l">\(call.icon("call"))\(w("clients.log")) <kbd class="key">L</kbd></a>
        """
    }
    out += PromisePanel.button(id, call)
    if call.may(.editClients) {
      out += "<a class=\"button\" href=\"\(Routes.Clients.edit(id))\" data-key=\"e\">\(call.icon("pencil"))\(w("clients.edit"))</a>"
    }
    if call.may(.viewDossier), stored.draft.isClient {
      out += "<a class=\"button\" href=\"\(Routes.Dossier.page(id))\" data-key=\"v\">\(call.icon("value"))\(w("dossier.value"))</a>"
    }
    return out + menu(view, call)
  }

  private static func menu(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let stored = view.stored, id = stored.id
    var items: HTML = "<a href=\"\(Routes.Clients.access(id))\">\(call.icon("eye"))\(w("clients.access"))</a>"
    items = HandoverActions.menu(view, call) + items
    if call.may(.removeClients) {
      let step: HTML = stored.archivedAt == nil
        ? "<form method=\"post\" action=\"\(Routes.Clients.archive(id))\"><button>\(call.icon("archive"))\(w("clients.archive"))</button></form>" : ""
      items += """
        <hr>\(step)<form method="post" action="\(Routes.Clients.remove(id))"><button class="danger">\(call.icon("bin"))\(w("clients.remove"))</button></form>
        """
    }
    return """
      <button class="square quiet" popovertarget="record-menu" aria-label="\(w("clients.more_actions", ["name": stored.draft.name]))">\(call.icon("dots"))</button>
      <div class="menu" id="record-menu" popover>\(items)</div>
      """
  }

  /// Snoozed, archived, or in the bin: said at the top, with the way back.
  static func notes(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let stored = view.stored
    func back(_ action: String, _ label: String) -> HTML {
      call.may(.removeClients) ? "<form method=\"post\" action=\"\(action)\"><button class=\"small\">\(w(label))</button></form>" : ""
    }
    if let at = stored.deletedAt {
      let left = max(0, Int((Bin.lifetime - at.milliseconds(to: call.now)) / Instant.day))
      let text = w.count("clients.in_bin", left, ["date": w.formats.date(at)])
      return note("warn", "bin", "\(text)", back(Routes.Clients.restore(stored.id), "clients.restore"), call)
    }
    if let at = stored.archivedAt {
      let text = w("clients.is_archived", ["date": w.formats.date(at)])
      return note("warn", "archive", "\(text)", back(Routes.Clients.unarchive(stored.id), "clients.unarchive"), call)
    }
    return view.snooze.map { snoozed($0, stored, call) } ?? ""
  }

  private static func snoozed(_ told: ClientSnooze, _ stored: StoredClient, _ call: Call) -> HTML {
    let w = call.words, snooze = told.snooze
    let key = snooze.untilAnswer ? "clients.snoozed_until_answer" : "clients.snoozed_until_day"
    let more = [snooze.why, snooze.by ?? ""].filter { !$0.isEmpty }.map { " · \($0)" }.joined()
    let text: HTML = "<b>\(w(key, ["date": w.formats.date(told.until)]))</b>\(more)"
    return note("info", "snooze", text, TodayLinesHTML.wake(told.key, back: ClientFormPages.home(stored), call), call)
  }

  private static func note(_ tone: String, _ icon: String, _ text: HTML, _ button: HTML, _ call: Call) -> HTML {
    "<div class=\"notes\"><div class=\"note \(tone)\">\(call.icon(icon))<p>\(text)</p>\(button)</div></div>"
  }
}
