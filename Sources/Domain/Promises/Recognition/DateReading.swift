/// Reads one date at one place of a text, as people write them in notes: "by Friday", "до конца месяца", "w ciągu 3 dni", "до 5.11.".
///
/// A day of the week is the next one, never today. A date without a year is the next such day within a year; one that has just
/// passed is told of the past and is none. The end of a week is its Friday.
struct DateReading {
  /// Where the date was said.
  let said: LocalDateTime
  let words: [ScannedWord]
  let known = DateWords.all

  init(_ words: [ScannedWord], said: LocalDateTime) { (self.words, self.said) = (words, said) }

  struct Found: Hashable {
    var date: CalendarDate
    var time: LocalTime?
    var range: Range<Int>
    /// "by …", or a day that can only lie ahead.
    var isDeadline: Bool
  }

  func read(at start: Int) -> Found? {
    var place = start
    let lead = self.lead(&place)
    guard place < words.count else { return nil }
    if lead.isBy || lead.isOn, let found = timeFirst(place, start) { return found }
    guard let (date, end, isFirm) = core(place, lead), date >= said.date, date <= said.date.adding(days: 3 * 366) else { return nil }
    var next = end
    let time = readTime(&next, after: lead)
    return Found(date: date, time: time, range: start..<next, isDeadline: lead.isBy || lead.isWithin && !lead.isOn || isFirm)
  }

  // MARK: What leads up to a date

  struct Lead { var isBy = false, isWithin = false, isOn = false, length = 0 }

  func lead(_ place: inout Int) -> Lead {
    var lead = Lead()
    while place < words.count, lead.length < 4 {
      let word = words[place].folded
      let isBy = known.means(word, .by), isWithin = known.means(word, .within), isOn = known.means(word, .on)
      guard isBy || isWithin || isOn || (known.means(word, .filler) && (lead.length > 0 || word == "не" || word == "nie" || word == "no"))
      else { break }
      lead.isBy = lead.isBy || isBy || word == "позднее" || word == "pozniej" || word == "later"
      lead.isWithin = lead.isWithin || isWithin
      lead.isOn = lead.isOn || (isOn && !isBy)
      lead.length += 1
      place += 1
    }
    return lead
  }

  func word(_ place: Int) -> String { words.indices.contains(place) ? words[place].folded : "" }

  func value<T>(_ place: Int, _ pick: (DateWords.Meaning) -> T?) -> T? { known[word(place)].lazy.compactMap(pick).first }

  func unit(_ place: Int) -> DateWords.Unit? { value(place) { if case .unit(let unit) = $0 { unit } else { nil } } }
  func month(_ place: Int) -> Int? { value(place) { if case .month(let month) = $0 { month } else { nil } } }
  func weekday(_ place: Int) -> Int? { value(place) { if case .weekday(let day) = $0 { day } else { nil } } }

  // MARK: The date itself

  /// - Returns: the date, the place behind it, and whether it can only be meant as a plan.
  func core(_ place: Int, _ lead: Lead) -> (CalendarDate, Int, Bool)? {
    if let (date, end) = ending(place) { return (date, end, true) }
    if let (date, end) = relative(place) { return (date, end, true) }
    if let (date, end) = ofWeek(place, lead) { return (date, end, lead.length > 0) }
    if let (date, end) = nextUnit(place) { return (date, end, lead.length > 0) }
    if let (date, end) = named(place) { return (date, end, false) }
    if let (date, end) = numeric(place, lead) { return (date, end, false) }
    if lead.isWithin || lead.isBy, let (date, end) = span(place, lead) { return (date, end, true) }
    return nil
  }

  /// "end of next month", "конца недели", "EOD".
  func ending(_ start: Int) -> (CalendarDate, Int)? {
    if let unit = value(start, { if case .endOf(let unit) = $0 { unit } else { nil } }) { return (end(of: unit, next: false), start + 1) }
    guard known.means(word(start), .end) else { return nil }
    var place = start + 1
    var isNext = false
    while known.means(word(place), .filler) || known.means(word(place), .on) || known.means(word(place), .next), place < start + 4 {
      isNext = isNext || known.means(word(place), .next)
      place += 1
    }
    if known.means(word(place), .working) { place += 1 }
    if let unit = unit(place) { return (end(of: unit, next: isNext), place + 1) }
    if let month = month(place), let first = nextDate(month: month, day: 1, past: 31) {
      return (first.adding(months: 1).adding(days: -1), place + 1)
    }
    return nil
  }

  func end(of unit: DateWords.Unit, next: Bool) -> CalendarDate {
    let today = said.date, step = next ? 1 : 0
    switch unit {
    case .day: return today.adding(days: step)
    case .week:
      let monday = today.adding(days: 1 - today.weekday.rawValue + 7 * step)
      let friday = monday.adding(days: 4)
      return friday >= today ? friday : monday.adding(days: 6)
    case .month: return lastDay(ofMonth: today.month, today.year, plus: step)
    case .quarter: return lastDay(ofMonth: (today.month + 2) / 3 * 3, today.year, plus: 3 * step)
    case .year: return lastDay(ofMonth: 12, today.year, plus: 12 * step)
    }
  }

  func lastDay(ofMonth month: Int, _ year: Int, plus months: Int) -> CalendarDate {
    guard let first = CalendarDate(year: year, month: month, day: 1) else { return said.date }
    return first.adding(months: months + 1).adding(days: -1)
  }

  func relative(_ start: Int) -> (CalendarDate, Int)? {
    let today = said.date
    if known.means(word(start), .dayAfterTomorrow) { return (today.adding(days: 2), start + 1) }
    // "the day after tomorrow", "други ден" is written in one word too.
    if word(start) == "day", word(start + 1) == "after", word(start + 2) == "tomorrow" { return (today.adding(days: 2), start + 3) }
    if known.means(word(start), .today) { return (today, start + 1) }
    guard known.means(word(start), .tomorrow) else { return nil }
    let end = ["дня", "дню"].contains(word(start + 1)) ? start + 2 : start + 1
    return (today.adding(days: 1), end)
  }

  /// "Friday", "next Friday", "пятницы следующей недели". The two-letter days need a word before them.
  func ofWeek(_ start: Int, _ lead: Lead) -> (CalendarDate, Int)? {
    var place = start
    var isNext = false
    if known.means(word(place), .next) { (isNext, place) = (true, place + 1) }
    guard let day = weekday(place), lead.length > 0 || isNext || words[place].folded.count > 3 else { return nil }
    // "за неделя", "1 неделя": a week.
    if word(place) == "неделя", lead.isWithin, !lead.isBy, word(start - 1) == "через" { return nil }
    let ahead = (day - said.date.weekday.rawValue + 7) % 7
    var date = said.date.adding(days: ahead == 0 ? 7 : ahead)
    place += 1
    if known.means(word(place), .next), unit(place + 1) == .week { (isNext, place) = (true, place + 2) }
    if isNext { date = said.date.adding(days: 8 - said.date.weekday.rawValue + day - 1) }
    return (date, place)
  }

  /// "next week": its Friday. "next month": its last day.
  func nextUnit(_ start: Int) -> (CalendarDate, Int)? {
    guard known.means(word(start), .next), let unit = unit(start + 1), unit != .day else { return nil }
    return (end(of: unit, next: true), start + 2)
  }
}
