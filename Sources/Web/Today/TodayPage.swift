import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The list and what stands beside it, from one snapshot.
enum TodayPage {
  struct Model: Sendable {
    let state: TodayState
    let list: TodayList
    /// Of one heading in full.
    let next: TodayPlace?
    let lines: [TodayLine]
    let figures: TodayFigures?
    let kept: KeptPromises?
    let isAway: AbsenceRow?
    let choices: Choices
  }

  /// Promises of one account whose date comes in this month.
  struct KeptPromises: Sendable {
    let account: AccountID
    let days: ClosedRange<CalendarDate>
    let share: PromiseShare
  }

  struct Choices: Sendable {
    let colleagues: [(id: AccountID, name: String)]
    let teams: [(id: TeamID, name: String)]
    let name: String?
  }

  static func answer(_ call: Call) async throws -> Response {
    let state = TodayState(call.query)
    return try await call.page({ try read($0, state) }, { page($0, call) })
  }

  private static func read(_ reader: Reader, _ state: TodayState) throws -> Model {
    var list = TodayList(sections: []), next: TodayPlace?
    var lines: [TodayLine] = []
    let account = state.account(reader.actor.id)
    if let kind = state.lines, let account {
      lines = try reader.todayLines(kind, of: account)
    } else if let group = state.group {
      let part = try reader.today(state.view, only: group, after: state.after)
      if !part.rows.isEmpty { list = TodayList(sections: [TodaySection(group: group, count: part.rows.count, rows: part.rows)]) }
      next = part.next
    } else {
      list = try reader.today(state.view)
    }
    let figures = try account.map { try reader.todayFigures(of: $0, isEmpty: list.sections.isEmpty) }
    let today = reader.today
    let away = try account.flatMap { id in
      try reader.absences(of: id, from: today).first { $0.absence.covers(today) }
    }
    return Model(
      state: state, list: list, next: next, lines: lines, figures: figures, kept: try account.flatMap { try kept(reader, $0, today) }, isAway: away, choices: try choices(reader, state))
  }

  private static func kept(_ reader: Reader, _ account: AccountID, _ today: CalendarDate) throws -> KeptPromises? {
    guard reader.actor.may(.viewPromises), let first = CalendarDate(year: today.year, month: today.month, day: 1) else { return nil }
    let days = first...first.adding(months: 1).adding(days: -1)
    let share = try reader.promiseShare(PromiseScope(owner: account), days)
    return share.counted == 0 ? nil : KeptPromises(account: account, days: days, share: share)
  }

  /// Nobody but oneself, for those who see only their own.
  private static func choices(_ reader: Reader, _ state: TodayState) throws -> Choices {
    var name: String?
    if case .account(let id) = state.view { name = try reader.accountName(id) }
    if case .team(let id) = state.view { name = try reader.teamName(id) }
    guard reader.actor.scope != .own else { return Choices(colleagues: [], teams: [], name: name) }
    let choices = try reader.todayChoices()
    return Choices(colleagues: choices.colleagues, teams: choices.teams, name: name)
  }

  private static func page(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    let title = w("today.title", ["date": w.formats.weekdayAndDay(call.today)])
    return Page(w("nav.today"), place: .today, main: """
      <header class="head"><div><h1>\(title)</h1>\(counts(model, call))</div><div class="actions">\(views(model, call))</div></header>
      \(away(model, call))
      <div class="split"><div id="today">\(content(model, call))</div>
      \(TodayAside.html(model, call))</div>
      """)
  }

  private static func counts(_ model: Model, _ call: Call) -> HTML {
    guard model.state.lines == nil, model.state.group == nil else {
      return "<p class=\"sub\"><a href=\"\(model.state.with { _ in })\">\(call.icon("back"))\(call.words("today.back"))</a></p>"
    }
    let w = call.words
    let done: HTML = model.figures.map { "<span>\(w.count("today.done_count", $0.doneToday))</span>" } ?? ""
    let count = model.list.count
    let need = model.list.isCapped ? w("today.need_many", ["count": w.formats.integer(count)]) : w.count("today.need", count)
    return "<p class=\"sub today-counts\" id=\"counts\" data-fresh><span>\(need)</span> \(done)</p>"
  }

  /// Mine, the team's, a colleague's: as far as one may look.
  private static func views(_ model: Model, _ call: Call) -> HTML {
    let w = call.words, choices = model.choices
    guard !choices.colleagues.isEmpty || !choices.teams.isEmpty else { return "" }
    func option(_ value: String, _ text: String) -> HTML {
      "<option value=\"\(value)\"\(attr: "selected", if: value == model.state.of)>\(text)</option>"
    }
    let own = call.signedIn?.actor.id
    let people = choices.colleagues.filter { $0.id != own }.map { option($0.id.description, $0.name) }
    let teams = choices.teams.map { option("team-\($0.id)", w("today.view_team", ["name": $0.name])) }
    let nobody: HTML = call.signedIn?.actor.scope == .all ? option("nobody", w("today.view_nobody")) : ""
    return """
      <form class="row no-print" action="\(Routes.Today.page())"><label class="hide" for="of">\(w("today.whose"))</label>
      <select id="of" name="of" class="w-12" data-submit><option value="">\(w("today.view_mine"))</option>\(teams)\(people)\(nobody)</select><button class="no-js">\(w("clients.show"))</button></form>
      """
  }

  private static func away(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    var notes: HTML = ""
    if let away = model.isAway {
      let until = w.formats.date(away.absence.last)
      let text = away.deputy.map { w("today.away_deputy", ["date": until, "name": $0]) } ?? w("today.away", ["date": until])
      notes += "<div class=\"note info\">\(call.icon("info"))<p>\(text)</p></div>"
    }
    if case .mine = model.state.view {} else if let name = model.choices.name {
      notes += "<div class=\"note info\">\(call.icon("eye"))<p>\(w("today.page_of", ["name": name]))</p></div>"
    }
    return notes.isEmpty ? "" : "<div class=\"notes\">\(notes)</div>"
  }

  private static func content(_ model: Model, _ call: Call) -> HTML {
    if let kind = model.state.lines { return TodayLinesHTML.html(kind, model.lines, model.state, call) }
    guard !model.list.sections.isEmpty else { return empty(model, call) }
    let more: HTML = model.next.map { place in
      "<p class=\"list-end\"><a class=\"button\" href=\"\(model.state.with { ($0.group, $0.after) = (model.state.group, place) })\">\(call.words("today.further"))</a></p>"
    } ?? ""
    return """
      <form class="stack" method="post" action="\(Routes.Today.selected())" data-rows>\
      \(model.list.sections.map { TodayRows.section($0, model.state, call) })\(bulk(call))\
      <input type="hidden" name="back" value="\(model.state.url)"></form>\(more)
      """
  }

  private static func empty(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let next = model.figures?.next
    let text = next.map { w("today.empty_next", ["day": w.day($0, today: call.today)]) } ?? w("today.empty")
    return "<div class=\"empty\">\(call.icon("check"))<p>\(text)</p><a class=\"button\" href=\"\(Routes.Clients.list())\">\(w("today.to_clients"))</a></div>"
  }

  private static func bulk(_ call: Call) -> HTML {
    guard call.may(.logContacts) else { return "" }
    let w = call.words
    return """
      <div class="bulk" role="group" aria-label="\(w("clients.for_selected"))"><output class="count js" data-count="\(w("clients.selected"))"></output>
      <button name="until" value="tomorrow">\(call.icon("snooze"))\(w("today.snooze_tomorrow"))</button><button name="until" value="week">\(w("today.snooze_week"))</button></div>
      """
  }
}
