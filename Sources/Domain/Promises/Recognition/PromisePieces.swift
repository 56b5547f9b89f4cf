/// The pieces of a line that may be promises: behind an arrow, behind a label such as "Promise:", or a sentence that says so.
enum PromisePieces {
  struct Piece {
    let text: Substring
    let side: PromiseSide
    /// By an arrow or a label: the rest of the line is nothing else.
    let isMarked: Bool
  }

  static func of(_ line: Substring) -> [Piece] {
    let marked = arrows(line)
    if !marked.isEmpty { return marked }
    if let labelled = label(line) { return [labelled] }
    return sentences(line).compactMap { said($0) }
  }

  private static let ours = ["→", "⇒", "➔", "➜", "->", "=>", "–>", "—>"]
  private static let theirs = ["←", "⇐", "<-", "<="]

  /// An arrow at the beginning of the line or of a sentence; "20 → 18" is none. What it begins ends with the next one or at ";".
  private static func arrows(_ line: Substring) -> [Piece] {
    var starts: [(arrow: String.Index, text: String.Index, side: PromiseSide)] = []
    var place = line.startIndex
    while place < line.endIndex {
      if let (length, side) = arrow(line[place...]), begins(line, at: place) {
        let text = line.index(place, offsetBy: length)
        starts.append((place, text, side))
        place = text
      } else {
        place = line.index(after: place)
      }
    }
    return starts.enumerated().map { index, start in
      let end = starts.indices.contains(index + 1) ? starts[index + 1].arrow : line.endIndex
      let whole = line[start.text..<end]
      return Piece(text: whole[..<(whole.firstIndex(of: ";") ?? whole.endIndex)], side: start.side, isMarked: true)
    }
  }

  private static func arrow(_ rest: Substring) -> (Int, PromiseSide)? {
    if let mark = ours.first(where: { rest.hasPrefix($0) }) { return (mark.count, .us) }
    return theirs.first { rest.hasPrefix($0) }.map { ($0.count, .client) }
  }

  private static func begins(_ line: Substring, at place: String.Index) -> Bool {
    let before = line[..<place].reversed().drop { $0.isWhitespace }
    guard let last = before.first else { return true }
    return ".;!?…•*)".contains(last) || (before.count == 1 && "-–—".contains(last))
  }

  private static let labels: [(word: String, side: PromiseSide)] = [
    ("promise", .us), ("promised", .us), ("обещание", .us), ("обещано", .us), ("обещали", .us), ("obietnica", .us), ("obiecane", .us),
    ("обещано е", .us), ("we promised", .us), ("they promised", .client), ("client promised", .client), ("клиент обещал", .client),
    ("они обещали", .client), ("klient obiecal", .client), ("клиентът обеща", .client), ("обещание клиента", .client),
  ]

  private static func label(_ line: Substring) -> Piece? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    var head = line[..<colon]
    while let first = head.first, "-–—•* ".contains(first) { head.removeFirst() }
    let word = Fold.search(String(head))
    guard let known = labels.first(where: { $0.word == word }) else { return nil }
    return Piece(text: line[line.index(after: colon)...], side: known.side, isMarked: true)
  }

  // MARK: Sentences

  /// A sentence ends with ". " before a capital, where the word before is no abbreviation and no number.
  private static func sentences(_ line: Substring) -> [Substring] {
    var out: [Substring] = []
    var (start, place) = (line.startIndex, line.startIndex)
    while let mark = line[place...].firstIndex(where: { ".!?;".contains($0) }) {
      let after = line.index(after: mark)
      place = after
      guard after < line.endIndex, line[after].isWhitespace, let next = line[after...].first(where: { !$0.isWhitespace }),
        next.isUppercase || line[mark] == ";", line[start..<mark].reversed().prefix(4).allSatisfy(\.isLetter) || line[mark] != "."
      else { continue }
      out.append(line[start..<mark])
      start = after
    }
    return out + [line[start...]]
  }

  private static let speakers: [String: PromiseSide] = [
    "we": .us, "i": .us, "мы": .us, "я": .us, "ние": .us, "аз": .us, "my": .us, "ja": .us,
    "they": .client, "he": .client, "she": .client, "client": .client, "customer": .client, "они": .client, "он": .client, "она": .client,
    "клиент": .client, "клиентка": .client, "oni": .client, "on": .client, "ona": .client, "klient": .client, "klientka": .client,
    "те": .client, "той": .client, "тя": .client, "клиентът": .client, "клиентката": .client,
  ]
  private static let theirVerbs: Set<String> = ["обещаха", "обещава", "обещават", "obiecali", "obiecuja"]
  private static let negations: Set<String> = ["not", "never", "n't", "didn't", "don't", "не", "nie", "no", "without", "без", "bez"]

  private static func isVerb(_ word: String) -> Bool {
    if ["promised", "promise", "promises"].contains(word) { return true }
    if word.hasPrefix("обещани") || word.hasPrefix("обещан") { return false }
    if word.hasPrefix("обеща") { return true }
    return word.hasPrefix("obieca") && !word.hasPrefix("obiecan") || word.hasPrefix("obiecuj")
  }

  private static func said(_ sentence: Substring) -> Piece? {
    let words = ScannedWord.scan(sentence)
    guard let at = words.firstIndex(where: { isVerb($0.folded) }), at + 1 < words.count else { return nil }
    let before = words[..<at].map(\.folded)
    if let last = before.last, negations.contains(last) { return nil }
    let side = theirVerbs.contains(words[at].folded) ? .client : before.reversed().lazy.compactMap { speakers[$0] }.first ?? .us
    return Piece(text: sentence[words[at].outer.upperBound...], side: side, isMarked: false)
  }
}
