import Domain
import Markup
import Store

/// This week in numbers, each leading to its rows; then the rule of the order.
enum TodayAside {
  static func html(_ model: TodayPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let figures: HTML = model.figures.map { figures in
      """
      <section class="card" aria-labelledby="week-h"><header><h2 id="week-h">\(w("today.week"))</h2></header><dl class="stats" id="week" data-fresh>
      \(stat("today.week_done", figures.doneThisWeek, model.state.with { $0.lines = .done }, call))
      \(stat("today.week_coming", figures.coming, model.state.with { $0.lines = .coming }, call))
      \(stat("today.week_snoozed", figures.snoozed, model.state.with { $0.lines = .snoozed }, call))
      \(stat("today.week_soon", figures.soonTooRarely, soon(model, call), call))
      \(kept(model, call))</dl></section>
      """
    } ?? ""
    return "<aside class=\"stack\" aria-label=\"\(w("today.week"))\">\(figures)\(help(call))</aside>"
  }

  private static func soon(_ model: TodayPage.Model, _ call: Call) -> String {
    var filter = ClientFilter()
    filter.rhythm = .soon
    if let own = call.signedIn?.actor.id { filter.owner = .account(model.state.account(own) ?? own) }
    return Routes.Clients.list() + URLText.query(filter.pairs + [("sort", "due")])
  }

  private static func stat(_ key: String, _ number: Int, _ url: String, _ call: Call) -> HTML {
    let w = call.words
    let text = number >= TodayFigures.cap ? "\(w.formats.integer(TodayFigures.cap))+" : w.formats.integer(number)
    return "<div class=\"stat\"><dt>\(w(key))</dt><dd><a href=\"\(url)\">\(text)</a></dd></div>"
  }

  private static func kept(_ model: TodayPage.Model, _ call: Call) -> HTML {
    guard let kept = model.kept else { return "" }
    let list = PromiseFilter(
      .kept, owner: kept.account, side: .us, from: kept.days.lowerBound, until: kept.days.upperBound, inTime: true)
    return """
      <div class="stat"><dt>\(call.words("today.kept_month"))</dt>\
      <dd><a href="\(PromiseListPage.url(list, call))">\(PromiseSharePage.ratio(kept.share, call.words))</a></dd></div>
      """
  }

  private static func help(_ call: Call) -> HTML {
    """
    <section class="card no-print" aria-labelledby="order-h"><header><h2 id="order-h">\(call.words("today.order"))</h2></header>
    \(TodayRule.short(call))<p class="meta"><a href="\(Routes.Today.rule())">\(call.words("today.order_more"))</a></p></section>
    """
  }
}

/// The rule of the order, written down where it works.
enum TodayRule {
  static func short(_ call: Call) -> HTML { "<p class=\"meta\">\(call.words("today.rule.short"))</p>" }

  static func page(_ call: Call) -> Page {
    let w = call.words
    let groups = ReasonGroup.allCases.filter { group in ReasonKind.allCases.contains { $0.group == group } }
      .sorted { $0.rawValue < $1.rawValue }.map { "<li>\(w("today.group.\($0)"))</li>" as HTML }
    let rules = ["order", "once", "start", "days_off", "deputy", "clock", "dates", "snooze"].map { "<li>\(w("today.rule.\($0)"))</li>" as HTML }
    return Page(w("today.order"), place: .today, main: """
      <nav class="crumb" aria-label="\(w("history.place"))"><a href="\(Routes.Today.page())" data-key="u">\(call.icon("back"))\(w("nav.today"))</a></nav>
      <header class="head"><div><h1>\(w("today.order"))</h1></div></header>
      <section class="card narrow prose"><p>\(w("today.rule.groups"))</p><ol>\(groups)</ol><ul>\(rules)</ul></section>
      """)
  }
}

/// The rows behind a number: laid aside, coming, done.
enum TodayLinesHTML {
  static func html(_ kind: TodayLineKind, _ lines: [TodayLine], _ state: TodayState, _ call: Call) -> HTML {
    let w = call.words
    let list: HTML = lines.isEmpty
      ? "<p class=\"empty in\">\(w("today.none_\(kind.rawValue)"))</p>" : "<ul class=\"items\">\(lines.map { line($0, kind, state, call) })</ul>"
    return """
      <section class="card" aria-labelledby="lines-h"><header><h2 id="lines-h">\(w("today.week_\(kind.rawValue)"))</h2></header>\(list)</section>
      """
  }

  private static func line(_ line: TodayLine, _ kind: TodayLineKind, _ state: TodayState, _ call: Call) -> HTML {
    let w = call.words
    let name: HTML = line.clientID.map { id in
      "<b><a href=\"\(line.isClient ? Routes.Clients.page(id) : Routes.People.page(id))\">\(line.client ?? "")</a></b>"
    } ?? ""
    let what = w("today.kind.\(line.key.kind.rawValue)")
    let text: HTML = line.text.isEmpty ? "\(what)" : "\(what): \(line.text)"
    var meta: [HTML] = [w.dayTag(line.at, now: call.now)]
    if kind == .done { meta = [w.dateTimeTag(line.at)] }
    if let snooze = line.snooze {
      meta = [snooze.untilAnswer ? "\(w("today.until_answer_at_most", ["date": w.formats.date(line.at)]))" : "\(w("today.until_day", ["date": w.formats.date(line.at)]))"]
      if let by = snooze.by { meta.append("\(by)") }
      if !snooze.why.isEmpty { meta.append("\(snooze.why)") }
    }
    let button = kind == .snoozed ? wake(line.key, back: state.url, call) : ""
    let actions: HTML = button.isEmpty ? "" : "<div class=\"actions\">\(button)</div>"
    return "<li><div>\(name)<p class=\"matter\">\(call.icon(ReasonFaces.face(line.key.kind).icon))<span>\(text)</span></p><p class=\"meta\">\(meta.joined(by: " · "))</p></div>\(actions)</li>"
  }

  /// Ends a snooze; nothing for whoever may not.
  static func wake(_ key: ReasonKey, back: String, _ call: Call) -> HTML {
    guard call.may(.logContacts) else { return "" }
    return """
      <form method="post" action="\(Routes.Today.wake(key))"><input type="hidden" name="back" value="\(back)"><button class="small">\(call.words("today.wake"))</button></form>
      """
  }
}
