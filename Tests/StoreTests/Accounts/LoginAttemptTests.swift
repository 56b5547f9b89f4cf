import Database
import Domain
import Store
import TestSupport
import Testing

struct LoginAttemptTests {
  @Test(arguments: Engine.all) func attemptsCountBeforeTheyAreJudged(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let store = base.store
      // Sent at once: no more than half the limit pass without a pause, whatever the order.
      let passed = try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<40 {
          let attempt = LoginAttempt(emailKey: "maria@example.com", address: "10.0.0.\(index)", at: base.now)
          group.addTask { try await store.begin(attempt, limit: 10) == 0 }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(passed == 5)
      let later = base.now.adding(milliseconds: LoginThrottle.window + 1)
      #expect(try await store.begin(LoginAttempt(emailKey: "maria@example.com", address: "x", at: later), limit: 10) == 0)
      let rows = try await store.database.read { try $0.value("SELECT count(*) FROM login_failure", as: Int.self) }
      #expect(rows == 2)
    }
  }

  @Test(arguments: Engine.all) func successForgetsTheAccountButNotTheAddress(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let store = base.store
      var moment = base.now
      for index in 0..<99 {
        moment = moment.adding(milliseconds: Instant.second)
        let attempt = LoginAttempt(emailKey: "user\(index % 2 == 0 ? index : 1)@example.com", address: "10.0.0.1", at: moment)
        guard try await store.begin(attempt, limit: 10) == 0 else { continue }
        if index % 2 == 1 { try await store.succeeded(attempt) }
      }
      // Fifty failures over fifty accounts from one address: it has to wait; another address does not.
      let again = LoginAttempt(emailKey: "other@example.com", address: "10.0.0.1", at: moment)
      let elsewhere = LoginAttempt(emailKey: "other@example.com", address: "10.0.0.2", at: moment)
      #expect(try await store.begin(again, limit: 10) > 0)
      #expect(try await store.begin(elsewhere, limit: 10) == 0)
    }
  }
}
