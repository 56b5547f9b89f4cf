import Domain
import Markup
import Store

/// What lies with each employee.
struct LoadSection: DashboardSection {
  let call: Call
  let filter: DashboardFilter
  let model: Dashboard

  var html: HTML {
    guard !model.people.isEmpty else { return "" }
    return card("load", w("dashboards.load"), w("dashboards.load_hint"), "<div class=\"plots\">\(chart.html(w.formats))\(table)</div>")
  }

  private func clientCount(_ person: Dashboard.Person) -> Int { (model.ages[person.id] ?? [:]).values.reduce(0, +) }

  /// Those who have something, the busiest first; a plot of two hundred would be none.
  private var chart: Chart {
    let people = model.people.filter { clientCount($0) > 0 }.sorted { (clientCount($1), $0.name) < (clientCount($0), $1.name) }.prefix(20)
    return Chart(
      .horizontalBars, id: "load", title: w("dashboards.load_clients"), summary: w("dashboards.load_hint"), head: w("dashboards.employee"),
      categories: people.map(\.name), series: [Chart.Series(w("clients.title"), people.map { Double(clientCount($0)) }, links: people.map { clients(owner: .account($0.id)) })],
      empty: w("dashboards.no_clients"), tableTitle: w("dashboards.as_table"))
  }

  private var table: HTML {
    var names = [w("clients.title"), w("dashboards.contacts")]
    if call.may(.viewPromises) { names.append(w("dashboards.open_promises")) }
    if call.may(.viewTasks) { names.append(w("dashboards.open_tasks")) }
    let heads = names.map { "<th scope=\"col\" class=\"num\">\($0)</th>" as HTML }
    return """
      <div class="scroll" role="region" aria-labelledby="load-by" tabindex="0"><table><caption id="load-by">\(w("dashboards.load_by"))</caption>
      <thead><tr><th scope="col">\(w("dashboards.employee"))</th>\(heads)</tr></thead><tbody>\(model.people.map(row))</tbody></table></div>
      """
  }

  private func row(_ person: Dashboard.Person) -> HTML {
    var own = filter
    own.owner = person.id
    let weeks = filter.weeks(until: call.today)
    let behind = weeks.first.map { contacts($0, call.today, author: person.id) } ?? ""
    let load = model.loads[person.id] ?? DashboardLoad(), mine = call.signedIn?.actor.id == person.id
    var waiting: [HTML] = []
    if call.may(.viewPromises) { waiting.append(link(load.promises, PromiseListPage.url(PromiseFilter(owner: person.id), call))) }
    if call.may(.viewTasks) { waiting.append(link(load.tasks, TaskList.url(TaskFilter(mine ? .mine : .all, owner: mine ? nil : person.id)))) }
    return """
      <tr><th scope="row"><a href="\(DashboardPage.url(own))">\(person.name)</a></th><td class="num">\(link(clientCount(person), clients(owner: .account(person.id))))</td>
      <td class="num">\(link(model.contactsBy[person.id] ?? 0, behind))</td>\(waiting.map { "<td class=\"num\">\($0)</td>" as HTML })</tr>
      """
  }
}
