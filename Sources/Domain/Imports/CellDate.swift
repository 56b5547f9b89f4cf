/// Dates as lists have them: `03.04.1975`, `3/4/75`, `1975-04-03T10:00Z`, `1975. 04. 03`, `3 април 1975 г.`, `Apr 3, 1975`,
/// `03.04`.

/// Which of day and month stands first where both could; in dates with a year first the month follows it.
package enum DateOrder: String, Codable, CaseIterable, Sendable { case dayFirst, monthFirst }

package enum CellDate {
  /// Two-digit years up to this one are of its century, others of the one before.
  package static let latestShortYear = 2035

  package static func parse(_ raw: String, order: DateOrder = .dayFirst) -> PartialDate? {
    guard raw.utf8.count <= 60 else { return nil }
    if let exact = PartialDate(String(raw.trimmingBlanks)) { return exact }
    let tokens = tokens(raw)
    let numbers = tokens.compactMap(\.number)
    let months = tokens.compactMap(\.month)
    switch (numbers.count, months.count) {
    case (1, 0): return packed(numbers[0])
    case (2, 0): return date(year: nil, numbers[0], numbers[1], order: tokens.first?.endsInDot == true ? .dayFirst : order)
    case (3, 0): return threeNumbers(numbers, order: tokens.first?.endsInDot == true ? .dayFirst : order)
    case (1, 1): return numbers[0].digits <= 2 ? PartialDate(month: months[0], day: numbers[0].value) : nil
    case (2, 1):
      if numbers[0].digits == 4 { return PartialDate(year: numbers[0].value, month: months[0], day: numbers[1].value) }
      return PartialDate(year: numbers[1].year, month: months[0], day: numbers[0].value)
    default: return nil
    }
  }

  /// What the dates of a column say of their order; nil when all could be read both ways.
  package static func evidence(_ cells: some Sequence<String>) -> DateOrder? {
    var (day, month) = (0, 0)
    for cell in cells where cell.utf8.count <= 60 {
      let tokens = tokens(cell)
      let numbers = tokens.compactMap(\.number)
      guard numbers.count == tokens.count, 2...3 ~= numbers.count, numbers[0].digits <= 2 else { continue }
      let (first, second) = (numbers[0].value, numbers[1].value)
      if 13...31 ~= first, 1...12 ~= second { day += 1 }
      if 1...12 ~= first, 13...31 ~= second { month += 1 }
    }
    return day == month ? nil : day > month ? .dayFirst : .monthFirst
  }

  private struct Number {
    let value: Int, digits: Int

    var year: Int {
      guard digits <= 2 else { return value }
      let century = CellDate.latestShortYear / 100 * 100
      return century + value <= CellDate.latestShortYear ? century + value : century - 100 + value
    }
  }

  private struct Token {
    var number: Number?
    var month: Int?
    var endsInDot = false
  }

  private static func threeNumbers(_ numbers: [Number], order: DateOrder) -> PartialDate? {
    if numbers[0].digits == 4 { return PartialDate(year: numbers[0].value, month: numbers[1].value, day: numbers[2].value) }
    return date(year: numbers[2].year, numbers[0], numbers[1], order: order)
  }

  /// In the order of the column, or the other way where only that is a date.
  private static func date(year: Int?, _ first: Number, _ second: Number, order: DateOrder) -> PartialDate? {
    guard first.digits <= 2, second.digits <= 2 else { return nil }
    let dayFirst = PartialDate(year: year, month: second.value, day: first.value)
    let monthFirst = PartialDate(year: year, month: first.value, day: second.value)
    return order == .dayFirst ? dayFirst ?? monthFirst : monthFirst ?? dayFirst
  }

  /// `19750403`
  private static func packed(_ number: Number) -> PartialDate? {
    guard number.digits == 8, 1800...2200 ~= number.value / 10000 else { return nil }
    return PartialDate(year: number.value / 10000, month: number.value / 100 % 100, day: number.value % 100)
  }

  /// Numbers and month names; a time of day and words such as "г." and "of" are left out, other words make the cell no date.
  private static func tokens(_ raw: String) -> [Token] {
    var tokens: [Token] = []
    var rest = Fold.search(raw)[...]
    while let first = rest.first {
      if first.isNumber {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(max(digits.count, 1))
        if rest.first == ":" { return tokens }
        guard let value = Int(digits), digits.count <= 8 else { return [Token()] }
        tokens.append(Token(number: Number(value: value, digits: digits.count), endsInDot: rest.first == "."))
      } else if first.isLetter {
        let word = String(rest.prefix { $0.isLetter })
        rest = rest.dropFirst(word.count)
        if let month = month(word) { tokens.append(Token(month: month)) } else if !fillers.contains(word) { return [Token()] }
        if word == "t", tokens.count == 3 { return tokens }
      } else {
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  private static let fillers: Set<String> = [
    "г", "год", "года", "година", "r", "roku", "of", "de", "st", "nd", "rd", "th", "t", "z", "utc", "gmt", "ти", "ви", "ри", "ми",
    "го",
  ]

  /// By their first letters, folded, in English, Russian, Polish and Bulgarian.
  private static let stems: [[String]] = [
    ["jan", "sty", "янв", "яну"], ["feb", "lut", "фев"], ["mar", "мар"], ["apr", "kwi", "апр"], ["may", "maj", "май", "мая"],
    ["jun", "cze", "июн", "юни"], ["jul", "lip", "июл", "юли"], ["aug", "sie", "авг"], ["sep", "wrz", "сен", "сеп"],
    ["oct", "paz", "окт"], ["nov", "lis", "ноя", "ное"], ["dec", "gru", "дек"],
  ]

  private static func month(_ word: String) -> Int? {
    guard word.count >= 3 else { return nil }
    return stems.firstIndex { $0.contains { word.hasPrefix($0) } }.map { $0 + 1 }
  }

  /// A month by name or number, for lists that keep it in a column of its own.
  static func monthNumber(_ raw: String) -> Int? {
    let word = Fold.search(raw)
    if let number = Int(word) { return 1...12 ~= number ? number : nil }
    return month(word)
  }
}
