import Database
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Markup
import NIOCore
import NIOEmbedded
import Store
import Synchronization
import TestSupport

@testable import Web

/// The whole program without a socket: requests go through the front door (router, middleware, log-in, rights) to a base of
/// its own on either engine. Two teams of people are there, logged in; clients are the test's to make.
///
///     try await withTestSite(engine) { site in
///       let answer = try await site.get("/clients", as: .maria)
///     }
struct TestSite: Sendable {
  let site: Site
  let store: Store
  let time: TestTime
  let routes: [RouteDeclaration]
  private let responder: RouterResponder<AppContext>

  var now: Instant { time.now }

  /// - Parameter people: false leaves the base as a first start finds it.
  init(
    _ database: any Database, people: Bool = true, baseURL: String = "http://localhost:8080", mail: MailSetup = MailSetup(),
    time: TestTime = TestTime()
  ) async throws {
    self.time = time
    store = Store(database: database)
    let resources = try Resources.folder()
    site = Site(
      store: store, messages: try Messages(directory: resources.appendingPathComponent("Locales")),
      assets: try Assets(folder: resources.appendingPathComponent("Assets")),
      settings: SiteSettings(baseURL: baseURL, build: "test"), clock: { time.now }, random: Secret.random,
      log: Logger(label: "test"), mail: mail)
    let application = WebApplication(site)
    responder = application.responder
    routes = application.routes
    if people { try await TestPerson.settle(in: database, at: time.now) }
  }

  /// The same base served under another address.
  func over(_ baseURL: String) async throws -> TestSite {
    try await TestSite(store.database, people: false, baseURL: baseURL, time: time)
  }

  func actor(_ person: TestPerson, limit: Set<Permission>? = nil) -> Actor {
    Actor(
      id: person.id, name: person.rawValue, role: person.role, scope: person.scope, teamID: person.team, language: .en,
      zone: "Europe/Sofia", limit: limit)
  }
  func write<T: Sendable>(as person: TestPerson = .owner, _ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
    try await store.write(as: actor(person), at: now, body)
  }
  func read<T: Sendable>(as person: TestPerson = .owner, _ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
    try await store.read(as: actor(person), at: now, body)
  }

  /// As a logged-in browser asks; nobody is logged in when `person` is nil.
  func send(
    _ method: HTTPRequest.Method, _ path: String, as person: TestPerson? = .owner, _ headers: HTTPFields = [:],
    body: [UInt8] = []
  ) async throws -> TestAnswer {
    var headers = headers
    if let person { headers[.cookie] = "\(site.settings.cookieName)=\(person.sessionToken)" }
    if method != .get, headers[.origin] == nil { headers[.origin] = site.settings.baseURL }
    return try await respond(method, path, headers, body)
  }

  func respond(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]) async throws -> TestAnswer {
    let head = HTTPRequest(method: method, scheme: "http", authority: "localhost:8080", path: path, headerFields: headers)
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
    let context = AppContext(source: .init(channel: NIOAsyncTestingChannel(), logger: site.log))
    let response: Response
    do { response = try await responder.respond(to: request, context: context) } catch let error as any HTTPResponseError {
      response = try error.response(from: request, context: context)
    }
    let sink = TestSink()
    try await response.body.write(sink)
    return TestAnswer(status: response.status.code, headers: response.headers, bytes: sink.bytes.withLock { $0 })
  }

  func get(_ path: String, as person: TestPerson? = .owner, _ headers: HTTPFields = [:]) async throws -> TestAnswer {
    try await send(.get, path, as: person, headers)
  }

  /// A form as a browser submits it.
  func post(_ path: String, as person: TestPerson? = .owner, _ fields: [(String, String)] = []) async throws -> TestAnswer {
    let body = String(URLText.query(fields).dropFirst())
    return try await send(.post, path, as: person, [.contentType: "application/x-www-form-urlencoded"], body: Array(body.utf8))
  }
}

func withTestSite<T>(
  _ engine: Engine, connections: Int = 4, mail: MailSetup = MailSetup(), _ body: (TestSite) async throws -> T
) async throws -> T {
  try await withTestDatabase(engine, migrations: Schema.migrations, connections: connections) { database in
    try await body(try await TestSite(database, mail: mail))
  }
}

/// A clock that goes on when told to.
final class TestTime: Sendable {
  /// 5 November 2026, 14:07 UTC.
  private let current = Mutex(Instant(milliseconds: 1_793_887_620_000))
  var now: Instant { current.withLock { $0 } }
  func goOn(milliseconds: Int64) { current.withLock { $0 = $0.adding(milliseconds: milliseconds) } }
}

struct TestAnswer: Sendable {
  let status: Int
  let headers: HTTPFields
  let bytes: [UInt8]
  var text: String { String(decoding: bytes, as: UTF8.self) }
  var location: String? { headers[.location] }
}

private struct TestSink: ResponseBodyWriter {
  final class Bytes: Sendable {
    private let value = Mutex<[UInt8]>([])
    func withLock<T: Sendable>(_ body: (inout sending [UInt8]) -> sending T) -> T { value.withLock(body) }
  }
  let bytes = Bytes()
  mutating func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += Array(buffer.readableBytesView) } }
  consuming func finish(_ trailers: HTTPFields?) async throws {}
}
