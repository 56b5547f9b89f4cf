import Domain
import Testing

@Suite struct MailboxTests {
  @Test(arguments: [(0, 2), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 60), (7, 60), (1000, 60)])
  func aServerInTroubleIsLeftAloneForLonger(troubles: Int, minutes: Int64) {
    #expect(MailboxClock.pause(afterTroubles: troubles) == minutes * Instant.minute)
  }

  @Test(arguments: [
    ("INBOX", "INBOX"), (" inbox ", "INBOX"), ("Sent", "Sent"), ("Gesendete Objekte", "Gesendete Objekte"), ("[Gmail]/Отправленные", "[Gmail]/Отправленные"),
    ("", nil), ("  ", nil), ("a\r\nb LOGOUT", nil), ("a\u{0}b", nil), (String(repeating: "x", count: 200), String(repeating: "x", count: 200)),
    (String(repeating: "x", count: 201), nil),
  ] as [(String, String?)])
  func aFoldersNameIsOneLine(typed: String, name: String?) { #expect(MailboxFolder.name(typed) == name) }
}
