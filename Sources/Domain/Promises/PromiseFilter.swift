/// Which promises a list shows: its whole state, as it stands in the URL.
package struct PromiseFilter: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable {
    case open, overdue, today, kept, broken, withdrawn, cancelled
    package var isOpen: Bool { self == .open || self == .overdue || self == .today }
  }

  package var state: State
  package var owner: AccountID?
  package var team: TeamID?
  package var client: ClientID?
  package var side: PromiseSide?
  /// Due on that day or later.
  package var from: CalendarDate?
  /// Due on that day or earlier.
  package var until: CalendarDate?
  /// Of kept ones.
  package var inTime: Bool?

  package init(
    _ state: State = .open, owner: AccountID? = nil, team: TeamID? = nil, client: ClientID? = nil, side: PromiseSide? = nil,
    from: CalendarDate? = nil, until: CalendarDate? = nil, inTime: Bool? = nil
  ) {
    (self.state, self.owner, self.team, self.client, self.side) = (state, owner, team, client, side)
    (self.from, self.until, self.inTime) = (from, until, inTime)
  }

  /// What cannot be read is as if it were not there. Without `owner` the list is `mine`; `owner=all` is everybody's.
  package init(pairs: [(String, String)], mine: AccountID?) {
    self.init(owner: mine)
    for (name, raw) in pairs {
      let value = String(raw.trimmingBlanks)
      switch name {
      case "state": state = State(rawValue: value) ?? .open
      case "owner": owner = value == "all" ? nil : AccountID(value) ?? mine
      case "team": team = TeamID(value)
      case "client": client = ClientID(value)
      case "side": side = PromiseSide(rawValue: value)
      case "from": from = CalendarDate(value)
      case "until": until = CalendarDate(value)
      case "in_time": inTime = value == "yes" ? true : value == "no" ? false : nil
      default: break
      }
    }
    // A client's or a team's promises are asked for whoever keeps them.
    if client != nil || team != nil, !pairs.contains(where: { $0.0 == "owner" && !$0.1.isEmpty }) { owner = nil }
  }

  package func pairs(mine: AccountID?) -> [(String, String)] {
    var out: [(String, String)] = []
    if state != .open { out.append(("state", state.rawValue)) }
    if let owner, owner != mine || client != nil || team != nil { out.append(("owner", owner.description)) }
    if owner == nil, client == nil, team == nil { out.append(("owner", "all")) }
    if let team { out.append(("team", team.description)) }
    if let client { out.append(("client", client.description)) }
    if let side { out.append(("side", side.rawValue)) }
    if let from { out.append(("from", from.description)) }
    if let until { out.append(("until", until.description)) }
    if let inTime { out.append(("in_time", inTime ? "yes" : "no")) }
    return out
  }
}
