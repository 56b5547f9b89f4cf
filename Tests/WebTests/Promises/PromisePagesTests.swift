import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

extension TestSite {
  func promise(_ client: ClientID, _ what: String = "price", due date: String = "2026-11-05", of person: TestPerson = .maria) async throws -> PromiseID {
    let due = PromiseDue(date: try #require(CalendarDate(date)), zone: try #require(Zone("Europe/Sofia")))
    return try await write { try $0.makePromise(PromiseTerms(what: what, ownerID: person.id), due: due, to: client) }
  }

  func state(_ id: PromiseID) async throws -> PromiseState { try await read { try $0.promise(id).value.state } }

  func undo(_ answer: TestAnswer) throws -> UndoID { try #require(answer.location?.split(separator: "undo=").last.flatMap { UndoID($0) }) }
}

struct PromisePagesTests {
  static let form = [("side", "us"), ("what", "price list"), ("due", "2026-11-06")]

  @Test(arguments: Engine.all) func isMadeKeptAndTakenBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .maria)
      let shown = try await site.get(Routes.Promises.new(firm), as: .maria)
      #expect(shown.status == 200 && shown.text.contains("Promise: Alfa"))
      let made = try await site.post(Routes.Promises.add(firm), as: .maria, Self.form)
      #expect(made.status == 303)
      let id = try #require(try await site.read { try $0.promises(of: firm).open.first?.id })
      let page = try await site.get(Routes.Clients.page(firm), as: .maria)
      #expect(page.text.contains("price list") && page.text.contains("data-key=\"p\"") && page.text.contains("due <time"))
      let kept = try await site.post(Routes.Promises.keep(id), as: .maria, [("version", "1"), ("back", "/promises")])
      #expect(kept.status == 303 && kept.location?.hasPrefix("/promises?undo=") == true)
      #expect(try await site.state(id) == .kept)
      let back = try await site.post(Routes.undo(try site.undo(kept)), as: .maria)
      #expect(back.status == 303)
      #expect(try await site.state(id) == .open)
      _ = try await site.post(Routes.undo(try site.undo(made)), as: .maria)
      #expect(try await site.state(id) == .open, "made and changed since: the first undo must not take it away")
    }
  }

  @Test func saysWhatIsWrong() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm()
      for (fields, text) in [
        ([("side", "us"), ("what", ""), ("due", "2026-11-06")], "Fill in this field"), ([("side", "us"), ("what", "x"), ("due", "soon")], "Enter a date"),
        ([("side", "x"), ("what", "x"), ("due", "2026-11-06")], "Choose who promised"),
        ([("side", "us"), ("what", "x"), ("due", "2026-11-06"), ("time", "25:00")], "Enter a time"),
        ([("side", "us"), ("what", "x"), ("due", "2999-11-06")], "within fifty years"),
      ] {
        let answer = try await site.post(Routes.Promises.add(firm), fields)
        #expect(answer.status == 422 && answer.text.contains(text) && answer.text.contains("Error: "), "\(fields)")
      }
      // Words do where the browser has no field for dates.
      let typed = try await site.post(Routes.Promises.add(firm), [("side", "us"), ("what", "x"), ("due", "до пятницы")])
      #expect(typed.status == 303)
      #expect(try await site.read { try $0.promises(of: firm).open.first?.value.due.date } == CalendarDate("2026-11-06"))
    }
  }

  @Test func getsAnotherDateWithItsReason() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm(), id = try await site.promise(firm)
      let path = Routes.Promises.renegotiate(id)
      #expect(try await site.get(path).text.contains("Agreed until now: 5\u{A0}Nov\u{A0}2026"))
      for (fields, text) in [
        ([("due", "2026-11-10"), ("version", "1")], "Fill in this field"), ([("due", "2026-11-01"), ("reason", "r"), ("version", "1")], "has not passed"),
        ([("due", "2026-11-05"), ("reason", "r"), ("version", "1")], "date agreed already"),
      ] {
        let answer = try await site.post(path, fields)
        #expect(answer.status == 422 && answer.text.contains(text), "\(fields)")
      }
      let stale = try await site.post(path, [("due", "2026-11-10"), ("reason", "r"), ("version", "7")])
      #expect(stale.status == 409)
      let moved = try await site.post(path, [("due", "2026-11-10"), ("time", "16:00"), ("zone", "Europe/Warsaw"), ("reason", "printer ill"), ("version", "1")])
      #expect(moved.status == 303)
      let page = try await site.get(Routes.Promises.page(id))
      #expect(page.text.contains("New date agreed") && page.text.contains("printer ill") && page.text.contains("16:00 in Europe/Warsaw"))
    }
  }

  @Test func isBrokenWithdrawnCancelledAndReopened() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm()
      for (route, form, state) in [
        (Routes.Promises.breakIt, Routes.Promises.breakForm as Route<PromiseID>?, PromiseState.broken), (Routes.Promises.withdraw, Routes.Promises.withdrawForm, .withdrawn),
        (Routes.Promises.cancel, nil, .cancelled),
      ] {
        let id = try await site.promise(firm, "\(state)")
        if let form { #expect(try await site.get(form(id)).status == 200) }
        #expect(try await site.post(route(id)).status == 428)
        #expect(try await site.post(route(id), [("version", "1"), ("reason", "why")]).status == 303)
        #expect(try await site.state(id) == state)
        #expect(try await site.post(route(id), [("version", "2")]).status == 409)
        #expect(try await site.get(Routes.Promises.page(id)).text.contains("Open again"))
        #expect(try await site.post(Routes.Promises.reopen(id), [("version", "2")]).status == 303)
        #expect(try await site.state(id) == .open)
      }
      let id = try await site.promise(firm, due: "2026-11-04")
      #expect(try await site.post(Routes.Promises.keep(id), [("version", "1"), ("kept_on", "2026-11-20")]).status == 422)
      #expect(try await site.post(Routes.Promises.keep(id), [("version", "1"), ("kept_on", "2026-11-05")]).status == 303)
    }
  }

  @Test func headAndListSayWhatIsDueAndOverdue() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm(of: .maria)
      _ = try await site.promise(firm, "today's")
      let late = try await site.promise(firm, "late one", due: "2026-11-03")
      let page = try await site.get(Routes.Clients.page(firm), as: .maria)
      #expect(page.text.contains("1 promise due today") && page.text.contains("1 promise overdue"))
      let list = try await site.get("/promises?state=overdue", as: .maria)
      #expect(list.text.contains("late one") && !list.text.contains("today&#39;s") && list.text.contains("was due"))
      #expect(try await site.get("/promises", as: .ivan).text.contains("You have no open promises."))
      #expect(try await site.get("/promises?owner=all", as: .owner).text.contains("late one"))
      #expect(try await site.get("/clients?promise=overdue", as: .maria).text.contains("Alfa"))
      #expect(try await !site.get("/clients?promise=overdue", as: .ivan).text.contains("Alfa"))
      let dialog = try await site.get(Routes.Promises.page(late), as: .maria, [.xFragment: "1"])
      #expect(dialog.text.contains("<form") && !dialog.text.contains("<main"))
      let share = try await site.get(Routes.Promises.share(), as: .maria)
      #expect(share.status == 200 && share.text.contains("0 of 1"))
    }
  }

  @Test func keepsEvidence() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm(), id = try await site.promise(firm)
      #expect(try await site.post(Routes.Promises.addEvidence(id), [("link", "javascript:alert(1)")]).status == 422)
      #expect(try await site.post(Routes.Promises.addEvidence(id), []).status == 422)
      #expect(try await site.post(Routes.Promises.addEvidence(id), [("link", "https://example.com/x?a=1&b=2")]).status == 303)
      #expect(try await site.get(Routes.Promises.page(id)).text.contains("https://example.com/x?a=1&amp;b=2"))
    }
  }

  @Test func scheduleIsTheCompanys() async throws {
    try await withTestSite(.sqlite) { site in
      let path = Routes.Promises.schedule()
      #expect(try await site.get(path, as: .maria).status == 403)
      #expect(try await site.get(path).text.contains("Reminders of promises"))
      let fields = [("days_before", "3"), ("escalate_after", ""), ("escalate_to", "all"), ("hour", "9"), ("version", "1")]
      #expect(try await site.post(path, [("days_before", "0")] + fields.dropFirst()).status == 422)
      #expect(try await site.post(path, fields).status == 303)
      let kept = try await site.read { try $0.promiseSchedule().value }
      #expect(kept == ReminderSchedule(daysBefore: 3, onTheDay: false, whenOverdue: false, escalateAfter: nil, escalateTo: .all, hour: 9))
      #expect(try await site.post(path, fields).status == 409)
    }
  }
}
