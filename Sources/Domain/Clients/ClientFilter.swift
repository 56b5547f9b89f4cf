/// Which clients a list shows: the whole state of the list, as it stands in its URL and in saved views.

package struct ClientFilter: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable { case active, archived, bin }
  package enum Who: String, Hashable, Sendable { case clients, people }
  package enum Owner: Hashable, Sendable { case account(AccountID), nobody }
  package enum Promises: String, Hashable, Sendable, CaseIterable { case open, overdue }
  package enum LastContact: Hashable, Sendable {
    case never, before(CalendarDate), after(CalendarDate)
    /// From the first on, before the second.
    case between(CalendarDate, CalendarDate)
  }

  /// Of the contact clock: red, yellow, or none set.
  package enum Clock: String, Hashable, Sendable, CaseIterable { case late, soon, unset }

  package var who: Who
  package var text = ""
  package var state = State.active
  package var owner: Owner?
  package var team: TeamID?
  package var relationship: RelationshipID?
  /// All of them.
  package var tags: [TagID] = []
  package var country: Country?
  package var language: Language?
  package var industry: String?
  package var kind: PartyKind?
  package var lastContact: LastContact?
  package var rhythm: Clock?
  /// Those with an open promise, or with one past its date.
  package var promises: Promises?
  /// Equal to the stored text of a custom value.
  package var fields: [FieldID: String] = [:]

  package init(_ who: Who = .clients) { self.who = who }

  /// What cannot be read in a URL is as if it were not there.
  package init(_ who: Who, pairs: [(String, String)]) {
    self.who = who
    for (name, raw) in pairs {
      let value = String(raw.trimmingBlanks)
      if !value.isEmpty { read(name, value) }
    }
  }

  private mutating func read(_ name: String, _ value: String) {
    switch name {
    case "q": text = String(value.prefix(100))
    case "state": state = State(rawValue: value) ?? .active
    case "owner": owner = value == "none" ? .nobody : AccountID(value).map(Owner.account)
    case "team": team = TeamID(value)
    case "relationship": relationship = RelationshipID(value)
    case "tag": if let tag = TagID(value), !tags.contains(tag), tags.count < 10 { tags.append(tag) }
    case "country": country = Country(value)
    case "language": language = Language(rawValue: value)
    case "industry": industry = String(value.prefix(200))
    case "kind": kind = PartyKind(rawValue: value)
    case "rhythm": rhythm = Clock(rawValue: value)
    case "contact": if value == "never" { lastContact = .never }
    case "promise": promises = Promises(rawValue: value)
    case "before": if let date = CalendarDate(value) { lastContact = lastContact.map { $0.ending(before: date) } ?? .before(date) }
    case "after": if let date = CalendarDate(value) { lastContact = lastContact.map { $0.beginning(on: date) } ?? .after(date) }
    default:
      if name.hasPrefix("field."), let field = FieldID(name.dropFirst(6)), fields.count < 5 { fields[field] = String(value.prefix(200)) }
    }
  }

  /// As they stand in the URL.
  package var pairs: [(String, String)] {
    var out: [(String, String)] = []
    func add(_ name: String, _ value: String?) { if let value, !value.isEmpty { out.append((name, value)) } }
    add("q", text)
    if state != .active { add("state", state.rawValue) }
    switch owner {
    case .account(let id): add("owner", id.description)
    case .nobody: add("owner", "none")
    case nil: break
    }
    add("team", team?.description)
    add("relationship", relationship?.description)
    for tag in tags { add("tag", tag.description) }
    add("country", country?.code)
    add("language", language?.rawValue)
    add("industry", industry)
    add("kind", kind?.rawValue)
    switch lastContact {
    case .never: add("contact", "never")
    case .before(let date): add("before", date.description)
    case .after(let date): add("after", date.description)
    case .between(let from, let before):
      add("after", from.description)
      add("before", before.description)
    case nil: break
    }
    add("rhythm", rhythm?.rawValue)
    add("promise", promises?.rawValue)
    for (field, value) in fields.sorted(by: { $0.key < $1.key }) { add("field.\(field)", value) }
    return out
  }

  /// Without what narrows it; the state stays.
  package var isNarrowed: Bool { pairs.contains { $0.0 != "state" } }
}

extension ClientFilter.LastContact {
  /// A second end given to a filter that has one.
  fileprivate func ending(before date: CalendarDate) -> Self {
    if case .after(let from) = self { from < date ? .between(from, date) : .before(date) } else { self }
  }
  fileprivate func beginning(on date: CalendarDate) -> Self {
    if case .before(let before) = self { date < before ? .between(date, before) : .after(date) } else { self }
  }
}

/// The orders a list has; each is one index.
package struct ClientSort: Hashable, Sendable {
  package enum Key: String, Hashable, Sendable, CaseIterable { case name, contact, created, due }
  package var key: Key
  package var descending: Bool

  package init(_ key: Key, descending: Bool = false) { (self.key, self.descending) = (key, descending) }

  /// `name`, `-contact`.
  package init?(_ text: String) {
    let descending = text.hasPrefix("-")
    guard let key = Key(rawValue: String(descending ? text.dropFirst() : text[...])) else { return nil }
    self.init(key, descending: descending)
  }
  package var text: String { (descending ? "-" : "") + key.rawValue }
}

/// Where a page of a list begins: after the row with this key. It travels in the URL.
package struct ListCursor: Hashable, Sendable {
  package enum Key: Hashable, Sendable { case text(String), number(Int64) }
  package let key: Key
  package let id: Int64

  package init(_ key: Key, id: Int64) { (self.key, self.id) = (key, id) }
}
