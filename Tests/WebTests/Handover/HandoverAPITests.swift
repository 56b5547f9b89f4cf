import Domain
import HTTPTypes
import Jobs
import Logging
import Store
import TestSupport
import Testing

@testable import Web

/// A handover and a briefing by program.
struct HandoverAPITests {
  @Test(arguments: Engine.all) func isStartedReadAndTakenBack(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let client = try await site.write { tx in
        var draft = ClientDraft(kind: .company, name: "Alfa")
        draft.ownerID = TestPerson.maria.id
        return try tx.createClient(draft)
      }
      let token = try await TestPerson.manager.token([.handingOver, .readFacts, .readPromises], in: site)
      func ask(_ method: HTTPRequest.Method, _ path: String, _ body: String = "") async throws -> TestAnswer {
        try await site.respond(
          method, "/api/v1" + path, [.authorization: "Bearer \(token)", .contentType: "application/json"], Array(body.utf8))
      }
      let maria = TestPerson.maria.id, ivan = TestPerson.ivan.id
      // Closing an account is beyond any token.
      let closing = #"{"fromId":\#(maria),"reason":"leaves","plan":{"method":"one","takerIds":[\#(ivan)]}}"#
      #expect(try await ask(.post, "/handovers", closing).status == 403)
      let self_ = #"{"fromId":\#(maria),"reason":"changes","plan":{"method":"one","takerIds":[\#(maria)]}}"#
      let refused = try await ask(.post, "/handovers", self_)
      #expect(refused.status == 422 && refused.text.contains(#""field":"plan.takerIds""#))
      let nobody = try await ask(.post, "/handovers", #"{"fromId":999,"reason":"changes","plan":{"method":"one","takerIds":[\#(ivan)]}}"#)
      #expect(nobody.status == 422 && nobody.text.contains(#""field":"fromId""#))
      let made = try await ask(.post, "/handovers", #"{"fromId":\#(maria),"reason":"changes","plan":{"method":"one","takerIds":[\#(ivan)]}}"#)
      #expect(made.status == 201)
      let path = try #require(made.location).replacing("/api/v1", with: "")
      let now = site.now
      let runner = JobRunner(store: site.store, kinds: JobCatalogue.all(site.store), clock: { now }, log: Logger(label: "test"))
      while try await runner.runNext() {}
      #expect(try await ask(.get, path).text.contains(#""state":"done""#))
      #expect(try await site.read { try $0.storedClient(client).draft.ownerID } == ivan)
      try await site.write { try $0.addFact(FactDraft(kind: .avoid, text: "Never on Mondays"), to: client) }
      let day = Zone.utc.date(now).adding(days: 3)
      _ = try await site.write {
        try $0.makePromise(PromiseTerms(what: "Send the price", ownerID: ivan), due: PromiseDue(date: day, zone: .utc), to: client)
      }
      let briefing = try await ask(.get, "/clients/\(client)/briefing")
      #expect(briefing.status == 200 && briefing.text.contains("Never on Mondays"))
      #expect(briefing.text.contains(#""section":"our_promises""#) && briefing.text.contains("Send the price"))
      // The token reads facts and promises, not history.
      #expect(!briefing.text.contains(#""section":"contacts""#))
      #expect(try await ask(.post, path + "/undo").status == 200)
      while try await runner.runNext() {}
      #expect(try await ask(.get, path).text.contains(#""restored":1"#))
    }
  }
}
