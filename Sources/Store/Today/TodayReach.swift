import Database
import Domain

/// Which reasons a view takes in, as conditions that the index serves.
struct TodayReach {
  struct Part {
    /// On the account; an index's first column.
    let whose: SQL
    /// Everything that begins before this is shown; of what has a deadline, up to the other.
    let until: Instant
    let deadlines: Instant
  }
  let parts: [Part]

  /// For reasons found by their clients: the plus keeps an engine from walking all that the account has instead.
  func condition(_ alias: StaticString) -> SQL {
    let r: SQL = "\(raw: alias)"
    return "(" + parts.map { part -> SQL in
      let early: SQL = part.deadlines > part.until ? " AND (\(r).has_deadline OR \(r).shows_at < \(part.until))" : ""
      return "(+\(r).account_id \(part.whose) AND \(r).shows_at < \(part.deadlines)\(early))"
    }.joined(separator: " OR ") + ")"
  }

  /// Keys alone, from a covering index, one search a part.
  var keys: SQL { keys(of: "") }

  private func keys(of range: SQL) -> SQL {
    parts.map { part -> SQL in
      let early: SQL = part.deadlines > part.until ? " AND (has_deadline OR shows_at < \(part.until))" : ""
      return "SELECT press, client_id, id FROM reason WHERE account_id \(part.whose)\(range) AND shows_at < \(part.deadlines)\(early)"
    }.joined(separator: " UNION ALL ")
  }

  /// The first of each heading, along the index that has them in the page's order.
  func mostPressing(_ limit: Int) -> SQL {
    ReasonGroup.allCases.map { group -> SQL in
      let heading = Reason.presses(of: group)
      let own = keys(of: " AND press >= \(heading.lowerBound) AND press < \(heading.upperBound)")
      return "SELECT press, client_id, id FROM (SELECT press, client_id, id FROM (\(own)) k ORDER BY press LIMIT \(limit)) g"
    }.joined(separator: " UNION ALL ")
  }
}

extension Session {
  func reach(of view: TodayView) throws -> TodayReach {
    let zone = zone, today = zone.date(now), tomorrow = endOfToday
    func plain(_ whose: SQL) -> TodayReach.Part { TodayReach.Part(whose: whose, until: tomorrow, deadlines: tomorrow) }
    func own(_ account: AccountID) throws -> TodayReach.Part {
      let far = zone.instant(try calendar(of: account, from: today).reach(from: today))
      return TodayReach.Part(whose: "= \(account)", until: tomorrow, deadlines: far)
    }
    switch view {
    case .mine: return TodayReach(parts: [try own(actor.id)] + actor.standsInFor.map { plain("= \($0)") })
    case .account(let id):
      guard try mayLook(at: id) else { throw Refusal.notFound }
      return TodayReach(parts: [try own(id)])
    case .team(let team):
      guard actor.scope == .all || (actor.scope == .team && actor.teamID == team) else { throw Refusal.notFound }
      return TodayReach(parts: [plain("IN (SELECT id FROM account WHERE team_id = \(team))")])
    case .nobody:
      guard actor.scope == .all else { throw Refusal.notFound }
      return TodayReach(parts: [plain("IS NULL")])
    }
  }
}
