/// Days by name and number, and spans of days, as `DateReading` meets them.
extension DateReading {
  /// "5 Nov 2026", "November 5th", "5-го ноября".
  func named(_ start: Int) -> (CalendarDate, Int)? {
    if let day = dayNumber(start) {
      // "the 5th of November"
      let at = word(start + 1) == "of" ? start + 2 : start + 1
      if let month = month(at) { return withYear(month, day, at + 1) }
    }
    guard let month = month(start), let day = dayNumber(start + 1) else { return nil }
    return withYear(month, day, start + 2)
  }

  func withYear(_ month: Int, _ day: Int, _ start: Int) -> (CalendarDate, Int)? {
    var place = start
    if let year = Int(word(place)), 1900...2200 ~= year, word(place).utf8.count == 4 {
      place += 1
      if known.means(word(place), .yearMark) { place += 1 }
      return CalendarDate(year: year, month: month, day: day).map { ($0, place) }
    }
    return nextDate(month: month, day: day).map { ($0, place) }
  }

  func dayNumber(_ place: Int) -> Int? {
    let text = word(place)
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard (1...2).contains(digits.count), let day = Int(digits), 1...31 ~= day else { return nil }
    let rest = String(text[digits.endIndex...])
    return ["", "st", "nd", "rd", "th", "-го", "-е", "-му", "-ти", "-ви", "-ри", "-ми", "-ro", "-go"].contains(rest) ? day : nil
  }

  /// The next such day; nothing when it passed a short while ago or lies over a year ahead (29 February).
  func nextDate(month: Int, day: Int, past: Int = 0) -> CalendarDate? {
    let today = said.date
    if let here = CalendarDate(year: today.year, month: month, day: day) {
      if here >= today || here.days(to: today) <= past { return here }
      if here.days(to: today) <= 90 { return nil }
    }
    guard let later = CalendarDate(year: today.year + 1, month: month, day: day), today.days(to: later) <= 366 else { return nil }
    return later
  }

  /// ISO, dd.mm.yyyy, dd.mm., dd/mm.
  func numeric(_ start: Int, _ lead: Lead) -> (CalendarDate, Int)? {
    guard words.indices.contains(start) else { return nil }
    let text = words[start].folded
    if let iso = CalendarDate(text) { return (iso, start + 1) }
    guard let mark = text.first(where: { !($0.isASCII && $0.isNumber) }), "./-".contains(mark) else { return nil }
    let parts = text.split(separator: mark, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil }
    guard numbers.count == parts.count, let day = numbers.first, (1...2).contains(parts[0].count) else { return nil }
    if parts.count == 3, parts[1].count <= 2, let year = fullYear(numbers[2], digits: parts[2].count) {
      let end = known.means(word(start + 1), .yearMark) ? start + 2 : start + 1
      return CalendarDate(year: year, month: numbers[1], day: day).map { ($0, end) }
    }
    guard parts.count == 2, mark != "-", mark == "." || lead.length > 0, isWhole(start, monthDigits: parts[1].count) else { return nil }
    return nextDate(month: numbers[1], day: day).map { ($0, start + 1) }
  }

  func fullYear(_ number: Int, digits: Int) -> Int? {
    digits == 4 && 1900...2200 ~= number ? number : digits == 2 ? 2000 + number : nil
  }

  /// "2.5" may be anything: it is a date at the end of what is said; "05.11" is one unless a unit follows.
  func isWhole(_ place: Int, monthDigits: Int) -> Bool {
    let isLast = place + 1 >= words.count
    if isLast || words[place].closes { return true }
    if known.means(word(place + 1), .amount) { return false }
    return monthDigits == 2
  }

  /// "3 days", "two weeks", "5 working days", and after a word such as "in" also "a week" and "неделю".
  func span(_ start: Int, _ lead: Lead) -> (CalendarDate, Int)? {
    var place = start
    var count = value(place) { if case .number(let number) = $0 { number } else { nil } }
    if let number = Int(word(place)), 1...366 ~= number { count = number }
    if count != nil { place += 1 }
    var isWorking = false
    if known.means(word(place), .working) { (isWorking, place) = (true, place + 1) }
    guard let unit = unit(place) else { return nil }
    // "до седмица" is "within a week"; "до недели" and "by month" are nothing.
    if count == nil, !lead.isWithin || lead.isBy, !["седмица", "месец"].contains(word(place)) { return nil }
    // "on a day", "в день": only words for a span make one of a bare unit.
    if count == nil, lead.isOn, !hasSpanWord(before: start) { return nil }
    let number = count ?? 1
    var end = place + 1
    if unit == .day, known.means(word(end), .working) { (isWorking, end) = (true, end + 1) }
    return date(after: number, unit, isWorking: isWorking).map { ($0, end) }
  }

  func hasSpanWord(before start: Int) -> Bool {
    (max(0, start - 3)..<start).contains { ["через", "за", "za", "след", "in", "within", "ciagu", "течение", "рамките"].contains(word($0)) }
  }

  func date(after number: Int, _ unit: DateWords.Unit, isWorking: Bool) -> CalendarDate? {
    switch unit {
    case .day where isWorking:
      var (date, left) = (said.date, number)
      while left > 0 {
        date = date.adding(days: 1)
        if date.weekday.rawValue <= 5 { left -= 1 }
      }
      return date
    case .day: return said.date.adding(days: number)
    case .week: return said.date.adding(days: 7 * number)
    case .month: return said.date.adding(months: number)
    case .quarter: return said.date.adding(months: 3 * number)
    case .year: return number <= 3 ? said.date.adding(months: 12 * number) : nil
    }
  }
}
