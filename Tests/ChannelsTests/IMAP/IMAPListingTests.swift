import Foundation
import Testing

@testable import Channels
@testable import Domain

/// No mail is passed over, whatever the server does.
@Suite struct IMAPListingTests {
  /// A folder of mail with UIDs 10, 20, …; what is said of a place may be changed.
  private func server(
    _ count: Int, _ change: @escaping @Sendable (_ place: Int, _ line: String, _ time: Int) -> String? = { _, line, _ in line },
    exists: @escaping @Sendable (_ time: Int) -> Int? = { _ in nil }
  ) throws -> ScriptedIMAP {
    try ScriptedIMAP { command, time in
      if command.hasPrefix("SELECT ") || command.hasPrefix("EXAMINE ") {
        let now = command.hasPrefix("EXAMINE ") ? exists(time) ?? count : count
        return ["* \(now) EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 100000] ok", "OK done"]
      }
      let words = command.split(separator: " ")
      guard words.count > 1, words[0] == "FETCH" else { return nil }
      let range = words[1].split(separator: ":").compactMap { Int($0) }
      guard range.count == 2 else { return ["BAD places"] }
      return (range[0]...range[1]).compactMap { place in
        change(place, "* \(place) FETCH (UID \(place * 10) RFC822.SIZE 5 INTERNALDATE \"22-Nov-2026 16:10:00 +0200\")", time)
      } + ["OK done"]
    }
  }

  private func opened(_ server: ScriptedIMAP) async throws -> IMAPConnection {
    let connection = IMAPConnection(server.server)
    _ = try await connection.open("INBOX")
    return connection
  }

  private func trouble<Value>(_ work: () async throws(IMAPTrouble) -> Value) async -> IMAPTrouble? {
    do throws(IMAPTrouble) { _ = try await work() } catch { return error }
    return nil
  }

  private let everything = (1...120).map { Int64($0 * 10) }

  @Test func whatIsMissingIsAskedForOnceMore() async throws {
    let server = try server(120) { place, line, time in place == 77 && time == 0 ? nil : line }
    #expect(try await opened(server).list(after: 0).map(\.uid) == everything)
    #expect(server.commands.filter { $0.hasPrefix("FETCH 51:100") }.count == 2)
  }

  /// What is said of the 77th mail.
  @Test(arguments: [
    nil, "* 77 FETCH (RFC822.SIZE 5)", "* 77 FETCH (UID 4294967296 RFC822.SIZE 5)", "* 9 FETCH (UID 770 RFC822.SIZE 5)", "junk",
    "* 77 FETCH (UID 760 RFC822.SIZE 5)", "* 77 FETCH (UID 11 RFC822.SIZE 5)",
  ]) func noMailIsPassedOverInSilence(_ said: String?) async throws {
    let server = try server(120) { place, line, _ in place == 77 ? said : line }
    let connection = try await opened(server)
    for uid in [0, 700] as [Int64] {
      guard case .server = await trouble({ () async throws(IMAPTrouble) in try await connection.list(after: uid) }) else {
        return #expect(Bool(false), "listed")
      }
    }
  }

  @Test func mailWithoutASizeIsListed() async throws {
    let server = try server(120) { place, line, _ in place == 77 ? "* 77 FETCH (UID 770 RFC822.SIZE NIL)" : line }
    let found = try await opened(server).list(after: 0)
    #expect(found.map(\.uid) == everything && found[76].size == 0)
  }

  /// The last 30 of 120 go away after the first batch.
  @Test func mailThatGoesAwayMeanwhileIsNoTrouble() async throws {
    let server = try server(120, { place, line, _ in place > 90 ? nil : line }, exists: { $0 < 2 ? 120 : 90 })
    #expect(try await opened(server).list(after: 0).map(\.uid) == Array(everything.prefix(90)))
  }

  @Test func aListingCanBeEndedAndTakenUpAgain() async throws {
    let server = try server(120)
    let connection = try await opened(server)
    var (found, last) = ([Int64](), Int64(0))
    for count in [70, 50, 0] {
      let next = try await connection.list(after: last, most: 70).map(\.uid)
      #expect(next.count == count)
      found += next
      last = next.last ?? last
    }
    #expect(found == everything)
    for none in [0, -1] { #expect(try await connection.list(after: 0, most: none) == []) }
    // No more of the folder is asked for than is needed.
    #expect(server.commands.filter { $0.hasPrefix("FETCH 101:120") }.isEmpty)
  }

  @Test func aListingTellsThatItGoesOn() async throws {
    let server = try server(120)
    let connection = try await opened(server)
    let asked = Counter()
    #expect(try await connection.list(after: 0, progress: { asked.next() >= 0 }).count == 120)
    // Between three batches.
    #expect(asked.count == 2)
    #expect(await trouble { () async throws(IMAPTrouble) in try await connection.list(after: 0, progress: { asked.next() < 3 }) } == .server("stopped"))
    #expect(asked.count == 4)
    #expect(try await connection.list(after: 1100).count == 10)
  }

  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0
    var count: Int { lock.withLock { value } }
    /// How often it was asked before.
    func next() -> Int {
      lock.withLock {
        defer { value += 1 }
        return value
      }
    }
  }

  @Test(arguments: [9_223_372_036_854_775_807, 4_294_967_296, -1]) func aCountBeyondAllBoundsIsRefused(_ count: Int) async throws {
    let server = try server(count)
    let connection = IMAPConnection(server.server)
    let found = await trouble { () async throws(IMAPTrouble) in try await connection.open("INBOX") }
    #expect(found == .server("The server counts more mail than there can be."))
    #expect(server.commands.contains { $0.hasPrefix("EXAMINE") })
  }

  @Test func aCountThatIsNotTrueEndsSoon() async throws {
    let server = try server(4_294_967_295) { _, _, _ in nil }
    let connection = try await opened(server)
    for uid in [0, 5] as [Int64] {
      guard case .server = await trouble({ () async throws(IMAPTrouble) in try await connection.list(after: uid) }) else {
        return #expect(Bool(false), "listed")
      }
    }
    #expect(server.commands.count < 20)
  }

  @Test(arguments: [
    (["OK done"], IMAPTrouble.noSuchMail), (["NO [UNAVAILABLE] Try later."], .server("[UNAVAILABLE] Try later.")),
    (["BAD not now"], .server("not now")), (["* 3 EXISTS", "OK done"], .noSuchMail),
    (["* 1 FETCH (UID 7 BODY[] {4}", "ab", ")", "NO Cut short."], .server("Cut short.")),
  ]) func aPassingTroubleIsNoMissingMail(_ answer: [String], _ expected: IMAPTrouble) async throws {
    let server = try ScriptedIMAP { command, _ in
      if command.hasPrefix("UID FETCH ") { return answer }
      return command.hasPrefix("EXAMINE ") ? ["* 3 EXISTS", "* OK [UIDVALIDITY 7] ok", "OK done"] : nil
    }
    let connection = try await opened(server)
    let found = await trouble { () async throws(IMAPTrouble) in try await connection.fetch(7, limit: 10_000) }
    #expect(found == expected, "\(server.commands)")
  }
}
