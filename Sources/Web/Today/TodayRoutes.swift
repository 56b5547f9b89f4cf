import Domain
import HTTPTypes
import Hummingbird
import Store

extension Routes {
  enum Today {
    static let page = Route<Void>(.get, "/today", .may(.viewClients))
    static let done = Route<ReasonKey>(.post, "/today/:id/done", .may(.logContacts))
    static let snooze = Route<ReasonKey>(.get, "/today/:id/snooze", .may(.logContacts))
    static let saveSnooze = Route<ReasonKey>(.post, "/today/:id/snooze", .may(.logContacts))
    static let wake = Route<ReasonKey>(.post, "/today/:id/wake", .may(.logContacts))
    static let pass = Route<ReasonKey>(.get, "/today/:id/pass", .may(.logContacts))
    static let savePass = Route<ReasonKey>(.post, "/today/:id/pass", .may(.logContacts))
    static let selected = Route<Void>(.post, "/today/selected", .may(.logContacts))
    static let rule = Route<Void>(.get, "/today/order", .may(.viewClients))
  }
}

/// The page for every morning: who needs me now, and what did we promise.
enum Today {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Today.page, TodayPage.answer)
    book.on(Routes.Today.rule) { call in try await call.page({ _ in () }) { TodayRule.page(call) } }
    TodayActions.register(&book)
    SnoozePages.register(&book)
    PassPages.register(&book)
    RhythmInline.register(&book)
    WorkingTimePages.register(&book)
  }
}
