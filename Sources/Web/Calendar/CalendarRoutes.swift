import Domain
import HTTPTypes

extension Routes {
  enum Calendar {
    static let settings = Route<Void>(.get, "/settings/calendar", .may(.viewTasks))
    static let make = Route<Void>(.post, "/settings/calendar", .may(.viewTasks))
    static let withdraw = Route<Void>(.post, "/settings/calendar/withdrawal", .may(.viewTasks))
    /// Calendar programs cannot log in: the token in the path is the key. It ends with `.ics`.
    static let feed = Route<String>(.get, "/calendar/:id", .everyone)
  }
}

/// Promises, tasks and yearly dates in people's own calendars.
enum Calendars {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Calendar.settings, CalendarSettings.page)
    book.on(Routes.Calendar.make, CalendarSettings.make)
    book.on(Routes.Calendar.withdraw, CalendarSettings.withdraw)
    book.on(Routes.Calendar.feed, CalendarFeedPage.answer)
  }
}
