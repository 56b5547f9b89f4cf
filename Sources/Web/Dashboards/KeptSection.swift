import Domain
import Markup
import Store

/// Promises kept on time: the share of each month as a plot, months and employees as tables whose figures lead to the promises.
struct KeptSection: DashboardSection {
  let call: Call
  let filter: DashboardFilter
  let model: Dashboard

  var html: HTML {
    guard call.may(.viewPromises) else { return "" }
    let total = model.kept.reduce(PromiseShare()) { $0 + $1.share }
    let content: HTML = total.counted == 0 ? "<p class=\"empty in\">\(w("promises.none_counted"))</p>" : """
      <div class="plots">\(chart(total).html(w.formats))\(table("kept-by", w("promises.by_owner"), w("dashboards.employee"), model.keptBy.map(row)))</div>
      """
    return card("kept", w("promises.kept_on_time"), w("promises.share_hint"), content)
  }

  private var months: [CalendarDate] { filter.months(until: call.today) }

  private func share(of month: CalendarDate) -> PromiseShare { model.kept.first { $0.month == month }?.share ?? PromiseShare() }

  private func promises(_ days: ClosedRange<CalendarDate>, owner: AccountID?) -> String {
    let list = PromiseFilter(
      .kept, owner: owner, team: filter.team, side: .us, from: days.lowerBound, until: days.upperBound, inTime: true)
    return PromiseListPage.url(list, call)
  }

  private func promises(of month: CalendarDate) -> String {
    promises(month...month.adding(months: 1).adding(days: -1), owner: filter.owner)
  }

  private func chart(_ total: PromiseShare) -> Chart {
    let links = months.map(promises(of:))
    return Chart(
      .lines, id: "kept-months", title: w("promises.by_month"), summary: PromiseSharePage.ratio(total, w), head: w("promises.month"),
      categories: months.map(w.formats.month), categoryLinks: links,
      series: [Chart.Series(w("promises.kept_on_time"), months.map { share(of: $0).share }, links: links)], number: .share, top: 1,
      empty: w("promises.none_counted"), tableTitle: w("dashboards.as_table"), isTableOpen: true)
  }

  private func table(_ id: String, _ title: String, _ head: String, _ rows: [HTML]) -> HTML {
    """
    <div class="scroll" role="region" aria-labelledby="kept-h \(id)" tabindex="0"><table><caption id="\(id)">\(title)</caption>
    <thead><tr><th scope="col">\(head)</th><th scope="col" class="num">\(w("promises.on_time"))</th><th scope="col" class="num">\(w("promises.counted"))</th>\
    <th scope="col" class="num">%</th></tr></thead><tbody>\(rows)</tbody></table></div>
    """
  }

  private func row(_ one: (id: AccountID, name: String, team: String?, share: PromiseShare)) -> HTML {
    var own = filter
    own.owner = one.id
    let behind = filter.monthDays(until: call.today).map { promises($0, owner: one.id) } ?? ""
    return """
      <tr><th scope="row"><a href="\(DashboardPage.url(own))">\(one.name)</a></th><td class="num">\(link(one.share.onTime, behind))</td>\
      <td class="num">\(w.formats.integer(one.share.counted))</td><td class="num">\(PromiseSharePage.percent(one.share, w))</td></tr>
      """
  }
}
