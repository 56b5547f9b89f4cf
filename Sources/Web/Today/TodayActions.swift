import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Done, show again, and laying aside several at once. By script a row leaves at once and only the toast comes back.
enum TodayActions {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Today.done) { call, key in
      let back = TodayState.back(try await call.form())
      let undo = try await call.write { try $0.finish(key, returnTo: back) }
      return try await call.quick(undo, back: back, otherwise: "said.done")
    }
    book.on(Routes.Today.wake) { call, key in
      // From the client's page too.
      let back = try await localPath(call.form()["back"]) ?? Routes.Today.page()
      try await call.write { try $0.wake(key) }
      return call.redirect(to: back, said: "said.woken")
    }
    book.on(Routes.Today.selected, selected)
  }

  private static func selected(_ call: Call) async throws -> Response {
    let form = try await call.form()
    let back = TodayState.back(form), keys = form.all("id").prefix(100).compactMap { ReasonKey($0) }
    let today = call.today, week = form["until"] == "week"
    guard !keys.isEmpty else { return call.redirect(to: back, said: "said.nothing_changed") }
    try await call.write { tx in
      let calendar = try tx.calendar(of: tx.actor.id, from: today)
      let day = week ? SnoozeDraft.nextWeek(today, calendar) : SnoozeDraft.tomorrow(today, calendar)
      for key in keys { _ = try tx.attempt { try tx.snooze(key, SnoozeDraft(.day(day)), returnTo: back) } }
    }
    return call.redirect(to: back, said: "said.snoozed")
  }
}

extension Call {
  /// After something that made its row leave the list by itself: to a script the toast alone, to everyone else the page.
  func quick(_ undo: UndoID?, back: String, otherwise said: String) async throws -> Response {
    guard isFragment else { return redirect(to: back, undo: undo, said: undo == nil ? said : nil) }
    let notice = try await read { reader in try undo.flatMap { try reader.undoNotice($0) } }
    return answer(Page("", main: Shell.toastHTML(notice.map(Toast.undo) ?? .said(said), self)))
  }
}
