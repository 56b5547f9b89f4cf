import HTTPTypes
import TestSupport
import Testing

/// The tests' own tools work: someone logged in gets in, nobody is sent to the door, a cross-site write is refused.
struct TestSiteTests {
  @Test(arguments: Engine.all) func opensTheDoor(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      #expect(try await site.get("/healthz", as: nil).text == "ok\n")
      #expect(try await site.get("/", as: .maria).status == 303)
      #expect(try await site.get("/", as: nil).location?.hasPrefix("/login?next=") == true)
      let foreign = try await site.send(.post, "/undo/1", as: .owner, [.origin: "https://evil.example"])
      #expect(foreign.status == 403)
    }
  }
}
