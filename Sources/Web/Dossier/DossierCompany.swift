import Domain
import Markup

/// Section 1: the company, who decided for it over time, and each project with its price and period. Computed.
enum DossierCompany {
  struct Manager { let name: HTML, role: String, from: CalendarDate?, until: CalendarDate? }
  struct Project {
    let name: HTML, from: CalendarDate?, until: CalendarDate?, price: Money?, value: Money?
    /// What we gave with it and what was left: for us alone, the latter for some of us.
    var given: Money?
    var margin: Money?
  }

  static func html(_ managers: [Manager], _ projects: [Project], base: Currency, _ call: Call) -> HTML {
    let w = call.words
    let title = w("dossier.section_title", ["number": "1", "title": w("dossier.section.company")])
    let people: HTML = managers.isEmpty
      ? "<p class=\"empty in\">\(w("dossier.no_managers"))</p>"
      : "<ul class=\"items\">\(managers.map { item($0, w) })</ul>"
    return """
      <section class="card dossier-section"><header><h2 id="s1">\(title)</h2></header>
      <h3>\(w("dossier.managers"))</h3>\(people)
      <h3 id="projects-h">\(w("dossier.projects"))</h3>\(projects.isEmpty ? empty(base, w) : table(projects, base, call))</section>
      """
  }

  private static func empty(_ base: Currency, _ w: Words) -> HTML {
    """
    <p class="empty in">\(w("dossier.empty.company"))</p><p class="dossier-total">\(w("dossier.total_line", ["total": w.formats.money(.zero(base))]))</p>
    """
  }

  private static func item(_ manager: Manager, _ w: Words) -> HTML {
    let role: HTML = manager.role.isEmpty ? "" : "<p class=\"meta\">\(manager.role)</p>"
    return "<li><div><b>\(manager.name)</b>\(role)</div><span class=\"meta\">\(period(manager.from, manager.until, w))</span></li>"
  }

  static func period(_ from: CalendarDate?, _ until: CalendarDate?, _ w: Words) -> String {
    switch (from, until) {
    case (let from?, let until?) where from == until: w.formats.date(from)
    case (let from?, let until?): w("dossier.from_until", ["from": w.formats.date(from), "until": w.formats.date(until)])
    case (let from?, nil): w("dossier.from", ["date": w.formats.date(from)])
    case (nil, let until?): w("dossier.until", ["date": w.formats.date(until)])
    case (nil, nil): ""
    }
  }

  private static func table(_ projects: [Project], _ base: Currency, _ call: Call) -> HTML {
    let w = call.words
    let isOurs = projects.contains { $0.given != nil }
    let code = ["currency": base.code]
    let hasMargin = projects.contains { $0.margin != nil }
    let price = w("dossier.column.price", code)
    let heads = ((isOurs ? ["given"] : []) + (hasMargin ? ["margin"] : [])).map { (name: $0, text: w("dossier.column.\($0)", code)) }
    let ours = heads.map { "<th scope=\"col\" class=\"num\">\($0.text)</th>" as HTML }
    let rows = projects.map { project -> HTML in
      let money = { (money: Money?) -> HTML in "\(money.map { w.formats.amount($0) } ?? "–")" }
      let foreign: HTML = project.price.map { $0.currency == base ? "" : "<span class=\"sub\">\(w.formats.money($0))</span>" } ?? ""
      let figures = heads.map { name, text -> HTML in
        "<td class=\"num\" data-label=\"\(text)\">\(money(name == "given" ? project.given : project.margin))</td>"
      }
      return """
        <tr><th scope="row">\(project.name)</th><td>\(period(project.from, project.until, w))</td><td class="num" data-label="\(price)">\(money(project.value))\(foreign)</td>\(figures)</tr>
        """
    }
    let total = projects.reduce(into: DossierSum(in: base)) { $0.add($1.price, value: $1.value) }
    let rest = heads.map { _ in "<td></td>" as HTML }
    return """
      <div class="scroll" role="region" aria-labelledby="projects-h" tabindex="0"><table class="dossier"><thead><tr><th scope="col">\(w("dossier.column.project"))</th>\
      <th scope="col">\(w("dossier.column.period"))</th><th scope="col" class="num">\(price)</th>\(ours)</tr></thead><tbody>\(rows)</tbody>
      <tfoot><tr><th scope="row" colspan="2">\(w("dossier.total_prices"))\(DossierTotalsHTML.unconverted(total, call))</th><td class="num" data-label="\(price)">\(w.formats.amount(total.total))</td>\(rest)</tr></tfoot></table></div>
      """
  }
}
