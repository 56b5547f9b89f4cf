import Domain
import Foundation
import Testing

@Suite struct InstantTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-05T14:07:00Z", 1_793_887_620_000), ("2026-11-05T14:07:00.250Z", 1_793_887_620_250),
    ("1969-12-31T23:59:59.999Z", -1), ("0001-01-01T00:00:00Z", -62_135_596_800_000),
  ])
  func isoTextBothWays(text: String, milliseconds: Int64) {
    #expect(Instant(iso: text)?.milliseconds == milliseconds)
    #expect(Instant(milliseconds: milliseconds).iso == text)
  }

  @Test(arguments: [
    "2026-11-05T16:07+02:00", "2026-11-05T16:07:00+0200", "2026-11-05 14:07:00Z", "2026-11-05T09:07:00.0000000-05:00",
  ])
  func readsOtherOffsets(text: String) { #expect(Instant(iso: text)?.iso == "2026-11-05T14:07:00Z") }

  @Test(arguments: [
    "2026-11-05", "2026-11-05T14:07:00", "2026-11-05T25:00Z", "2026-11-05T14:07:00.Z", "2026-02-30T00:00Z", "",
    "2026-11-05T14:07+9:00",
  ])
  func refusesTextWithoutAMoment(text: String) { #expect(Instant(iso: text) == nil) }

  @Test func saturates() {
    #expect(Instant(milliseconds: .max).adding(milliseconds: 1).milliseconds == .max)
    #expect(Instant(milliseconds: .min).adding(milliseconds: -1).milliseconds == .min)
    #expect(Instant(milliseconds: .min).milliseconds(to: Instant(milliseconds: .max)) == .max)
    #expect(Instant(Date(timeIntervalSince1970: 1e300)).milliseconds == .max)
    #expect(Instant(milliseconds: .max).iso.hasPrefix("9999-12-31"))
    #expect(Instant(milliseconds: .min).iso.hasPrefix("0001-01-01"))
  }

  @Test func convertsDates() {
    #expect(Instant(Date(timeIntervalSince1970: 1.5)).milliseconds == 1500)
    #expect(Instant(milliseconds: 1500).date == Date(timeIntervalSince1970: 1.5))
  }
}
