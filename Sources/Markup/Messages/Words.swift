/// What a page speaks with: its reader's language, messages and formats. `w("clients.title")` is a sentence of the catalogue.

package import Domain

package struct Words: Sendable {
  package let catalog: Catalog
  package let formats: Formats

  package init(catalog: Catalog, zone: Zone) {
    self.catalog = catalog
    formats = Formats(language: catalog.language, zone: zone)
  }

  package var language: Language { catalog.language }
  package var zone: Zone { formats.zone }

  package func callAsFunction(_ key: String) -> String {
    guard let template = catalog.template(key) else { return key }
    return template.whole ?? template.filled { _ in nil }
  }

  package func callAsFunction(_ key: String, _ slots: [String: String]) -> String {
    guard let template = catalog.template(key) else { return key }
    return template.filled { slots[$0] }
  }

  /// The plural form for the number, which stands in the slot `{count}`.
  package func count(_ key: String, _ number: Int, _ slots: [String: String] = [:]) -> String {
    guard let template = catalog.template(key, count: number) else { return key }
    return template.filled { $0 == "count" ? formats.integer(number) : slots[$0] }
  }

  /// A sentence with markup in its slots, a link for instance.
  package func html(_ key: String, _ slots: [String: HTML]) -> HTML { catalog.html(key, slots) }

  package func callAsFunction(_ message: FieldMessage) -> String { self(message.key, message.slots) }
}

/// Days near today in words, all others as dates.
extension Words {
  package func day(_ date: CalendarDate, today: CalendarDate) -> String {
    switch today.days(to: date) {
    case 0: self("day.today")
    case 1: self("day.tomorrow")
    case -1: self("day.yesterday")
    case let days where 2...7 ~= days: count("day.in", days)
    case let days where -7 ... -2 ~= days: count("day.ago", -days)
    default: formats.date(date)
    }
  }

  package func day(_ instant: Instant, now: Instant) -> String {
    day(formats.zone.date(instant), today: formats.zone.date(now))
  }

  /// `<time>` with the exact moment for machines and on hover, and the day in words for people.
  package func dayTag(_ instant: Instant, now: Instant) -> HTML {
    "<time datetime=\"\(instant.iso)\" title=\"\(formats.dateTime(instant))\">\(day(instant, now: now))</time>"
  }

  package func dateTimeTag(_ instant: Instant) -> HTML {
    "<time datetime=\"\(instant.iso)\">\(formats.dateTime(instant))</time>"
  }

  package func dateTag(_ date: CalendarDate) -> HTML { "<time datetime=\"\(date.description)\">\(formats.date(date))</time>" }
}
