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
    ("* 3 FETCH (UID 7)", nil), ("* 3 FETCH (FLAGS (\\Seen))", nil), ("* 5 EXISTS", nil), ("", nil),
    ("* 3 FETCH (UID 99999999999999999999 RFC822.SIZE 5)", nil), ("* 3 FETCH (UID -1 RFC822.SIZE 5)", nil),
  ]) func entriesAreRead(_ line: String, _ entry: IMAPEntry?) { #expect(IMAPAnswer.entry(line[...]) == entry) }

  @Test(arguments: [
    (#"* LIST (\HasNoChildren) "/" "Sent items""#, "Sent items"), (#"* LIST (\HasNoChildren \Sent) "." INBOX"#, "INBOX"),
    (#"* LIST () NIL "a \"b\" \\""#, #"a "b" \"#), (#"* LIST (\Noselect) "/" "All""#, nil), (#"* LIST (\NonExistent) "/" "All""#, nil),
    (#"* LIST () "/" "&BB8-""#, "П"), ("* LIST (", nil), ("* LIST () \"", nil), ("* OK x", nil), ("", nil),
  ]) func foldersAreRead(_ line: String, _ name: String?) { #expect(IMAPAnswer.listed(line[...]) == name) }

  @Test func aFolderIsRead() {
    let lines = "* FLAGS (\\Seen)\r\n* 12 EXISTS\r\n* OK [UIDVALIDITY 1780000000] ok\r\n* OK [UIDNEXT 40] ok\r\nA1 OK [READ-ONLY]\r\n"
    let folder = IMAPAnswer.folder(IMAPAnswer.lines(Array(lines.utf8)))
    #expect(folder?.uidValidity == 1_780_000_000 && folder?.uidNext == 40 && folder?.exists == 12)
    #expect(IMAPAnswer.folder(["* 12 EXISTS"]) == nil)
  }
}
