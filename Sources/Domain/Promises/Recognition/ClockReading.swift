/// Times of day, as `DateReading` meets them.
extension DateReading {
  /// "by 16:00 on Friday", "до 16:00": a time alone is today, or tomorrow when it has passed.
  func timeFirst(_ place: Int, _ start: Int) -> Found? {
    guard let (time, end) = clock(place, needsMark: true) else { return nil }
    var next = end
    let lead = self.lead(&next)
    if let (date, last, _) = core(next, lead), date >= said.date { return Found(date: date, time: time, range: start..<last, isDeadline: true) }
    guard known.means(word(start), .by) else { return nil }
    return Found(date: time > said.time ? said.date : said.date.adding(days: 1), time: time, range: start..<end, isDeadline: true)
  }

  func readTime(_ place: inout Int, after lead: Lead) -> LocalTime? {
    let hasWord = known.means(word(place), .on) || known.means(word(place), .by) || word(place) == "godz"
    if hasWord, let (time, end) = clock(place + 1, needsMark: false) {
      place = end
      return time
    }
    guard let (time, end) = clock(place, needsMark: true) else { return nil }
    place = end
    return time
  }

  /// 16:00, 16.00, 4 pm, 16h, "16 ч.", "at 4".
  func clock(_ place: Int, needsMark: Bool) -> (LocalTime, Int)? {
    let text = word(place)
    if known.means(text, .noon) { return LocalTime(hour: 12, minute: 0).map { ($0, place + 1) } }
    if text == "godz" { return clock(place + 1, needsMark: false) }
    let half = ["am", "pm", "a.m", "p.m"].first { text.hasSuffix($0) && text.first?.isNumber == true }
    let plain = half.map { String(text.dropLast($0.count)) } ?? text
    let ahead = half == nil && ["am", "pm", "a.m", "p.m"].contains(word(place + 1)) ? word(place + 1) : nil
    let end = ahead == nil ? place + 1 : place + 2
    if plain.contains(":") || (!needsMark && plain.contains(".")), let time = LocalTime(plain) {
      let hourEnd = known.means(word(end), .hourMark) ? end + 1 : end
      return shifted(time, half ?? ahead).map { ($0, hourEnd) }
    }
    let digits = plain.prefix { $0.isASCII && $0.isNumber }
    guard (1...2).contains(digits.count), let hour = Int(digits), let time = LocalTime(hour: hour, minute: 0) else { return nil }
    let rest = String(plain[digits.endIndex...])
    if half ?? ahead != nil, rest.isEmpty { return shifted(time, half ?? ahead).map { ($0, end) } }
    if rest == "h" || rest == "ч" { return (time, end) }
    if rest.isEmpty, known.means(word(end), .hourMark) { return (time, end + 1) }
    guard rest.isEmpty, !needsMark, month(end) == nil, unit(end) == nil, !known.means(word(end), .amount) else { return nil }
    return (time, end)
  }

  func shifted(_ time: LocalTime, _ half: String?) -> LocalTime? {
    guard let half else { return time }
    guard 1...12 ~= time.hour else { return nil }
    return LocalTime(hour: time.hour % 12 + (half.hasPrefix("p") ? 12 : 0), minute: time.minute)
  }
}
