import Domain
import Foundation
import Testing

@Suite struct IdentifierTests {
  @Test(arguments: [("1", 1), ("9223372036854775807", Int64.max), ("42", 42)])
  func readsPathParameters(text: String, value: Int64) { #expect(PartyID(text)?.rawValue == value) }

  @Test(arguments: ["", "0", "-1", "+1", " 1", "1 ", "01", "1.0", "9223372036854775808", "١", "99999999999999999999", "1e3"])
  func refusesAnythingElse(text: String) { #expect(PartyID(text) == nil) }

  @Test func isWrittenAsANumber() throws {
    #expect(String(decoding: try JSONEncoder().encode([AccountID(7)]), as: UTF8.self) == "[7]")
    #expect(try JSONDecoder().decode([AccountID].self, from: Data("[7]".utf8)) == [AccountID(7)])
    #expect("\(TeamID(3))" == "3")
  }
}
