/// When a promise is due: a whole day, or a time of a day, on the clocks of a named zone. "By Friday" ends with the Friday there.

package struct PromiseDue: Hashable, Sendable {
  package let date: CalendarDate
  package let time: LocalTime?
  package let zone: Zone

  package init(date: CalendarDate, time: LocalTime? = nil, zone: Zone) {
    (self.date, self.time, self.zone) = (date, time, zone)
  }

  /// The last moment at which it is kept in time. A day has 23 or 25 hours where the clocks change; a time that the clocks skip
  /// and one that comes twice are read as `Zone.instant` reads them.
  package var deadline: Instant {
    guard let time else { return zone.instant(date.adding(days: 1)).adding(milliseconds: -1) }
    return zone.instant(date, time)
  }

  package func isPast(at now: Instant) -> Bool { now > deadline }
}

extension PromiseDue: Codable {
  private enum CodingKeys: String, CodingKey { case date, time, zone }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    date = try values.decode(CalendarDate.self, forKey: .date)
    time = try values.decodeIfPresent(String.self, forKey: .time).flatMap { LocalTime($0) }
    zone = try values.decode(Zone.self, forKey: .zone)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(date, forKey: .date)
    try values.encodeIfPresent(time?.description, forKey: .time)
    try values.encode(zone, forKey: .zone)
  }
}
