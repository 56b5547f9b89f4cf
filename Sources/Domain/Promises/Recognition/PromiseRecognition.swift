/// Finds promises in what people write about a contact, to be offered and never made silently: "→ price list by Friday",
/// "Promise: offer до 5.11.", "Obiecałam umowę do piątku". A right arrow is ours, a left arrow the client's. Without a date there
/// is nothing to offer.

package struct RecognisedPromise: Hashable, Sendable {
  package let side: PromiseSide
  package let what: String
  package let date: CalendarDate
  package let time: LocalTime?

  package init(side: PromiseSide, what: String, date: CalendarDate, time: LocalTime? = nil) {
    (self.side, self.what, self.date, self.time) = (side, what, date, time)
  }
}

package enum PromiseRecognition {
  package static let limit = 5

  /// - Parameter said: the clock where and when it was said.
  package static func find(in text: String, said: LocalDateTime) -> [RecognisedPromise] {
    var out: [RecognisedPromise] = []
    for line in text.prefix(20_000).split(whereSeparator: \.isNewline) {
      for piece in PromisePieces.of(line) {
        guard let found = promise(piece, said), !out.contains(found) else { continue }
        out.append(found)
        if out.count == limit { return out }
      }
    }
    return out
  }

  private static func promise(_ piece: PromisePieces.Piece, _ said: LocalDateTime) -> RecognisedPromise? {
    let words = ScannedWord.scan(piece.text)
    guard let date = date(in: words, said, isMarked: piece.isMarked) else { return nil }
    let what = what(piece.text, words, without: date.range)
    guard what.contains(where: \.isLetter), what.unicodeScalars.count <= PromiseTerms.whatLimit else { return nil }
    return RecognisedPromise(side: piece.side, what: what, date: date.date, time: date.time)
  }

  /// A deadline before a plain date, and of several the last. A plain date counts where an arrow stands, at either end.
  private static func date(in words: [ScannedWord], _ said: LocalDateTime, isMarked: Bool) -> DateReading.Found? {
    let reading = DateReading(words, said: said)
    var found: [DateReading.Found] = []
    var place = 0
    while place < words.count {
      if let date = reading.read(at: place) {
        found.append(date)
        place = date.range.upperBound
      } else {
        place += 1
      }
    }
    if let deadline = found.last(where: \.isDeadline) { return deadline }
    guard isMarked else { return nil }
    return found.last { $0.range.upperBound == words.count || $0.range.lowerBound == 0 }
  }

  private static let leading: Set<String> = ["a", "an", "the", "to", "that", "что", "ze", "че", "да", "them", "him", "her", "us", "ни"]

  /// The words around the date, as they were typed.
  private static func what(_ text: Substring, _ words: [ScannedWord], without date: Range<Int>) -> String {
    var before = Array(words[..<date.lowerBound]), after = Array(words[date.upperBound...])
    while let first = before.first, leading.contains(first.folded), before.count + after.count > 1 { before.removeFirst() }
    if before.isEmpty { while let first = after.first, leading.contains(first.folded), after.count > 1 { after.removeFirst() } }
    while let last = before.last, ["the", "this", "ten", "tej"].contains(last.folded), before.count > 1 { before.removeLast() }
    let parts = [before, after].compactMap { part -> String? in
      guard let first = part.first, let last = part.last else { return nil }
      return String(text[first.outer.lowerBound..<last.outer.upperBound])
    }
    let joined = parts.joined(separator: " ")
    let marks: Set<Character> = [",", ".", ";", ":", "–", "—", "-", " ", "\u{A0}"]
    var out = joined[...]
    while let first = out.first, marks.contains(first) { out.removeFirst() }
    while let last = out.last, marks.contains(last) { out.removeLast() }
    return String(out)
  }
}
