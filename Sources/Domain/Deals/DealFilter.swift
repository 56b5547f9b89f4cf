/// Which deals a list shows: the whole state of the list, as it stands in its URL.
package struct DealFilter: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable {
    /// Not decided yet.
    case open
    /// Agreed or being done.
    case work
    case finished, lost, all

    package var phases: [DealPhase] {
      switch self {
      case .open: [.open]
      case .work: [.won, .delivery]
      case .finished: [.finished]
      case .lost: [.lost]
      case .all: DealPhase.allCases
      }
    }
  }

  package var state = State.open
  package var text = ""
  package var stage: StageID?
  package var owner: AccountID?
  package var client: ClientID?
  package var currency: Currency?
  /// A month of the expected decision, by its first day.
  package var month: CalendarDate?
  package var reason: ReasonID?

  package init() {}

  /// What cannot be read in a URL is as if it were not there.
  package init(pairs: [(String, String)]) {
    for (name, raw) in pairs {
      let value = String(raw.trimmingBlanks)
      switch name {
      case "state": state = State(rawValue: value) ?? .open
      case "q": text = String(value.prefix(100))
      case "stage": stage = StageID(value)
      case "owner": owner = AccountID(value)
      case "client": client = ClientID(value)
      case "currency": currency = Currency(value)
      case "month": month = CalendarDate(value + "-01")
      case "reason": reason = ReasonID(value)
      default: break
      }
    }
  }

  package var pairs: [(String, String)] {
    var out: [(String, String)] = []
    func add(_ name: String, _ value: String?) { if let value, !value.isEmpty { out.append((name, value)) } }
    if state != .open { add("state", state.rawValue) }
    add("q", text)
    add("stage", stage?.description)
    add("owner", owner?.description)
    add("client", client?.description)
    add("currency", currency?.code)
    add("month", month.map { String($0.description.prefix(7)) })
    add("reason", reason?.description)
    return out
  }

  package var isNarrowed: Bool { pairs.contains { $0.0 != "state" } }
}

/// The orders the list has; each is one index.
package struct DealSort: Hashable, Sendable {
  package enum Key: String, Hashable, Sendable, CaseIterable { case changed, name, expected }
  package var key: Key
  package var descending: Bool

  package init(_ key: Key, descending: Bool) { (self.key, self.descending) = (key, descending) }

  /// `name`, `-changed`.
  package init?(_ text: String) {
    let descending = text.hasPrefix("-")
    guard let key = Key(rawValue: String(descending ? text.dropFirst() : text[...])) else { return nil }
    self.init(key, descending: descending)
  }
  package var text: String { (descending ? "-" : "") + key.rawValue }

  package static let usual = DealSort(.changed, descending: true)
}
