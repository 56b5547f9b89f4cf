import Domain
import Markup

/// A client's dossier as one flat page: the same on a screen, in print, in the PDF and behind a shared link, in the reader's language.
/// It takes the client's face and nothing else.
struct DossierSheet {
  private let dossier: ClientDossier
  private let today: CalendarDate
  private let w: Words

  init(_ dossier: ClientDossier, today: CalendarDate, words: Words) { (self.dossier, self.today, w) = (dossier, today, words) }

  var title: String { w("sheet.title", ["client": dossier.head.client]) }

  /// - Parameter actions: buttons beside the heading; none on paper.
  func html(actions: HTML = "") -> HTML {
    """
    <header class="top"><div><h1>\(title)</h1><p class="lead">\(w("sheet.lead", ["company": dossier.head.company, "client": dossier.head.client]))</p></div>\(actions)</header>
    <p class="muted">\(w("sheet.scope", ["period": Self.period(dossier.head.period, w), "currency": dossier.head.base.code]))</p>
    \(headline)\(picture)\(company)\(DossierSection.written.map { section($0) })\(everything)\(notes)
    """
  }

  static func period(_ period: DossierPeriod, _ w: Words) -> String {
    switch period {
    case .all: w("sheet.all_time")
    case .year(let year): "\(year)"
    case .days(let first, let last): w("sheet.days", ["from": w.formats.date(first), "until": w.formats.date(last)])
    }
  }

  var made: String {
    w("sheet.made", [
      "date": w.formats.dateTime(dossier.head.madeAt), "name": dossier.head.madeBy, "company": dossier.head.company,
    ])
  }
}

// What it opens with.
extension DossierSheet {
  private var headline: HTML {
    let h = dossier.headline
    var figures: [(String, String)] = []
    if let since = h.since { figures.append((h.years > 0 ? w.count("sheet.years", h.years) : w("sheet.first_year"), w("sheet.since", ["date": w.formats.date(since)]))) }
    // A shop has clients and no projects.
    if h.projects > 0 { figures.append((w.formats.integer(h.projects), w.count("sheet.projects_done", h.projects))) }
    figures.append((w.formats.money(h.given.total), w("sheet.given")))
    figures.append((w.formats.money(h.benefit.total), w("sheet.benefit")))
    if let promises = h.promises, promises.due > 0 {
      figures.append((w("sheet.kept_of", ["kept": w.formats.integer(promises.kept), "due": w.formats.integer(promises.due)]), w("sheet.kept")))
    }
    let cells = figures.map { "<div><dt>\($0.1)</dt><dd>\($0.0)</dd></div>" as HTML }
    return "<dl class=\"figures\" aria-label=\"\(w("sheet.headline"))\">\(cells)</dl>"
  }

  private var picture: HTML {
    guard let picture = RelationshipPicture(PictureSubject(dossier), today: today, words: w) else { return "" }
    return "<h2>\(w("sheet.picture"))</h2>\(picture.html())\(years)"
  }

  private var years: HTML {
    guard dossier.totals.years.count > 1 else { return "" }
    let rows = dossier.totals.years.map { year -> HTML in
      "<tr><th scope=\"row\">\(String(year.year))</th><td class=\"num\">\(w.formats.amount(year.given.total))</td><td class=\"num\">\(w.formats.amount(year.benefit.total))</td></tr>"
    }
    return """
      <table class="tight"><caption>\(w("sheet.by_year", ["currency": dossier.head.base.code]))</caption><thead><tr><th scope="col">\(w("sheet.year"))</th><th scope="col" class="num">\(w("sheet.given"))</th><th scope="col" class="num">\(w("sheet.benefit"))</th></tr></thead>
      <tbody>\(rows)</tbody><tfoot><tr><th scope="row">\(w("sheet.total"))</th><td class="num">\(w.formats.amount(dossier.totals.given.total))</td><td class="num">\(w.formats.amount(dossier.totals.benefit.total))</td></tr></tfoot></table>
      """
  }
}

// Section 1.
extension DossierSheet {
  private var company: HTML { "<h2>\(w("sheet.section.company"))</h2>\(managers)\(projects)" }

  private var managers: HTML {
    guard !dossier.managers.isEmpty else { return "" }
    let rows = dossier.managers.map { manager -> HTML in
      "<tr><th scope=\"row\">\(manager.name)</th><td>\(manager.role)</td><td>\(span(manager.from, manager.until))</td></tr>"
    }
    return """
      <table class="rows"><caption>\(w("sheet.managers"))</caption><thead><tr><th scope="col">\(w("sheet.name"))</th><th scope="col">\(w("sheet.role"))</th><th scope="col">\(w("sheet.when"))</th></tr></thead><tbody>\(rows)</tbody></table>
      """
  }

  private var projects: HTML {
    guard !dossier.projects.isEmpty else {
      return dossier.headline.projects == 0 ? "" : "<p class=\"muted\">\(w("sheet.no_projects"))</p>"
    }
    let rows = dossier.projects.map { project -> HTML in
      "<tr><th scope=\"row\">\(project.name)</th><td>\(span(project.from, project.until))</td><td class=\"num\" data-label=\"\(w("sheet.price"))\">\(price(project))</td></tr>"
    }
    return """
      <table class="rows"><caption>\(w("sheet.projects"))</caption><thead><tr><th scope="col">\(w("sheet.project"))</th><th scope="col">\(w("sheet.when"))</th><th scope="col" class="num">\(w("sheet.price"))</th></tr></thead><tbody>\(rows)</tbody></table>
      """
  }

  private func price(_ project: ClientDossier.Project) -> HTML { project.price.map { HTML(w.formats.money($0)) } ?? "–" }

  private func span(_ from: CalendarDate?, _ until: CalendarDate?) -> HTML {
    switch (from, until) {
    case (nil, nil): "–"
    case (let from?, let until?): from == until ? w.dateTag(from) : "\(w.dateTag(from)) – \(w.dateTag(until))"
    case (let from?, nil): w.html("sheet.from", ["date": w.dateTag(from)])
    case (nil, let until?): w.html("sheet.until", ["date": w.dateTag(until)])
    }
  }
}

// Sections 2 to 5.
extension DossierSheet {
  private func section(_ section: DossierSection) -> HTML {
    let entries = dossier.entries(of: section), sum = dossier.totals.of(section)
    let value = w("sheet.value", ["currency": dossier.head.base.code])
    let heading: HTML = "<h2\(attr: "class", section == .special && !entries.isEmpty ? "tall" : nil)>\(w("sheet.section.\(section.rawValue)"))</h2>"
    guard !entries.isEmpty else {
      return "\(heading)<p class=\"muted\">\(w("sheet.empty", ["total": w.formats.money(sum.total)]))</p>"
    }
    return """
      \(heading)<table class="entries rows"><caption class="hide">\(w("sheet.section.\(section.rawValue)"))</caption><thead><tr><th scope="col" class="day">\(w("sheet.date"))</th><th scope="col">\(w("sheet.what"))</th><th scope="col" class="how-head">\(w("sheet.how"))</th><th scope="col" class="num">\(value)</th></tr></thead>
      <tbody>\(entries.map { row($0, value) })</tbody>
      <tfoot>\(total(w("sheet.section_total", ["number": "\(section.number)"]), sum, value))</tfoot></table>
      """
  }

  /// - Parameter head: of the amounts' column; on a phone it stands before each.
  private func row(_ entry: ClientDossier.Entry, _ head: String) -> HTML {
    let project: HTML = entry.projectName.map { "<span class=\"sub\">\(w("sheet.of_project", ["name": $0]))</span>" } ?? ""
    let why: HTML = entry.why.isEmpty ? "" : "<span class=\"sub story\">\(entry.why)</span>"
    return """
      <tr><td class="day">\(w.dateTag(entry.date))</td><th scope="row"><b>\(entry.what)</b>\(project)\(why)\(story(entry.story))</th><td class="how">\(how(entry))</td><td class="num" data-label="\(head)">\(value(entry))</td></tr>
      """
  }

  private func story(_ story: DossierStory) -> HTML {
    let parts = [("asked", story.asked), ("did", story.did), ("took", story.took)].filter { !$0.1.isEmpty }
    guard !parts.isEmpty else { return "" }
    return "<dl class=\"told\">\(parts.map { "<div><dt>\(w("sheet.story.\($0.0)"))</dt><dd class=\"story\">\($0.1)</dd></div>" as HTML })</dl>"
  }

  private func how(_ entry: ClientDossier.Entry) -> HTML {
    var lines: [HTML] = []
    if let amount = entry.amount {
      lines.append(HTML(w("sheet.basis.\(amount.basis.rawValue)")))
      if !amount.workings.isEmpty { lines.append(HTML(amount.workings)) }
    }
    if !entry.proof.isEmpty { lines.append(HTML(entry.proof)) }
    return lines.map { "<span class=\"sub\">\($0)</span>" as HTML }.joined()
  }

  private func value(_ entry: ClientDossier.Entry) -> HTML {
    guard let amount = entry.amount else { return "<span class=\"hide\">\(w("sheet.no_amount"))</span><span aria-hidden=\"true\">–</span>" }
    guard let value = entry.value else { return "<span class=\"sub\">\(w.formats.money(amount.money))</span>" }
    let original: HTML = amount.money.currency == value.currency ? "" : "<span class=\"sub\">\(w.formats.money(amount.money))</span>"
    return "\(w.formats.amount(value))\(original)"
  }

  private func total(_ label: String, _ sum: DossierSum, _ head: String) -> HTML {
    let rest = sum.unconverted.map { amount -> HTML in
      "<tr><th scope=\"row\" colspan=\"3\">\(w("sheet.not_converted"))</th><td class=\"num\">\(w.formats.money(amount))</td></tr>"
    }
    return "<tr><th scope=\"row\" colspan=\"3\">\(label)</th><td class=\"num\" data-label=\"\(head)\">\(w.formats.amount(sum.total))</td></tr>\(rest)"
  }
}

// All of it, and how it was worked out.
extension DossierSheet {
  private var everything: HTML {
    let rows = DossierSection.written.map { section -> HTML in
      "<tr><th scope=\"row\">\(w("sheet.section.\(section.rawValue)"))</th><td class=\"num\">\(w.formats.integer(dossier.totals.of(section).entries))</td><td class=\"num\">\(w.formats.amount(dossier.totals.of(section).total))</td></tr>"
    }
    let rest = dossier.totals.all.unconverted.map { amount -> HTML in
      "<tr><th scope=\"row\" colspan=\"2\">\(w("sheet.not_converted"))</th><td class=\"num\">\(w.formats.money(amount))</td></tr>"
    }
    return """
      <section class="keep"><h2>\(w("sheet.all_sections"))</h2><table><caption class="hide">\(w("sheet.all_sections"))</caption><thead><tr><th scope="col">\(w("sheet.section_head"))</th><th scope="col" class="num">\(w("sheet.entries"))</th><th scope="col" class="num">\(w("sheet.value", ["currency": dossier.head.base.code]))</th></tr></thead>
      <tbody>\(rows)</tbody><tfoot><tr><th scope="row">\(w("sheet.received"))</th><td class="num">\(w.formats.integer(dossier.totals.all.entries))</td><td class="num">\(w.formats.amount(dossier.totals.all.total))</td></tr>\(rest)</tfoot></table></section>
      """
  }

  private var notes: HTML {
    let bases = AmountBasis.allCases.map { "<div><dt>\(w("sheet.basis.\($0.rawValue)"))</dt><dd>\(w("sheet.basis_text.\($0.rawValue)"))</dd></div>" as HTML }
    let rates: HTML = dossier.totals.all.unconverted.isEmpty ? "" : "<p class=\"muted\">\(w("sheet.rates_text"))</p>"
    return "<section class=\"keep\"><h2>\(w("sheet.how_title"))</h2><dl class=\"bases\">\(bases)</dl>\(rates)<p class=\"muted\">\(made)</p></section>"
  }
}
