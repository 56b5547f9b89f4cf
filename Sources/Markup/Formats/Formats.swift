/// Dates and times as each language writes them, in the reader's zone. Written by hand: the formatters of Foundation cost
/// tens of microseconds each, a page shows hundreds. Parts of a date hold together by no-break spaces.

package import Domain

package struct Formats: Sendable {
  package let language: Language
  package let zone: Zone
  private let names: FormatNames

  package init(language: Language, zone: Zone) {
    (self.language, self.zone, names) = (language, zone, FormatNames.of(language))
  }

  /// `5 Nov 2026` · `5 нояб. 2026 г.` · `5 lis 2026` · `5.11.2026 г.`
  package func date(_ date: CalendarDate) -> String {
    let month = names.shortMonths.name(date.month)
    return switch language {
    case .en, .pl: "\(date.day)\u{A0}\(month)\u{A0}\(date.year)"
    case .ru: "\(date.day)\u{A0}\(month)\u{A0}\(date.year)\u{A0}г."
    case .bg: "\(date.day).\(month).\(date.year)\u{A0}г."
    }
  }

  package func date(_ instant: Instant) -> String { date(zone.date(instant)) }

  /// `16:07`
  package func time(_ time: LocalTime) -> String { time.description }
  package func time(_ instant: Instant) -> String { zone.local(instant).time.description }

  /// `5 Nov 2026, 16:07`
  package func dateTime(_ instant: Instant) -> String {
    let local = zone.local(instant)
    return "\(date(local.date)), \(local.time)"
  }

  /// A birthday may lack its year: `5 Nov 1986`, else `5 November`.
  package func date(_ partial: PartialDate) -> String {
    if let date = partial.date { return self.date(date) }
    return "\(partial.day)\u{A0}\(names.months.name(partial.month))"
  }

  /// `Thursday 5 November`, for a heading.
  package func weekdayAndDay(_ date: CalendarDate) -> String {
    let comma = language == .en ? "" : ","
    return "\(names.weekdays.name(date.weekday.rawValue))\(comma) \(date.day)\u{A0}\(names.months.name(date.month))"
  }

  /// `November 2026` · `ноябрь 2026 г.`
  package func month(_ date: CalendarDate) -> String {
    let year = language == .ru || language == .bg ? "\(date.year)\u{A0}г." : "\(date.year)"
    return "\(names.monthsAlone.name(date.month))\u{A0}\(year)"
  }

  /// As it stands within a date: `November` · `ноября`.
  package func monthOfDate(_ month: Int) -> String { names.months.name(month) }
  /// Where there is little room: `5 Nov`, `5.11`.
  package func shortDay(_ date: CalendarDate) -> String {
    language == .bg ? "\(date.day).\(date.month)" : "\(date.day)\u{A0}\(names.shortMonths.name(date.month))"
  }

  /// Where there is little room: `Nov 2026`, `11.2026`.
  package func shortMonth(_ date: CalendarDate) -> String {
    language == .bg ? "\(date.month).\(date.year)" : "\(names.shortMonths.name(date.month))\u{A0}\(date.year)"
  }

  package func weekday(_ day: Weekday) -> String { names.weekdays.name(day.rawValue) }
  package func shortWeekday(_ day: Weekday) -> String { names.shortWeekdays.name(day.rawValue) }

  /// In the language's own quotation marks.
  package func quoted(_ text: String) -> String {
    switch language {
    case .en: "“\(text)”"
    case .ru: "«\(text)»"
    case .pl: "„\(text)”"
    case .bg: "„\(text)“"
    }
  }
}

/// Numbers; see `NumberText` for the rules.
extension Formats {
  package func integer(_ number: Int) -> String { NumberText.integer(Int64(number), in: language) }
  package func integer(_ number: Int64) -> String { NumberText.integer(number, in: language) }

  /// Rounded half to even to so many digits after the mark; zeros at the end are left away.
  package func decimal(_ number: Double, digits: Int = 1) -> String { NumberText.decimal(number, digits: digits, in: language) }

  /// A share of one: 0.453 is `45%`.
  package func percent(_ share: Double, digits: Int = 0) -> String {
    let number = decimal(share * 100, digits: digits)
    return language == .ru ? "\(number)\u{A0}%" : "\(number)%"
  }

  /// `€1,234.50` · `1 234,50 €` · `1234,50 €`
  package func money(_ money: Money) -> String { MoneyText.sentence(money, in: language) }

  /// For a column under a head that names the currency: no sign, groups from four digits on.
  package func amount(_ money: Money) -> String { MoneyText.column(money, in: language) }

  /// `1.5 MB`, in steps of 1000.
  package func fileSize(_ bytes: Int) -> String {
    let units = language == .ru || language == .bg ? ["Б", "кБ", "МБ", "ГБ", "ТБ"] : ["B", "kB", "MB", "GB", "TB"]
    var (size, unit) = (Double(max(0, bytes)), 0)
    while size >= 999.95, unit < units.count - 1 { (size, unit) = (size / 1000, unit + 1) }
    return "\(decimal(size, digits: size < 100 && unit > 0 ? 1 : 0))\u{A0}\(units.name(unit + 1))"
  }
}
