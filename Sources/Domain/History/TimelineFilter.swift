/// What part of a timeline is asked for: filters and a place to go on from, as they stand in a URL.
package struct TimelineFilter: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable { case contacts, notes, automatic }

  package var kind: Kind?
  package var person: PersonID?
  package var channel: Channel?
  package var author: AccountID?
  /// Words that all occur in the entry, as typed.
  package var find: String

  package init(
    kind: Kind? = nil, person: PersonID? = nil, channel: Channel? = nil, author: AccountID? = nil, find: String = ""
  ) {
    self.kind = kind
    self.person = person
    self.channel = channel
    self.author = author
    self.find = find
  }

  package var isEmpty: Bool { self == TimelineFilter() }

  /// Folded words to look for; more than eight narrow nothing further.
  package var terms: [String] { Fold.search(String(find.prefix(200))).split(separator: " ").prefix(8).map(String.init) }
}

/// An entry's place in the order of a timeline: when it happened, then the order of recording.
package struct TimelinePlace: Hashable, Comparable, Sendable {
  package let occurredAt: Instant
  package let id: HistoryID

  package init(occurredAt: Instant, id: HistoryID) {
    self.occurredAt = occurredAt
    self.id = id
  }

  package static func < (a: Self, b: Self) -> Bool { (a.occurredAt, a.id) < (b.occurredAt, b.id) }
}

extension TimelinePlace: LosslessStringConvertible {
  /// `1762351620000-41`
  package var description: String { "\(occurredAt.milliseconds)-\(id)" }

  package init?(_ text: String) {
    guard let cut = text.lastIndex(of: "-"), cut > text.startIndex, let at = Int64(String(text[..<cut])),
      let id = HistoryID(text[text.index(after: cut)...])
    else { return nil }
    self.init(occurredAt: Instant(milliseconds: at), id: id)
  }
}

package enum TimelinePage: Hashable, Sendable {
  case newest
  /// The entries next older than that place.
  case before(TimelinePlace)
  /// The entries next newer.
  case after(TimelinePlace)
}
