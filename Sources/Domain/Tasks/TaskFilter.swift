/// Which tasks a list shows, as it stands in its URL.

package struct TaskFilter: Hashable, Sendable {
  package enum Who: String, CaseIterable, Sendable {
    /// The reader's own.
    case mine
    /// Of everyone whose tasks the reader may see: the team, or all.
    case all
  }
  package enum State: String, CaseIterable, Sendable { case open, overdue, done }

  package var who: Who
  package var state: State
  package var owner: AccountID?
  package var client: ClientID?

  package init(_ who: Who = .mine, _ state: State = .open, owner: AccountID? = nil, client: ClientID? = nil) {
    self.who = who
    self.state = state
    self.owner = owner
    self.client = client
  }

  /// What cannot be read in a URL is as if it were not there.
  package init(pairs: [(String, String)]) {
    func last(_ name: String) -> String? { pairs.last { $0.0 == name && !$0.1.isEmpty }?.1 }
    self.init(
      last("who").flatMap(Who.init) ?? .mine, last("state").flatMap(State.init) ?? .open, owner: last("owner").flatMap { AccountID($0) },
      client: last("client").flatMap { ClientID($0) })
  }

  package var pairs: [(String, String)] {
    var out: [(String, String)] = []
    if who != .mine { out.append(("who", who.rawValue)) }
    if state != .open { out.append(("state", state.rawValue)) }
    if let owner { out.append(("owner", owner.description)) }
    if let client { out.append(("client", client.description)) }
    return out
  }
}
