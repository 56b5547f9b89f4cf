import Foundation
import Testing

@testable import Channels
@testable import Domain

@Suite struct DeliveryReportTests {
  private func bounces(_ blocks: String) -> [String] {
    DeliveryReport.bounces(in: Array("Reporting-MTA: dns; mx.example.com\n\n\(blocks)".utf8)).map(\.address.text)
  }

  @Test(arguments: [
    ("failed", "5.1.1", "smtp; 550 5.1.1 no", true), ("Failed", "5.1.2 (bad domain)", "x", true), ("failed", "5.1.10", "x", true),
    ("failed", "5.1.6", "moved", true), ("failed", "5.1.3", "x", true), ("delayed", "5.1.1", "x", false), ("failed", "4.1.1", "x", false),
    ("failed", "5.1.8", "sender's domain", false), ("failed", "5.2.2", "smtp; 552 5.2.2 mailbox full", false),
    ("failed", "5.3.4", "too big", false), ("failed", "5.7.1", "smtp; 550 5.7.1 spam", false), ("failed", "", "smtp; 550 user unknown", false),
    ("failed", "5.0.0", "smtp; 550 User unknown", true), ("failed", "5.0.0", "smtp; 551 no such user here", true),
    ("failed", "5.0.0", "smtp; 550 blocked by policy", false), ("failed", "5.0.0", "smtp; 452 user unknown", false),
    ("failed", "5.0.0", "smtp; 550-5.1.1 нет такого", true), ("failed", "5.0.0", "smtp; 550 5.7.1 user unknown to our filter", false),
  ]) func onlyTheDeadAreTold(_ action: String, _ status: String, _ said: String, _ isDead: Bool) {
    let block = "Final-Recipient: rfc822; <Anna@Example.com>\nAction: \(action)\nStatus: \(status)\nDiagnostic-Code: \(said)\n"
    #expect(bounces(block) == (isDead ? ["Anna@example.com"] : []))
  }

  @Test func eachRecipientIsToldOfAndWhatWasSaid() throws {
    let report = """
      Reporting-MTA: dns; mx\r
      \r
      Original-Recipient: rfc822;info@firma.pl\r
      Final-Recipient: rfc822; jan@firma.pl\r
      Action: failed\r
      Status: 5.1.1\r
      Diagnostic-Code: smtp; 550 5.1.1 <jan@firma.pl>:\r
       Recipient address rejected:\r
      \tUżytkownik nie istnieje\r
      \r
      Final-Recipient: rfc822; ok@firma.pl\r
      Action: relayed\r
      Status: 2.0.0\r
      \r
      Final-Recipient: rfc822; piotr@firma.pl\r
      Action: failed\r
      Status: 5.1.1\r
      """
    let found = DeliveryReport.bounces(in: Array(report.utf8))
    #expect(found.map(\.address.text) == ["jan@firma.pl", "info@firma.pl", "piotr@firma.pl"])
    #expect(found.map(\.detail) == [
      "550 5.1.1 <jan@firma.pl>: Recipient address rejected: Użytkownik nie istnieje",
      "550 5.1.1 <jan@firma.pl>: Recipient address rejected: Użytkownik nie istnieje", "5.1.1",
    ])
  }

  @Test func whatIsSaidIsBounded() {
    let long = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; \(String(repeating: "слово ", count: 500))"
    #expect(DeliveryReport.bounces(in: Array(long.utf8)).map(\.detail.count) == [300])
  }

  @Test func aBounceIsAutomaticAndItsMailIsWithin() throws {
    let mail = try #require(MIMEReader.read("""
      From: MAILER-DAEMON@example.com
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b

      Не доставлено.
      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx

      Final-Recipient: rfc822; a@example.com
      Action: failed
      Status: 5.1.1

      --b
      Content-Type: message/rfc822

      Message-ID: <mine@example.org>
      Subject: Offer

      x
      --b--
      """))
    #expect(mail.isAutomatic && mail.bounces.map(\.address.text) == ["a@example.com"] && mail.text == "Не доставлено.")
    #expect(mail.attached.map(\.messageID) == ["mine@example.org"] && mail.files == [])
  }
}
