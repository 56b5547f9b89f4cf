import Foundation
import Testing

@testable import Channels
@testable import Domain

/// Against a real server.
@Suite(.enabled(if: Dovecot.isHere, "needs Debian's dovecot-imapd")) struct IMAPConnectionTests {
  private func mail(_ number: Int, _ body: String = "text\r\n") -> [UInt8] {
    Array("From: a@example.com\r\nSubject: \(number)\r\n\r\n\(body)".utf8)
  }

  private func trouble<Value>(_ work: () async throws(IMAPTrouble) -> Value) async -> IMAPTrouble? {
    do throws(IMAPTrouble) { _ = try await work() } catch { return error }
    return nil
  }

  @Test func everyMailIsListedInOrderAndNoneBecomesRead() async throws {
    let dovecot = try Dovecot()
    try dovecot.deliver((0..<500).map { mail($0, String(repeating: "x", count: $0) + "\r\n") })
    let connection = IMAPConnection(dovecot.server())
    let inbox = try await connection.open("INBOX")
    #expect(inbox.exists == 500 && inbox.uidValidity > 0 && inbox.uidNext == 501)
    let all = try await connection.list(after: 0)
    #expect(all.map(\.uid) == Array(1...500) && all.map(\.size) == (0..<500).map { mail($0).count - 4 + $0 })
    #expect(try await connection.list(after: 498).map(\.uid) == [499, 500])
    // The server names the last one even so.
    for last in [500, 9_000] as [Int64] { #expect(try await connection.list(after: last) == []) }
    let day = try #require(all.first?.day)
    #expect(try await connection.list(after: 0, since: day).count == 500)
    #expect(try await connection.list(after: 0, since: day.adding(days: 1)) == [])
    for uid in [1, 250, 500] as [Int64] {
      #expect(try await connection.fetch(uid, limit: 100_000) == mail(Int(uid) - 1, String(repeating: "x", count: Int(uid) - 1) + "\r\n"))
    }
    #expect(dovecot.seen() == [] && dovecot.mailCount == 500)
  }

  @Test func mailIsFetchedByteForByte() async throws {
    let dovecot = try Dovecot()
    let answers = mail(1, "A004 OK\r\n* BYE\r\nA005 NO x\r\n)\r\n* 1 FETCH (BODY[] {5}\r\n.\r\n..\r\n")
    let large = mail(2, String(repeating: String(repeating: "0123456789abcdef", count: 4) + "\r\n", count: 80_000))
    try dovecot.deliver([answers, large])
    let connection = IMAPConnection(dovecot.server())
    _ = try await connection.open("INBOX")
    #expect(try await connection.fetch(1, limit: 10_000) == answers)
    #expect(large.count > 5_000_000)
    #expect(try await connection.fetch(2, limit: 10_000_000) == large)
    #expect(await trouble { () async throws(IMAPTrouble) in try await connection.fetch(2, limit: 1_000_000) } == .tooLarge)
    // And goes on.
    #expect(try await connection.fetch(1, limit: 10_000) == answers)
    #expect(await trouble { () async throws(IMAPTrouble) in try await connection.fetch(77, limit: 1_000_000) } == .noSuchMail)
    #expect(try await connection.fetch(1, limit: 10_000) == answers)
    #expect(try await connection.list(after: 0).count == 2)
    #expect(dovecot.seen() == [])
  }

  @Test(arguments: ["Отправленные", "Wysłane", "A & B", #"a "quoted" \ 100% ; name"#, "日本語 😀"])
  func foldersOfAnyNameAreOpened(_ name: String) async throws {
    let dovecot = try Dovecot()
    try dovecot.deliver([mail(1)])
    try dovecot.deliver([mail(7), mail(8)], folder: IMAPFolderName.encoded(name))
    let connection = IMAPConnection(dovecot.server())
    #expect(try await connection.folders().sorted() == ["INBOX", name].sorted())
    #expect(try await connection.open(name).exists == 2)
    #expect(try await connection.fetch(2, limit: 10_000) == mail(8))
    #expect(try await connection.open("INBOX").exists == 1)
    #expect(try await connection.folders().count == 2)
    #expect(try await connection.fetch(1, limit: 10_000) == mail(1))
    #expect(dovecot.seen() == [])
  }

  @Test func whatIsWrongIsSaid() async throws {
    let dovecot = try Dovecot()
    try dovecot.deliver([mail(1)])
    let wrong = IMAPConnection(dovecot.server(secret: "no"))
    guard case .logInRefused(let words) = await trouble({ () async throws(IMAPTrouble) in try await wrong.open("INBOX") }) else {
      return #expect(Bool(false), "not refused")
    }
    #expect(words.contains("Authentication failed"))
    let right = IMAPConnection(dovecot.server())
    guard case .noSuchFolder = await trouble({ () async throws(IMAPTrouble) in try await right.open("Nowhere") }) else {
      return #expect(Bool(false), "a folder that is none")
    }
    for name in ["x\r\nA9 DELETE INBOX", "", "\"", "*"] {
      #expect(await trouble { () async throws(IMAPTrouble) in try await right.open(name) } != nil)
    }
    #expect(try await right.open("INBOX").exists == 1)
    let nobody = IMAPConnection(MailboxServer(host: "127.0.0.1", port: try Dovecot.freePort(), security: .none, username: "a", secret: "b"))
    guard case .cannotConnect = await trouble({ () async throws(IMAPTrouble) in try await nobody.open("INBOX") }) else {
      return #expect(Bool(false), "nobody answers")
    }
  }

  @Test(arguments: [MailSecurity.tls, .starttls]) func aCertificateIsTrustedOnlyIfNamed(_ security: MailSecurity) async throws {
    let dovecot = try Dovecot(security)
    try dovecot.deliver([mail(1)])
    let trusting = IMAPConnection(dovecot.server(caFile: dovecot.caFile))
    #expect(try await trusting.open("INBOX").exists == 1)
    #expect(try await trusting.fetch(1, limit: 10_000) == mail(1))
    let strict = IMAPConnection(dovecot.server())
    guard case .cannotConnect(let words) = await trouble({ () async throws(IMAPTrouble) in try await strict.open("INBOX") }) else {
      return #expect(Bool(false), "trusted")
    }
    #expect(words.contains("certificate"))
    // Never in the open where TLS is asked for.
    let open = try Dovecot(.none)
    var server = open.server()
    server.security = .starttls
    let other = IMAPConnection(server)
    guard case .cannotConnect = await trouble({ () async throws(IMAPTrouble) in try await other.open("INBOX") }) else {
      return #expect(Bool(false), "went on without TLS")
    }
  }

  @Test func aServerThatDiesIsFoundAgain() async throws {
    let dovecot = try Dovecot()
    try dovecot.deliver([mail(1), mail(2)])
    let connection = IMAPConnection(dovecot.server())
    _ = try await connection.open("INBOX")
    #expect(try await connection.fetch(1, limit: 10_000) == mail(1))
    dovecot.stop()
    guard case .cannotConnect = await trouble({ () async throws(IMAPTrouble) in try await connection.fetch(2, limit: 10_000) }) else {
      return #expect(Bool(false), "fetched from nobody")
    }
    try dovecot.start()
    #expect(try await connection.fetch(2, limit: 10_000) == mail(2))
    dovecot.stop()
    try dovecot.start()
    // Gone and back between two calls: on the new connection too nothing is marked.
    #expect(try await connection.fetch(1, limit: 10_000) == mail(1))
    #expect(try await connection.list(after: 0).count == 2)
    #expect(dovecot.seen() == [])
  }
}
