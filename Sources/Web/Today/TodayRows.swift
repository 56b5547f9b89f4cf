import Domain
import Markup
import Store

/// One heading with its rows: a client once, with all the reasons.
enum TodayRows {
  static func section(_ section: TodaySection, _ state: TodayState, _ call: Call) -> HTML {
    let w = call.words, id = "today-\(section.group)"
    let all: HTML = section.count > section.rows.count && state.group == nil
      ? "<a class=\"no-print\" href=\"\(state.with { $0.group = section.group })\">\(section.isCapped ? w("today.all") : w.count("today.all_of", section.count))</a>" : ""
    let number = w.formats.integer(section.count)
    let count: HTML = state.group == nil ? " <span class=\"count meta\">\(section.isCapped ? w("clients.more_than", ["count": number]) : number)</span>" : ""
    return """
      <section class="card" aria-labelledby="\(id)"><header><h2 id="\(id)" data-fresh>\(w("today.group.\(section.group)"))\(count)</h2>\(all)</header>
      <ul class="items today">\(section.rows.map { row($0, state, call) })</ul></section>
      """
  }

  static func row(_ row: TodayRow, _ state: TodayState, _ call: Call) -> HTML {
    guard let first = row.matters.first, let key = row.key else { return "" }
    let menu = "menu-\(key)"
    let mayAct = call.may(.logContacts)
    let pick: HTML = mayAct ? """
      <label class="pick no-print"><span class="hide">\(call.words("clients.select", ["name": name(row, call)]))</span><input type="checkbox" name="id" value="\(key.description)" data-select></label>
      """ : ""
    let further = row.matters.dropFirst().map { line($0, row.client, call) }
    return """
      <li data-row>\(pick)<div>\(heading(row, first, call))\(further)\(meta(row, call))</div>
      \(mayAct ? actions(row, first, key, menu, state, call) : "" as HTML)</li>
      """
  }

  static func name(_ row: TodayRow, _ call: Call) -> String {
    guard let first = row.matters.first else { return "" }
    return row.client?.name ?? ReasonFaces.face(first.key.kind).line(first, row.client, call.words, call.now)
  }

  private static func heading(_ row: TodayRow, _ first: TodayRow.Matter, _ call: Call) -> HTML {
    guard let client = row.client else { return line(first, nil, call, isOpen: true) }
    let url = client.isClient ? Routes.Clients.page(client.id) : Routes.People.page(client.id)
    return "<b><a href=\"\(url)\" data-open>\(client.name)</a></b>\(line(first, client, call))"
  }

  private static func line(_ matter: TodayRow.Matter, _ client: TodayRow.Client?, _ call: Call, isOpen: Bool = false) -> HTML {
    let face = ReasonFaces.face(matter.key.kind)
    let text = face.line(matter, client, call.words, call.now)
    let words: HTML = face.link.map { "<a href=\"\($0(matter.key.subject))\"\(attr: "data-open", if: isOpen)>\(text)</a>" } ?? "<span>\(text)</span>"
    let chip: HTML = face.showsDue ? due(matter, call) : ""
    return "<p class=\"matter\">\(call.icon(face.icon))<span class=\"hide\">\(call.words("today.kind.\(matter.key.kind.rawValue)"))</span> \(words) \(chip)</p>"
  }

  /// Late is red, today yellow; both are said in words too.
  private static func due(_ matter: TodayRow.Matter, _ call: Call) -> HTML {
    let w = call.words
    let day = matter.dueOn ?? w.formats.zone.date(matter.dueAt)
    let days = call.today.days(to: day)
    let isCare = matter.key.kind.group == .dates
    if days < 0 {
      let text = isCare ? w.day(day, today: call.today) : w.count("today.late", -days)
      return "<span class=\"chip\(isCare ? "" : " danger")\">\(text)</span>"
    }
    var text = w.day(day, today: call.today)
    if matter.dueOn == nil { text = w("today.at_time", ["day": text, "time": w.formats.time(matter.dueAt)]) }
    return "<span class=\"chip\(days == 0 && !isCare ? " warn" : "")\">\(text)</span>"
  }

  private static func meta(_ row: TodayRow, _ call: Call) -> HTML {
    let w = call.words
    var parts: [HTML] = []
    if let client = row.client, let at = client.lastContactAt {
      let how = client.lastChannel.map { w("history.channel.\($0.rawValue)") } ?? ""
      parts.append(w.html(how.isEmpty ? "today.last_plain" : "today.last", ["when": w.dayTag(at, now: call.now), "how": "\(how)"]))
    }
    if let account = row.account { parts.append("\(w("today.for", ["name": account.name]))") }
    return parts.isEmpty ? "" : "<p class=\"meta\">\(parts.joined(by: " · "))</p>"
  }

  private static func actions(
    _ row: TodayRow, _ first: TodayRow.Matter, _ key: ReasonKey, _ menu: String, _ state: TodayState, _ call: Call
  ) -> HTML {
    let w = call.words, name = Self.name(row, call)
    return """
      <div class="actions no-print">\(done(first, row, name, call))\
      <a class="button small" href="\(Routes.Today.snooze(key) + state.asBack)" data-dialog data-key-row="z" aria-label="\(w("today.snooze_named", ["name": name]))">\(call.icon("snooze"))\(w("today.snooze"))</a>\
      <button type="button" class="square quiet small" popovertarget="\(menu)" data-key-row="." aria-label="\(w("clients.more_actions", ["name": name]))">\(call.icon("dots"))</button>\
      <div class="menu" id="\(menu)" popover>\(items(row, key, state, call))</div></div>
      """
  }

  private static func done(_ matter: TodayRow.Matter, _ row: TodayRow, _ name: String, _ call: Call) -> HTML {
    let w = call.words
    switch ReasonFaces.face(matter.key.kind).done {
    case .finish where ReasonSources.byKind[matter.key.kind]?.finish != nil:
      return """
        <button class="small" formaction="\(Routes.Today.done(matter.key))" data-quick data-key-row="e" aria-label="\(w("today.done_named", ["name": name]))">\(call.icon("check"))\(w("today.done"))</button>
        """
    case .finish: return ""
    case .visit(let word, let page):
      return """
        <a class="button small" href="\(page(matter))" data-key-row="e" aria-label="\(w("today.step_named", ["step": w(word), "name": name]))">\(call.icon("check"))\(w(word))</a>
        """
    case .open(let form):
      guard let url = form(matter, row.client) ?? ReasonFaces.face(matter.key.kind).link?(matter.key.subject) else { return "" }
      let isContact = matter.key.kind == .tooRarely
      return """
        <a class="button small" href="\(url)" data-dialog data-key-row="e" aria-label="\(w(isContact ? "clients.log_for" : "today.done_named", ["name": name]))">\(call.icon(isContact ? "call" : "check"))\(w(isContact ? "clients.log" : "today.done"))</a>
        """
    }
  }

  private static func items(_ row: TodayRow, _ key: ReasonKey, _ state: TodayState, _ call: Call) -> HTML {
    let w = call.words
    var out: HTML = ""
    for matter in row.matters.dropFirst() {
      guard ReasonSources.byKind[matter.key.kind]?.finish != nil else { continue }
      let text = ReasonFaces.face(matter.key.kind).line(matter, row.client, w, call.now)
      out += "<button formaction=\"\(Routes.Today.done(matter.key))\">\(call.icon("check"))\(w("today.done_matter", ["text": text]))</button>"
    }
    if let client = row.client {
      out += "<a href=\"\(Routes.History.log(client.id))\" data-dialog>\(call.icon("call"))\(w("clients.log"))</a>"
    }
    if call.signedIn?.actor.scope != .own {
      out += "<a href=\"\(Routes.Today.pass(key) + state.asBack)\" data-dialog>\(call.icon("handover"))\(w("today.pass"))</a>"
    }
    return out
  }
}
