import Foundation
import Testing

@testable import Channels
@testable import Domain

/// Reports of delivery as servers send them (the collection of Sisimai), against what Sisimai says of them.
@Suite(.enabled(if: MailFixtures.areHere, "needs the shared data")) struct BounceFixtureTests {
  struct Verdict: Decodable, Sendable {
    let hardBounce: Bool
    enum CodingKeys: String, CodingKey { case hardBounce = "hard_bounce" }
  }

  static let verdicts = (try? MailFixtures.json("bounces_sisimai/expected.json", as: [String: [Verdict]].self)) ?? [:]

  /// Where Sisimai says otherwise, and why.
  static let differs: Set<String> = [
    // "550 … User unknown": of this telephone company Sisimai knows that it may mean a filter.
    "lhost-sendmail-27.eml",
    // No code but 5.0.0, the reason in Japanese.
    "lhost-domino-02.eml",
    // A report without a status.
    "lhost-mcafee-01.eml",
  ]
  /// Only words for people, in a form of the server's own: nothing that a program should act on.
  static let wordsOnly: Set<String> = [
    "lhost-dragonfly-04.eml", "lhost-exim-37.eml", "lhost-exim-59.eml", "lhost-imailserver-01.eml", "lhost-mailru-01.eml",
    "lhost-mailru-03.eml", "lhost-mailru-04.eml", "lhost-mfilter-02.eml", "lhost-qmail-12.eml", "lhost-qmail-17.eml",
    "lhost-sendmail-14.eml", "lhost-verizon-02.eml", "lhost-yahoo-03.eml", "lhost-yahoo-05.eml",
  ]

  @Test(arguments: verdicts.keys.sorted()) func deadAddressesAreThoseOfTheReport(_ name: String) throws {
    let mail = try #require(MIMEReader.read(MailFixtures.bytes("bounces_sisimai/\(name)")))
    let isHard = Self.verdicts[name]?.contains(where: \.hardBounce) == true
    let expected = Self.wordsOnly.contains(name) ? false : isHard != Self.differs.contains(name)
    #expect(mail.bounces.isEmpty != expected, "\(mail.bounces)")
    if expected { #expect(mail.isAutomatic && mail.bounces.allSatisfy { !$0.detail.isEmpty && $0.detail.count <= 300 }) }
  }

  @Test func notEveryOneIsExplainedAway() {
    #expect(Self.verdicts.count == 48)
    #expect(Self.wordsOnly.allSatisfy { Self.verdicts[$0]?.contains(where: \.hardBounce) == true })
  }

  @Test(arguments: MailFixtures.all().filter { $0.hasPrefix("bounces_sisimai_not_a_bounce/") })
  func whatIsNoBounceIsNone(_ name: String) throws {
    #expect(try MIMEReader.read(MailFixtures.bytes(name))?.bounces == [])
  }
}
