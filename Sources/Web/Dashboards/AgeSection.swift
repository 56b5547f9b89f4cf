import Domain
import Markup
import Store

/// Clients by the days since the last contact: in all as bars, by employee as a table of links.
struct AgeSection: DashboardSection {
  let call: Call
  let filter: DashboardFilter
  let model: Dashboard

  var html: HTML {
    let content = total == 0 ? "<p class=\"empty in\">\(w("dashboards.no_clients"))</p>" as HTML : "<div class=\"plots\">\(chart.html(w.formats))\(table.html(w.formats))</div>"
    return card("ages", w("dashboards.ages"), w.count("dashboards.clients_sum", total), content)
  }

  private func sum(_ age: ContactAge) -> Int { model.ages.values.reduce(0) { $0 + ($1[age] ?? 0) } }
  private var total: Int { ContactAge.allCases.reduce(0) { $0 + sum($1) } }

  private func name(_ age: ContactAge) -> String {
    let (from, until) = age.days
    return switch (age, until) {
    case (.never, _): w("clients.never_contacted")
    case (_, let until?): w("dashboards.days", ["from": w.formats.integer(from), "until": w.formats.integer(until)])
    case (_, nil): w("dashboards.days_over", ["days": w.formats.integer(from - 1)])
    }
  }

  private var chart: Chart {
    let ages = ContactAge.allCases
    return Chart(
      .bars, id: "ages", title: w("dashboards.ages_all"), summary: w.count("dashboards.clients_sum", total), head: w("dashboards.since_contact"),
      categories: ages.map(name), series: [Chart.Series(w("clients.title"), ages.map { Double(sum($0)) }, links: ages.map { clients(owner: nil, $0) })],
      empty: w("dashboards.no_clients"), tableTitle: w("dashboards.as_table"), isTableOpen: false)
  }

  private var table: HeatTable {
    var rows = model.people.filter { model.ages[$0.id] != nil }.map { row($0.name, .account($0.id), model.ages[$0.id] ?? [:]) }
    if let nobody = model.ages[nil] { rows.append(row(w("clients.no_owner"), .nobody, nobody)) }
    return HeatTable(
      id: "ages-by", title: w("dashboards.ages_by_owner"), head: w("clients.field.owner"), columns: ContactAge.allCases.map(name), rows: rows,
      empty: w("dashboards.no_clients"))
  }

  private func row(_ name: String, _ owner: ClientFilter.Owner, _ ages: [ContactAge: Int]) -> HeatTable.Row {
    HeatTable.Row(name, ContactAge.allCases.map { age in
      let count = ages[age] ?? 0
      return HeatTable.Cell(count, link: clients(owner: owner, age), label: w("dashboards.cell", ["count": w.formats.integer(count), "name": name, "days": self.name(age)]))
    })
  }
}
