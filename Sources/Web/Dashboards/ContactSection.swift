import Domain
import Markup
import Store

/// Contacts by channel and week: the five most used channels by themselves, the others together.
struct ContactSection: DashboardSection {
  let call: Call
  let filter: DashboardFilter
  let model: Dashboard

  var html: HTML {
    card("contacts", w("dashboards.contacts"), w.count("dashboards.contacts_sum", total), chart.html(w.formats))
  }

  private var total: Int { model.contacts.reduce(0) { $0 + $1.values.reduce(0, +) } }
  private var weeks: [CalendarDate] { filter.weeks(until: call.today) }

  private func sum(_ channel: Channel) -> Int { model.contacts.reduce(0) { $0 + ($1[channel] ?? 0) } }

  private var chart: Chart {
    let used = Channel.allCases.filter { sum($0) > 0 }.sorted { (sum($1), $0.rawValue) < (sum($0), $1.rawValue) }
    // A sixth colour for one channel is better than for "others" that are one.
    let named = used.count <= 6 ? used : Array(used.prefix(5))
    var series = named.map { channel in
      Chart.Series(
        w("history.channel.\(channel.rawValue)"), model.contacts.map { Double($0[channel] ?? 0) }, links: weeks.map { contacts($0, $0.adding(days: 6), channel) })
    }
    let others = used.dropFirst(named.count)
    if !others.isEmpty {
      series.append(Chart.Series(w("dashboards.other_channels"), model.contacts.map { week in Double(others.reduce(0) { $0 + (week[$1] ?? 0) }) }))
    }
    return Chart(
      .stackedBars, id: "contacts", title: w("dashboards.contacts_by_week"), summary: w.count("dashboards.contacts_sum", total),
      head: w("dashboards.week_of"), categories: weeks.map(w.formats.shortDay), categoryLinks: weeks.map { contacts($0, $0.adding(days: 6)) }, series: series,
      empty: w("dashboards.no_contacts"), tableTitle: w("dashboards.as_table"))
  }
}
