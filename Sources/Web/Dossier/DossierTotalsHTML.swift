import Domain
import Markup

/// The figures of a dossier: what it opens with, and its sums by section, project and year.
enum DossierTotalsHTML {
  static func headline(_ headline: DossierHeadline, _ call: Call) -> HTML {
    let w = call.words
    var figures: [(String, HTML, String)] = []
    let since = headline.since.map { w("dossier.since", ["date": w.formats.date($0)]) } ?? ""
    figures.append((w("dossier.headline.years"), "\(headline.years == 0 ? w("dossier.under_a_year") : w.count("dossier.years", headline.years))", since))
    figures.append((w("dossier.headline.projects"), "\(w.formats.integer(headline.projects))", ""))
    figures.append((w("dossier.headline.given"), "\(w.formats.money(headline.given.total))", unconvertedText(headline.given, w)))
    figures.append((w("dossier.headline.benefit"), "\(w.formats.money(headline.benefit.total))", unconvertedText(headline.benefit, w)))
    let promises = headline.promises
    figures.append((
      w("dossier.headline.promises"),
      "\(promises.map { w("dossier.promises_of", ["kept": w.formats.integer($0.kept), "due": w.formats.integer($0.due)]) } ?? "–")",
      promises == nil ? w("dossier.no_promises") : ""))
    let items = figures.map { label, value, note -> HTML in
      let meta: HTML = note.isEmpty ? "" : "<dd class=\"meta\">\(note)</dd>"
      return "<div class=\"stat\"><dt>\(label)</dt><dd>\(value)</dd>\(meta)</div>"
    }
    return "<dl class=\"stats\">\(items)</dl>"
  }

  /// All sections together, then by project and by year where there is more than one.
  static func sums(_ totals: DossierTotals, _ call: Call) -> HTML {
    let w = call.words
    let base = totals.all.total.currency
    let sections = DossierSection.written.map { section -> HTML in
      """
      <tr><th scope="row">\(w("dossier.section_title", ["number": "\(section.number)", "title": w("dossier.section.\(section)")]))</th>\
      <td class="num">\(w.formats.integer(totals.of(section).entries))</td><td class="num">\(w.formats.amount(totals.of(section).total))</td></tr>
      """
    }
    return """
      <section class="card dossier-sums"><header><h2 id="sums">\(w("dossier.sums"))</h2></header>
      <div class="scroll" role="region" aria-labelledby="sums" tabindex="0"><table><thead><tr><th scope="col">\(w("dossier.column.section"))</th>\
      <th scope="col" class="num">\(w("dossier.column.entries"))</th><th scope="col" class="num">\(w("dossier.column.value", ["currency": base.code]))</th></tr></thead>
      <tbody>\(sections)</tbody><tfoot><tr><th scope="row">\(w("dossier.all_sections"))\(unconverted(totals.all, call))</th><td class="num">\(w.formats.integer(totals.all.entries))</td>\
      <td class="num">\(w.formats.amount(totals.all.total))</td></tr></tfoot></table></div>
      \(projects(totals, call))\(years(totals, call))</section>
      """
  }

  private static func projects(_ totals: DossierTotals, _ call: Call) -> HTML {
    let w = call.words
    guard totals.projects.contains(where: { $0.name != nil }) else { return "" }
    let rows = totals.projects.map { project -> HTML in
      """
      <tr><th scope="row">\(project.name ?? w("dossier.no_project"))</th><td class="num">\(w.formats.integer(project.sum.entries))</td>\
      <td class="num">\(w.formats.amount(project.sum.total))</td></tr>
      """
    }
    return """
      <div class="scroll" role="region" aria-labelledby="by-project" tabindex="0"><table><caption id="by-project">\(w("dossier.by_project"))</caption><thead><tr>\
      <th scope="col">\(w("dossier.column.project"))</th><th scope="col" class="num">\(w("dossier.column.entries"))</th>\
      <th scope="col" class="num">\(w("dossier.column.value", ["currency": totals.all.total.currency.code]))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private static func years(_ totals: DossierTotals, _ call: Call) -> HTML {
    let w = call.words
    guard totals.years.count > 1 else { return "" }
    let code = totals.all.total.currency.code
    let series = [("given", totals.years.map(\.given)), ("benefit", totals.years.map(\.benefit))].map { name, sums in
      Chart.Series(w("dossier.column.\(name)", ["currency": code]), sums.map { Double($0.total.minor) })
    }
    let first = totals.years.first?.year ?? 0, last = totals.years.last?.year ?? 0
    return Chart(
      .bars, id: "by-year", title: w("dossier.by_year"),
      summary: w("dossier.by_year_text", ["first": String(first), "last": String(last), "currency": code]), head: w("dossier.column.year"),
      categories: totals.years.map { String($0.year) }, series: series, number: .money(totals.all.total.currency),
      empty: w("dossier.empty_filtered"), tableTitle: w("dossier.same_table")
    ).html(w.formats)
  }

  /// What the sum leaves out, said beside it.
  static func unconverted(_ sum: DossierSum, _ call: Call) -> HTML {
    let text = unconvertedText(sum, call.words)
    return text.isEmpty ? "" : "<span class=\"sub\">\(text)</span>"
  }

  private static func unconvertedText(_ sum: DossierSum, _ w: Words) -> String {
    guard !sum.unconverted.isEmpty else { return "" }
    return w("dossier.not_counted", ["amounts": sum.unconverted.map { w.formats.money($0) }.joined(separator: ", ")])
  }
}
