import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The link to one's own calendar: made, renewed and withdrawn here, shown once.
enum CalendarSettings {
  @Sendable static func page(_ call: Call) async throws -> Response {
    try await call.fresh({ try $0.calendarFeed() }) { view(call, $0) }
  }

  @Sendable static func make(_ call: Call) async throws -> Response {
    let token = call.site.newToken()
    try await call.write { try $0.makeCalendarFeed(tokenHash: Secret.hash(of: token)) }
    let w = call.words
    let address = call.site.settings.baseURL + Routes.Calendar.feed(token + CalendarFeedPage.suffix)
    return call.answer(Settings.page(call, .calendar, title: w("calendar.made_title"), """
      <section class="card stack narrow"><p>\(w("calendar.made_text"))</p>\(Settings.once(address, w))
      <div class="form-end"><a class="button" href="\(Routes.Calendar.settings())">\(w("calendar.back"))</a></div></section>
      """))
  }

  @Sendable static func withdraw(_ call: Call) async throws -> Response {
    try await call.write { try $0.withdrawCalendarFeed() }
    return call.redirect(to: Routes.Calendar.settings(), said: "said.calendar_withdrawn")
  }

  private static func view(_ call: Call, _ feed: CalendarFeed?) -> Page {
    let w = call.words
    let state: HTML
    if let feed {
      let used: HTML = feed.usedAt.map { w.html("calendar.used", ["when": w.dayTag($0, now: call.now)]) } ?? "\(w("calendar.unused"))"
      state = """
        <p>\(w.html("calendar.made", ["when": w.dayTag(feed.createdAt, now: call.now)])) \(used)</p>
        <div class="form-end"><form method="post" action="\(Routes.Calendar.make())"><button aria-describedby="renew-hint">\(call.icon("refresh"))\(w("calendar.renew"))</button></form>
        <form method="post" action="\(Routes.Calendar.withdraw())"><button class="danger">\(w("calendar.withdraw"))</button></form></div><p class="hint" id="renew-hint">\(w("calendar.renew_hint"))</p>
        """
    } else {
      state = """
        <p class="empty in">\(w("calendar.none"))</p>
        <form method="post" action="\(Routes.Calendar.make())"><button class="primary">\(call.icon("calendar"))\(w("calendar.make"))</button></form>
        """
    }
    return Settings.page(call, .calendar, title: w("calendar.title"), """
      <section class="card stack narrow" aria-label="\(w("calendar.title"))"><p>\(w("calendar.intro"))</p>\(state)</section>
      """)
  }
}
