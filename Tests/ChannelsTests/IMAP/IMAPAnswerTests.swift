import CCurl
import Testing

@testable import Channels
@testable import Domain

@Suite struct IMAPAnswerTests {
  @Test(arguments: [
    ("INBOX", "INBOX"), ("Отправленные", "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"), ("Wysłane", "Wys&AUI-ane"), ("A & B", "A &- B"),
    ("日本語", "&ZeVnLIqe-"), ("😀", "&2D3eAA-"), ("台北/日本語~peter", "&U,BTFw-/&ZeVnLIqe-~peter"), ("", ""),
  ]) func namesTravelInModifiedUTF7(_ name: String, _ encoded: String) {
    #expect(IMAPFolderName.encoded(name) == encoded)
    #expect(IMAPFolderName.decoded(encoded) == name)
  }

  @Test(arguments: [("a&", "a&"), ("&&-", "&&-"), ("&!-", "&!-"), ("&2D0-", "&2D0-"), ("Łódź", "Łódź")])
  func whatIsNoneStaysAsItIs(_ encoded: String, _ name: String) { #expect(IMAPFolderName.decoded(encoded) == name) }

  @Test func noNameEndsACommand() {
    #expect(IMAPFolderName.quoted("a\"\\\r\nb") == #""a\"\\b""#)
    #expect(IMAPFolderName.escaped("a/b;c %\r\n&-") == "a%2Fb%3Bc%20%25%0D%0A%26-")
  }

  @Test(arguments: [
    ("* 3 FETCH (UID 7 RFC822.SIZE 1234 INTERNALDATE \"22-Nov-2026 16:10:00 +0200\")", IMAPEntry(uid: 7, size: 1234, day: CalendarDate("2026-11-22"))),
    ("* 3 FETCH (FLAGS () INTERNALDATE \" 1-jan-2026 00:00:00 +0000\" RFC822.SIZE 0 UID 4294967295)", IMAPEntry(uid: 4_294_967_295, size: 0, day: CalendarDate("2026-01-01"))),
    ("* 3 FETCH (UID 7 RFC822.SIZE 5 INTERNALDATE \"99-Foo-2026\")", IMAPEntry(uid: 7, size: 5, day: nil)),
    // The mail is there, whatever its size.
    ("* 3 FETCH (UID 7)", IMAPEntry(uid: 7, size: 0, day: nil)),
    ("* 3 FETCH (UID 7 RFC822.SIZE 99999999999999999999)", IMAPEntry(uid: 7, size: 0, day: nil)),
    ("* 3 FETCH (UID 7 RFC822.SIZE NIL)", IMAPEntry(uid: 7, size: 0, day: nil)),
    ("* 3 FETCH (FLAGS (\\Seen))", nil), ("* 5 EXISTS", nil), ("", nil), ("* x FETCH (UID 7)", nil),
    ("* 3 FETCH (UID 99999999999999999999 RFC822.SIZE 5)", nil), ("* 3 FETCH (UID -1 RFC822.SIZE 5)", nil),
    ("* 3 FETCH (UID 4294967296 RFC822.SIZE 5)", nil), ("* 3 FETCH (UID 0 RFC822.SIZE 5)", nil),
    ("* 4294967296 FETCH (UID 3 RFC822.SIZE 5)", nil),
  ]) func entriesAreRead(_ line: String, _ entry: IMAPEntry?) {
    let read = IMAPAnswer.entry(line[...])
    #expect(read?.entry == entry && (read == nil || read?.place == 3))
  }

  @Test func entriesAreThoseAskedForEachOnce() {
    let lines: [Substring] = [
      "* 4 FETCH (UID 40 RFC822.SIZE 5)", "* 3 FETCH (UID 30 FLAGS (\\Seen))", "* 9 FETCH (UID 90 RFC822.SIZE 5)",
      "* 3 FETCH (UID 30 RFC822.SIZE 7 INTERNALDATE \"22-Nov-2026 16:10:00 +0200\")", "* 3 FETCH (UID 30 FLAGS (\\Answered))",
      "* 5 FETCH (UID 40 RFC822.SIZE 5)",
    ]
    #expect(IMAPAnswer.entries(lines, at: 3...5) == [
      IMAPEntry(uid: 30, size: 7, day: CalendarDate("2026-11-22")), IMAPEntry(uid: 40, size: 5, day: nil),
    ])
  }

  @Test(arguments: [
    ("A004 OK Fetch completed.\r\n", IMAPTrouble.noSuchMail), ("A004 ok\r\n", .noSuchMail), ("A004 OK\r\n", .noSuchMail),
    ("A004 NO [UNAVAILABLE] Try later.\r\n", .server("[UNAVAILABLE] Try later.")), ("A004 BAD What?\r\n", .server("What?")),
    ("A004 NO OK\r\n", .server("OK")), ("", .server("The server refused and did not say why.")), (")\r\n", .server(")")),
  ]) func onlyAServerThatSaysSoHasNoSuchMail(_ line: String, _ trouble: IMAPTrouble) { #expect(IMAPAnswer.absent(line) == trouble) }

  @Test(arguments: [
    (#"* LIST (\HasNoChildren) "/" "Sent items""#, "Sent items"), (#"* LIST (\HasNoChildren \Sent) "." INBOX"#, "INBOX"),
    (#"* LIST () NIL "a \"b\" \\""#, #"a "b" \"#), (#"* LIST (\Noselect) "/" "All""#, nil), (#"* LIST (\NonExistent) "/" "All""#, nil),
    (#"* LIST () "/" "&BB8-""#, "П"), ("* LIST (", nil), ("* LIST () \"", nil), ("* OK x", nil), ("", nil),
  ]) func foldersAreRead(_ line: String, _ name: String?) { #expect(IMAPAnswer.listed(line[...]) == name) }

  /// libcurl logs out after a refusal: what is heard then says nothing of the mail.
  @Test func aRefusalIsNotForgottenForAFarewell() {
    let transfer = IMAPTransfer(limit: 0)
    for line in ["A004 OK Selected.\r\n", "A005 NO Try later.\r\n", "A006 OK Logged out.\r\n"] { transfer.hear(line) }
    #expect(transfer.trouble(CURLE_REMOTE_FILE_NOT_FOUND) == .server("Try later."))
    let other = IMAPTransfer(limit: 0)
    for line in ["A005 OK Nothing.\r\n", "A006 OK Logged out.\r\n"] { other.hear(line) }
    #expect(other.trouble(CURLE_REMOTE_FILE_NOT_FOUND) == .noSuchMail)
  }

  @Test func aFolderIsRead() throws {
    let lines = "* FLAGS (\\Seen)\r\n* 12 EXISTS\r\n* OK [UIDVALIDITY 1780000000] ok\r\n* OK [UIDNEXT 40] ok\r\nA1 OK [READ-ONLY]\r\n"
    let folder = try IMAPAnswer.folder(IMAPAnswer.lines(Array(lines.utf8)))
    #expect(folder.uidValidity == 1_780_000_000 && folder.uidNext == 40 && folder.exists == 12)
    let largest = try IMAPAnswer.folder(["* 4294967295 EXISTS", "* OK [UIDVALIDITY 4294967295]", "* OK EXISTS and more"])
    #expect(largest.exists == 4_294_967_295 && largest.uidValidity == 4_294_967_295 && largest.uidNext == nil)
  }

  @Test(arguments: [
    ["* 12 EXISTS"], ["* OK [UIDVALIDITY 7]"], ["* OK [UIDVALIDITY 0]", "* 1 EXISTS"],
    ["* OK [UIDVALIDITY 7]", "* 9223372036854775807 EXISTS"], ["* OK [UIDVALIDITY 7]", "* 4294967296 EXISTS"],
    ["* OK [UIDVALIDITY 7]", "* 99999999999999999999 EXISTS"], ["* OK [UIDVALIDITY 7]", "* -1 EXISTS"],
    ["* OK [UIDVALIDITY 4294967296]", "* 1 EXISTS"], ["* OK [UIDVALIDITY 99999999999999999999]", "* 1 EXISTS"],
    ["* OK [UIDVALIDITY 7] [UIDNEXT 4294967296]", "* 1 EXISTS"], ["* OK [UIDVALIDITY 7] [UIDNEXT x]", "* 1 EXISTS"],
  ]) func aFolderThatCannotBeReliedOnIsRefused(_ lines: [String]) {
    do throws(IMAPTrouble) {
      let folder = try IMAPAnswer.folder(lines.map { $0[...] })
      #expect(Bool(false), "\(folder)")
    } catch {
      guard case .server = error else { return #expect(Bool(false), "\(error)") }
    }
  }
}
