/// Finds out what the columns of a client list mean: by their headings, by each other's, and where a heading says nothing by
/// what the cells hold.

package struct HeadingMatch: Codable, Hashable, Sendable {
  package let column: Int
  package let heading: String
  package var field: ImportField
  /// 0 to 100: how sure it is. 0 means that nothing is known of the column.
  package var score: Int
}

package enum Headings {
  /// - Parameter sample: some rows below the heading row.
  package static func recognise(_ headings: [String], sample: [[String]] = []) -> [HeadingMatch] {
    var matches = headings.enumerated().map { column, heading in
      let (field, score) = recognise(heading)
      return HeadingMatch(column: column, heading: heading, field: field, score: score)
    }
    lookIntoCells(&matches, sample)
    settleTitles(&matches)
    settleWholeNames(&matches)
    settleBirthdays(&matches)
    settleCollisions(&matches)
    return matches
  }

  /// Which of the first rows holds the headings: lists may begin with a title or with notes (LinkedIn's do). Nil when none does.
  package static func headingRow(in rows: [[String]]) -> Int? {
    let scores = rows.prefix(15).map { row in
      row.map { cell in
        let (field, score) = recognise(cell)
        return field == .ignore ? score / 4 : score
      }.reduce(0, +)
    }
    guard let best = scores.max(), best >= 80 else { return nil }
    return scores.firstIndex(of: best)
  }

  /// One heading by itself.
  package static func recognise(_ heading: String) -> (field: ImportField, score: Int) {
    guard heading.utf8.count <= 200, !HeadingTable.key(heading).isEmpty else { return (.ignore, 0) }
    if let field = HeadingTable.field(heading) { return (field, 100) }
    let phrase = HeadingPhrase(heading)
    if let phrase, phrase.isWhole { return (phrase.field, 90) }
    // "Birthday (dd.mm)", "Notes 2": without brackets and numbers it may be known.
    let bare = heading.prefix { $0 != "(" && $0 != "[" && $0 != "," }
    let plain = String(bare.filter { !$0.isNumber && $0 != "*" })
    if plain != heading, let field = HeadingTable.field(plain) { return (field, 80) }
    if let phrase { return (phrase.field, 60) }
    return (.ignore, 0)
  }

  /// A column of e-mail addresses is one whatever its heading, as is a column of numbers with a country code.
  private static func lookIntoCells(_ matches: inout [HeadingMatch], _ sample: [[String]]) {
    for index in matches.indices where matches[index].score == 0 {
      let column = matches[index].column
      let cells = sample.compactMap { $0.dropFirst(column).first }.filter { !$0.trimmingBlanks.isEmpty }
      guard cells.count >= 2 else { continue }
      func most(_ fits: (String) -> Bool) -> Bool { cells.filter(fits).count * 10 >= cells.count * 8 }
      if most({ EmailAddress($0) != nil }) {
        (matches[index].field, matches[index].score) = (.email(nil), 70)
      } else if most({ $0.trimmingBlanks.hasPrefix("+") && 8...15 ~= Fold.digits($0).count }) {
        (matches[index].field, matches[index].score) = (.phone(nil), 70)
      }
    }
  }

  /// "Title" is what stands before a name in Outlook, a job in Salesforce and in most lists made by hand.
  private static func settleTitles(_ matches: inout [HeadingMatch]) {
    let hasRole = matches.contains { $0.field == .role }
    let titles = matches.indices.filter { ["title", "tytul"].contains(HeadingTable.key(matches[$0].heading)) }
    let hasSalutation = matches.indices.contains { matches[$0].field == .salutation && !titles.contains($0) }
    for index in titles where !hasRole || hasSalutation { matches[index].field = hasRole ? .ignore : .role }
  }

  /// A lone "Имя" or "First name" column without a family name beside it is the whole name; a lone company is the client.
  private static func settleWholeNames(_ matches: inout [HeadingMatch]) {
    func has(_ field: ImportField) -> Bool { matches.contains { $0.field == field } }
    guard !has(.name), !has(.familyName) else { return }
    if let index = matches.firstIndex(where: { $0.field == .givenName }) {
      matches[index].field = .name
    } else if let index = matches.firstIndex(where: { $0.field == .companyName }) {
      matches[index].field = .name
    }
  }

  /// «День рождения» is the day of the month only where the month has a column of its own.
  private static func settleBirthdays(_ matches: inout [HeadingMatch]) {
    guard !matches.contains(where: { $0.field == .birthMonth }) else { return }
    for index in matches.indices where matches[index].field == .birthDay { matches[index].field = .birthDate }
  }

  /// Of two columns for a field that takes one, the surer wins, then the earlier; the other is left out.
  private static func settleCollisions(_ matches: inout [HeadingMatch]) {
    var winners: [ImportField: Int] = [:]
    for index in matches.indices where !matches[index].field.takesSeveral {
      guard let winner = winners[matches[index].field] else {
        winners[matches[index].field] = index
        continue
      }
      let loser = matches[index].score > matches[winner].score ? winner : index
      winners[matches[index].field] = loser == index ? winner : index
      (matches[loser].field, matches[loser].score) = (.ignore, 20)
    }
  }
}
