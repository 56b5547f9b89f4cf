/// A date field where no browser helps: the words people write in notes are read there too.
package enum DatePhrase {
  /// - Returns: the date that the whole text says, looking ahead; nil when there is anything else in it.
  package static func date(_ text: String, said: LocalDateTime) -> CalendarDate? {
    let words = ScannedWord.scan(text[...])
    guard !words.isEmpty, let found = DateReading(words, said: said).read(at: 0), found.range.upperBound == words.count else { return nil }
    return found.date
  }
}
