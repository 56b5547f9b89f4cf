import Domain
import Foundation
import Testing

/// Transitions 2023–2027 from the IANA database, read in place where the shared data is at hand.
private struct Transitions: Decodable {
  struct Side: Decodable {
    let offset: String
    let localFirst: String?
    let localLast: String?
    enum CodingKeys: String, CodingKey {
      case offset
      case localFirst = "local_first_second"
      case localLast = "local_last_second"
    }
    var seconds: Int {
      let parts = offset.split(separator: ":").compactMap { Int($0)?.magnitude }
      return Int(parts.reduce(0) { $0 * 60 + $1 }) * (offset.hasPrefix("-") ? -1 : 1)
    }
  }
  struct Change: Decodable { let utc: String, before: Side, after: Side }
  let zones: [String: [Change]]

  static let path = "../shared/data/timezones/transitions_2023_2027.json"
  static var exists: Bool { FileManager.default.fileExists(atPath: path) }
}

@Suite struct ZoneTests {
  @Test(.enabled(if: Transitions.exists, "the shared zone data is not here"))
  func agreesWithTheZoneDatabase() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Transitions.path))
    let table = try JSONDecoder().decode(Transitions.self, from: data)
    for (name, changes) in table.zones {
      let zone = try #require(Zone(name), "\(name)")
      for change in changes {
        let moment = try #require(Instant(iso: change.utc))
        let before = moment.adding(milliseconds: -1)
        #expect(zone.offset(at: moment) == change.after.seconds, "\(name) \(change.utc)")
        #expect(zone.offset(at: before) == change.before.seconds, "\(name) \(change.utc)")
        #expect(zone.local(moment).isoSeconds == change.after.localFirst)
        #expect(zone.local(before).isoSeconds == change.before.localLast)
      }
    }
  }

  @Test(arguments: [
    ("Europe/Warsaw", "2026-03-29T02:30", "2026-03-29T01:30:00Z"),  // a gap: shown as 03:30
    ("Europe/Sofia", "2026-03-29T03:30", "2026-03-29T01:30:00Z"),
    ("Europe/Warsaw", "2026-10-25T02:30", "2026-10-25T00:30:00Z"),  // twice: the first
    ("Europe/Warsaw", "2026-10-25T03:00", "2026-10-25T02:00:00Z"),
    ("Europe/Sofia", "2026-11-05T16:07", "2026-11-05T14:07:00Z"),
    ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30:00Z"),
    ("Europe/Moscow", "2026-07-01T00:00", "2026-06-30T21:00:00Z"),
    ("Asia/Kathmandu", "2026-07-01T05:45", "2026-07-01T00:00:00Z"),
    ("UTC", "2026-07-01T05:45", "2026-07-01T05:45:00Z"),
    ("Europe/Sofia", "1890-01-01T12:00", "1890-01-01T10:03:04Z"),
  ])
  func readsTheClockOnTheWall(name: String, local: String, utc: String) throws {
    let zone = try #require(Zone(name))
    #expect(zone.instant(try #require(LocalDateTime(local))).iso == utc)
  }

  @Test(arguments: ["", "Europe/Atlantis", "GMT+3", "EST", "../etc/passwd", "Europe/Sofia "])
  func refusesWhatIsNoZone(name: String) { #expect(Zone(name) == nil) }

  /// The table against the calendar library, far and near.
  @Test(arguments: ["Europe/Sofia", "Europe/Moscow", "Africa/Casablanca", "Australia/Lord_Howe", "America/Sao_Paulo"])
  func tableAgreesWithTheLibrary(name: String) throws {
    let zone = try #require(Zone(name))
    let library = try #require(TimeZone(identifier: name))
    for second in stride(from: -3_000_000_000, to: 4_500_000_000, by: 777_777) {
      let date = Date(timeIntervalSince1970: Double(second))
      #expect(zone.offset(at: Instant(date)) == library.secondsFromGMT(for: date))
    }
  }

  @Test func everyCountrysUsualZoneExists() {
    for country in Country.all { #expect(Zone(country.zoneName) != nil, "\(country): \(country.zoneName)") }
  }
}

extension LocalDateTime {
  fileprivate var isoSeconds: String { "\(date)T\(time):\(time.second < 10 ? "0" : "")\(time.second)" }
}
