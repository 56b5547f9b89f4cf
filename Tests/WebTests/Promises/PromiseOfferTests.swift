import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// What is typed about a contact offers its promises, and makes none by itself.
struct PromiseOfferTests {
  private static let contact = [("channel", "call"), ("direction", "in"), ("when", "2026-11-05T15:00"), ("body", "Long talk.\n→ price by Friday")]

  private func open(_ site: TestSite, _ firm: ClientID) async throws -> [StoredPromise] { try await site.read { try $0.promises(of: firm).open } }

  @Test func isOfferedWhileOneTypes() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm(of: .maria)
      let form = try await site.get(Routes.History.log(firm), as: .maria)
      #expect(form.text.contains("data-check=\"/promises/recognition\"") && form.text.contains("data-checked"))
      let offer = try await site.send(
        .post, Routes.Promises.recognition(), as: .maria, [.xFragment: "1", .contentType: "application/x-www-form-urlencoded"],
        body: Array(URLText.query(Self.contact).dropFirst().utf8))
      #expect(offer.status == 200 && offer.text.contains("Make the promise: price, by 6\u{A0}Nov\u{A0}2026") && !offer.text.contains("checked"))
      #expect(try await open(site, firm).isEmpty)
    }
  }

  @Test(arguments: Engine.all) func isMadeByATickAndGoesWithTheUndo(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm(of: .maria)
      let offered = [("promise_key_0", "us 2026-11-06 price"), ("promise_side_0", "us"), ("promise_what_0", "price for 2027"), ("promise_due_0", "2026-11-09"), ("promise_time_0", "")]
      let answer = try await site.post(Routes.History.log(firm), as: .maria, Self.contact + offered + [("promise_0", "1")])
      #expect(answer.status == 303 && answer.location?.contains("offer=") == false)
      let made = try #require(try await open(site, firm).first)
      #expect(made.value.terms.what == "price for 2027" && made.value.due.date == CalendarDate("2026-11-09") && made.entryID != nil)
      #expect(try await site.get(Routes.Clients.page(firm), as: .maria).text.contains("We promised: price for 2027"))
      _ = try await site.post(Routes.undo(try site.undo(answer)), as: .maria)
      #expect(try await open(site, firm).isEmpty)
      #expect(try await site.entries(firm, TimelineFilter()).contains { $0.kind == .withdrawal })
      // A bad date comes back with what was typed, and nothing is logged.
      let bad = try await site.post(Routes.History.log(firm), as: .maria, Self.contact + [
        ("promise_key_0", "k"), ("promise_side_0", "us"), ("promise_what_0", "price"), ("promise_due_0", "whenever"), ("promise_time_0", ""), ("promise_0", "1"),
      ])
      #expect(bad.status == 422 && bad.text.contains("value=\"whenever\"") && bad.text.contains("promise_due_0-error"))
      #expect(try await open(site, firm).isEmpty)
    }
  }

  /// Without script: the contact is logged, and the client's page asks.
  @Test func isOfferedOnThePageAfterwards() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm(of: .maria)
      let answer = try await site.post(Routes.History.log(firm), as: .maria, Self.contact)
      let location = try #require(answer.location)
      #expect(location.contains("offer="))
      #expect(try await open(site, firm).isEmpty)
      let page = try await site.get(location, as: .maria)
      #expect(page.text.contains("Found in what you wrote. We promised: price, by 6\u{A0}Nov\u{A0}2026"))
      let entry = try #require(try await site.entries(firm).first?.id)
      let made = try await site.post(Routes.Promises.add(firm), as: .maria, [
        ("what", "price"), ("due", "2026-11-06"), ("time", ""), ("side", "us"), ("entry", "\(entry)"), ("back", location), ("zone", "Europe/Sofia"),
      ])
      #expect(made.status == 303)
      #expect(try await open(site, firm).map(\.entryID) == [entry])
      #expect(try await !site.get(location, as: .maria).text.contains("Found in what you wrote"))
      // Seen and left: nobody is asked again.
      let left = try await site.post(Routes.History.log(firm), as: .maria, Self.contact + [("promise_key_0", "us 2026-11-06 price"), ("promise_what_0", "price")])
      #expect(left.location?.contains("offer=") == false)
      // Another client's entry offers nothing here.
      let other = try await site.firm("Beta", of: .maria)
      #expect(try await !site.get("\(Routes.Clients.page(other))?offer=\(entry)", as: .maria).text.contains("Found in what you wrote"))
    }
  }
}
