import Domain
import Testing

@Suite struct EmailAddressTests {
  @Test(arguments: [
    (" Anna.Petrova@Example.COM ", "Anna.Petrova@example.com", "anna.petrova@example.com"),
    ("mailto:a@b.bg", "a@b.bg", "a@b.bg"), ("анна@пример.бг", "анна@пример.бг", "анна@пример.бг"),
    ("o'neil+news@sub.example.co.uk", "o'neil+news@sub.example.co.uk", "o'neil+news@sub.example.co.uk"),
    ("ИВАН@ПОЩА.БГ", "ИВАН@поща.бг", "иван@поща.бг"), ("\u{FEFF}a@b-c.pl\n", "a@b-c.pl", "a@b-c.pl"),
    ("zażółć@gęślą.pl", "zażółć@gęślą.pl", "zażółć@gęślą.pl"),
  ])
  func reads(raw: String, text: String, key: String) throws {
    let address = try #require(EmailAddress(raw))
    #expect(address.text == text && address.key == key)
    #expect(EmailAddress(address.text) == address)
  }

  @Test(arguments: [
    "", "@", "a@", "@b.com", "a b@c.com", "a@b@c.com", "a@b", "a@b..com", "a@.com", "a@b.com.", "a@-b.com", "a@b-.com",
    "a,b@c.com",
    "<a@b.com>", "a@b.com, c@d.com", "a@1.2.3.4", "a\u{0}@b.com", "a@b .com", "a\r\nBcc: x@b.com", "a@b_c.com", "a@b.com/x",
  ])
  func refuses(raw: String) { #expect(EmailAddress(raw) == nil) }

  @Test func refusesWhatIsTooLong() {
    let label = String(repeating: "b", count: 60)
    #expect(EmailAddress("a@\(label).\(label).\(label).com") != nil)
    #expect(EmailAddress("a@\(label).\(label).\(label).\(label).\(label).com") == nil)
    #expect(EmailAddress("\(String(repeating: "a", count: 65))@b.com") == nil)
  }
}
