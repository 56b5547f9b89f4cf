import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

/// Route × person × whose record, generated from the declared routes: a new route is covered when it is declared. What is
/// expected follows from the declaration and the person's scope alone.
struct AccessMatrixTests {
  /// Nobody is logged in at first.
  private static let callers: [TestPerson?] = [nil] + TestPerson.allCases
  /// Of maria (own scope, team one), ivan (own scope, team two) and the owner (no team).
  private static let holders: [TestPerson] = [.maria, .ivan, .owner]

  enum Expected: Equatable { case logIn, forbidden, hidden, open
    /// Within reach, but perhaps for its author and managers only.
    case perhaps
  }

  static func expected(_ route: RouteDeclaration, _ caller: TestPerson?, _ records: SampleRecords, _ kind: SampleRecords.Kind) -> Expected {
    if case .everyone = route.access { return .open }
    guard let caller else { return .logIn }
    switch route.access {
    case .may(let permission), .api(let permission?):
      if !caller.role.may(permission) { return .forbidden }
    case .everyone, .signedIn, .api(nil): break
    }
    guard records.reaches(kind, caller) else { return .hidden }
    return kind != .authored || caller == records.owner || caller.role.may(.manageAccounts) ? .open : .perhaps
  }

  static func fits(_ answer: TestAnswer, _ expected: Expected, _ route: RouteDeclaration) -> Bool {
    switch expected {
    case .logIn:
      route.isWrite || route.isAPI ? answer.status == 401 : answer.status == 303 && answer.location?.hasPrefix("/login?") == true
    case .forbidden: answer.status == 403
    case .hidden: answer.status == 404
    // What the handler makes of an empty form is its own affair, as long as it let one in.
    case .perhaps: (200..<500).contains(answer.status) && answer.status != 401
    case .open: (200..<500).contains(answer.status) && ![401, 403].contains(answer.status)
    }
  }

  @Test func everyPathHasASample() async throws {
    try await withTestSite(.sqlite) { site in
      let records = try await SampleRecords.make(for: .maria, in: site)
      let missing = site.routes.filter { $0.path(records) == nil }.map(\.label)
      #expect(missing.isEmpty, "add samples to SampleRecords.id(for:)")
      #expect(site.routes.count > 60)
    }
  }

  /// All refusals of a route at once, then the whole base compared.
  @Test(arguments: Engine.all) func refusalsChangeNothing(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let all = try await Self.records(in: site)
      let before = try await DatabaseImage.of(site.store)
      var refused = 0
      for route in site.routes {
        for records in all {
          guard let (path, kind) = route.path(records) else { continue }
          for caller in Self.callers {
            let expected = Self.expected(route, caller, records, kind)
            guard expected != .open, expected != .perhaps else { continue }
            refused += 1
            let answer = try await Self.ask(site, route, path, caller)
            #expect(Self.fits(answer, expected, route), "\(route.label) of \(records.owner) as \(caller?.rawValue ?? "nobody"): \(answer.status), expected \(expected)")
          }
        }
        guard route.isWrite else { continue }
        let after = try await DatabaseImage.of(site.store)
        #expect(before == after, "\(route.label) changed \(before.difference(to: after))")
      }
      #expect(refused > 500)
    }
  }

  @Test func whoMayComesIn() async throws {
    try await withTestSite(.sqlite) { site in
      for route in site.routes {
        for holder in Self.holders {
          var records = try await SampleRecords.make(for: holder, in: site)
          for caller in Self.callers {
            guard let (path, kind) = route.path(records), Self.expected(route, caller, records, kind) == .open else { continue }
            if !route.isWrite, case .everyone = route.access, caller != nil { continue }
            let answer = try await Self.ask(site, route, path, caller)
            #expect(Self.fits(answer, .open, route), "\(route.label) of \(holder) as \(caller?.rawValue ?? "nobody"): \(answer.status)")
            if route.isWrite {
              // It may have worked: others meet the records as they were.
              try await TestPerson.restore(in: site.store.database, at: site.now)
              records = try await SampleRecords.make(for: holder, in: site)
              site.site.sessions.forgetAll()
            }
          }
        }
      }
    }
  }

  /// Nothing but the trail: a download notes at once who took it.
  @Test(arguments: Engine.all) func readingChangesNothing(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let all = try await Self.records(in: site)
      var before = try await DatabaseImage.of(site.store)
      for route in site.routes where !route.isWrite {
        for method in [HTTPRequest.Method.get, .head] {
          for records in all {
            guard let (path, _) = route.path(records) else { continue }
            let answer = try await site.send(method, path, as: records.owner)
            #expect(answer.status < 500, "\(route.label): \(answer.status)")
          }
        }
        let after = try await DatabaseImage.of(site.store)
        let changed = before.difference(to: after).filter { $0 != "audit" && $0 != "audit_head" }
        #expect(changed.isEmpty, "\(route.label) changed \(changed)")
        before = after
      }
    }
  }

  static func records(in site: TestSite) async throws -> [SampleRecords] {
    var all: [SampleRecords] = []
    for holder in holders { all.append(try await SampleRecords.make(for: holder, in: site)) }
    return all
  }

  static func ask(_ site: TestSite, _ route: RouteDeclaration, _ path: String, _ caller: TestPerson?) async throws -> TestAnswer {
    if route.isAPI {
      let body = route.sampleBody
      return try await site.send(
        route.method, path, as: caller, [.contentType: body.type, .ifMatch: "\"1\""], body: route.isWrite ? Array(body.text.utf8) : [])
    }
    // The version that a fresh record has: a form without one is sent back before the record is looked at.
    if route.isWrite { return try await site.post(path, as: caller, [("version", "1")]) }
    let answer = try await site.get(path, as: caller)
    // An address that only points to another one: the other decides.
    guard route.template.contains(":id"), let location = answer.location, !location.hasPrefix("/login") else { return answer }
    return try await site.get(location, as: caller)
  }
}
