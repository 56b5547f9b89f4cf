import Domain
import Markup
import Store

/// The sections of a briefing in the reader's words: plain headings, lists and words, so that screen, paper and PDF show the same.
enum BriefingHTML {
  /// Who they are in one line.
  static func head(_ briefing: Briefing, _ call: Call) -> HTML {
    let w = call.words
    let view = briefing.view, draft = view.stored.draft
    var parts: [String] = []
    if let relationship = view.relationship { parts.append(w.relationship(relationship)) }
    if let industry = draft.industry, !industry.isEmpty { parts.append(industry) }
    if let city = draft.contactPoints.lazy.compactMap(\.postalAddress).first?.city, !city.isEmpty { parts.append(city) }
    if let country = draft.country { parts.append(Choices.countryName(country.code, w.language)) }
    if let language = draft.language { parts.append(language.ownName) }
    parts.append(w("clients.since", ["year": String(w.formats.zone.date(view.stored.createdAt).year)]))
    parts.append(view.owner.map { w("clients.owner_is", ["name": $0]) } ?? w("clients.no_owner"))
    if let days = view.intervalDays { parts.append(w.count("clients.every_days", days)) }
    return "\(parts.joined(separator: " · "))"
  }

  /// How much of a longer text stands on the page.
  private static let told = 240

  static func sections(_ briefing: Briefing, _ call: Call) -> HTML {
    let w = call.words
    let parts = briefing.parts.map { part -> HTML in
      let body: HTML = part.lines.isEmpty
        ? "<p class=\"muted\">\(w("briefing.none.\(part.key)"))</p>" : "<ul>\(part.lines.map { "<li>\(line($0, call))</li>" as HTML })</ul>"
      return section(part.key, w("briefing.part.\(part.key)"), body)
    }
    return "<div class=\"briefing\">\(contact(briefing.view, call))\(people(briefing.view, call))\(parts)</div>"
  }

  private static func section(_ key: String, _ title: String, _ body: HTML) -> HTML {
    "<section class=\"card keep\" aria-labelledby=\"b-\(key)\"><h2 id=\"b-\(key)\">\(title)</h2>\(body)</section>"
  }

  private static func contact(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let draft = view.stored.draft
    let reach = draft.contactPoints.filter { $0.kind != .address }.prefix(6).map { "<li>\($0.shown)</li>" as HTML }
    let note: HTML = draft.note.isEmpty ? "" : "<p class=\"text\">\(draft.note)</p>"
    let tags: HTML = view.tags.isEmpty ? "" : "<p class=\"muted\">\(view.tags.map(\.name).joined(separator: ", "))</p>"
    if reach.isEmpty, draft.note.isEmpty, view.tags.isEmpty { return "" }
    return section("who", w("briefing.part.who"), "\(reach.isEmpty ? "" : "<ul>\(reach)</ul>" as HTML)\(note)\(tags)")
  }

  /// Who works there, whoever decides first. A person who is a client has the own places of work instead.
  private static func people(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let current = view.ties.filter(\.tie.isCurrent)
    let isCompany = view.stored.draft.kind == .company
    if current.isEmpty, !isCompany { return "" }
    let lines = current.prefix(12).map { line -> HTML in
      let tie = line.tie.tie
      let decides: HTML = tie.isManager ? " <b>(\(w("clients.decides")))</b>" : ""
      let reach = line.points.filter { $0.kind == .phone || $0.kind == .email }.prefix(2).map(\.shown)
      let meta = ([tie.role] + reach + [tie.from.map { w("clients.from", ["date": w.formats.date($0)]) } ?? ""]).filter { !$0.isEmpty }
      return "<li>\(line.name)\(decides)<small> \(meta.joined(separator: " · "))</small></li>"
    }
    let body: HTML = lines.isEmpty ? "<p class=\"muted\">\(w("clients.no_people_here"))</p>" : "<ul>\(lines)</ul>"
    return section("people", w("briefing.part.people"), body)
  }

  private static func line(_ line: BriefingLine, _ call: Call) -> HTML {
    let w = call.words
    var meta: [String] = []
    if let label = line.label, line.amount == nil { meta.append(w(label)) }
    if let when = line.when { meta.append(text(when, call)) }
    if let who = line.who { meta.append(who) }
    if let price = line.price { meta.append(w.formats.money(price)) }
    if !line.note.isEmpty { meta.append(line.note) }
    let amount: HTML = line.amount.map { money in
      let label = line.label.map { "\(w($0)): " } ?? ""
      return "\(label)<b class=\"nowrap\">\(w.formats.money(money))</b> "
    } ?? ""
    let text: HTML = line.isPressing ? "<b>\(line.text)</b>" : "\(line.text)"
    let detail: HTML = line.detail.isEmpty ? "" : "<p>\(told(line.detail))</p>"
    return "\(amount)\(text)<small> \(meta.joined(separator: " · "))</small>\(detail)"
  }

  /// The beginning of a long text, up to a whole word; the client's page has all of it.
  private static func told(_ detail: String) -> String {
    let text = detail.split(whereSeparator: \.isNewline).reduce("") { all, line in
      guard let last = all.last else { return String(line) }
      return all + (".!?…".contains(last) ? " " : " · ") + line
    }
    guard text.count > told else { return text }
    let start = text.prefix(told)
    return start[..<(start.lastIndex(where: \.isWhitespace) ?? start.endIndex)] + "…"
  }

  private static func text(_ when: BriefingLine.When, _ call: Call) -> String {
    let w = call.words
    return switch when {
    case .at(let instant): w.day(instant, now: call.now)
    case .on(let day): w.day(day, today: call.today)
    case .day(let partial): w.formats.date(partial)
    }
  }
}
