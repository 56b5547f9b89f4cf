import Database
package import Domain

/// Whose day is looked at.
package enum TodayView: Hashable, Sendable {
  /// One's own, with those of colleagues one stands in for.
  case mine
  case account(AccountID)
  case team(TeamID)
  /// Reasons of clients that nobody owns.
  case nobody
}

/// One client with all the reasons, or one matter without a client.
package struct TodayRow: Sendable {
  package struct Client: Sendable, Hashable {
    package let id: ClientID
    package let isClient: Bool
    package let name: String
    package let lastContactAt: Instant?
    package let lastChannel: Channel?
  }

  package struct Matter: Sendable, Hashable {
    package let key: ReasonKey
    package let dueAt: Instant
    /// Where a whole day is meant.
    package let dueOn: CalendarDate?
    package let text: String
    package let number: Int?
    package let isPassed: Bool
  }

  /// Nil where there is none, or it is not this actor's to see.
  package let client: Client?
  package let account: AccountName?
  /// Most pressing first; never empty.
  package fileprivate(set) var matters: [Matter]
  fileprivate let who: Int64
  package let press: Int64

  /// The row is addressed by its first reason.
  package var key: ReasonKey? { matters.first?.key }
  /// Where a further page goes on.
  package var place: TodayPlace { TodayPlace(press: press, who: who) }
}

package struct TodayPlace: Hashable, Sendable {
  package let press: Int64
  package let who: Int64
  package init(press: Int64, who: Int64) { (self.press, self.who) = (press, who) }
}

package struct TodaySection: Sendable {
  package let group: ReasonGroup
  /// Rows in all; those shown may be fewer.
  package let count: Int
  /// There are more than could be counted.
  package let isCapped: Bool
  package let rows: [TodayRow]
  package init(group: ReasonGroup, count: Int, isCapped: Bool = false, rows: [TodayRow]) {
    (self.group, self.count, self.isCapped, self.rows) = (group, count, isCapped, rows)
  }
}

package struct TodayList: Sendable {
  package let sections: [TodaySection]
  package init(sections: [TodaySection]) { self.sections = sections }
  package var count: Int { sections.reduce(0) { $0 + $1.count } }
  package var isCapped: Bool { sections.contains(where: \.isCapped) }
  /// Of each heading the most pressing reasons are looked at, up to so many: the page says "more than" of the rest.
  package static let cap = 100
  package static let sectionLimit = 10
}

extension Session {
  package func today(_ view: TodayView) throws -> TodayList {
    let reach = try reach(of: view)
    let places = try connection.rows("""
      WITH shown AS (\(reach.mostPressing(TodayList.cap + 1))),
        who AS (SELECT coalesce(client_id, -id) AS who, min(press) AS press FROM shown GROUP BY coalesce(client_id, -id)),
        looked AS (SELECT press / \(Self.groupUnit) AS heading, count(*) AS reasons FROM shown GROUP BY 1),
        placed AS (SELECT who, press, row_number() OVER (PARTITION BY press / \(Self.groupUnit) ORDER BY press, who) AS place,
          count(*) OVER (PARTITION BY press / \(Self.groupUnit)) AS size FROM who)
      SELECT who, press, size, reasons FROM placed JOIN looked ON heading = press / \(Self.groupUnit)
      WHERE place <= \(TodayList.sectionLimit) ORDER BY press, who
      """) { (place: TodayPlace(who: try $0.next(), press: try $0.next()), size: try $0.next(Int.self), looked: try $0.next(Int.self)) }
    let rows = try todayRows(places.map(\.place), reach)
    var sections: [TodaySection] = []
    for group in ReasonGroup.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
      let own = rows.filter { Reason.group(ofPress: $0.press) == group }
      guard let first = places.first(where: { Reason.group(ofPress: $0.place.press) == group }), !own.isEmpty else { continue }
      sections.append(TodaySection(group: group, count: min(first.size, TodayList.cap), isCapped: first.looked > TodayList.cap, rows: own))
    }
    return TodayList(sections: sections)
  }

  /// One heading in full, by key.
  package func today(
    _ view: TodayView, only group: ReasonGroup, after place: TodayPlace? = nil, limit: Int = 50
  ) throws -> (rows: [TodayRow], next: TodayPlace?) {
    let reach = try reach(of: view)
    let heading = Reason.presses(of: group)
    let after: SQL = place.map { " AND (press, who) > (\($0.press), \($0.who))" } ?? ""
    let places = try connection.rows("""
      WITH who AS (SELECT coalesce(client_id, -id) AS who, min(press) AS press FROM (\(reach.keys)) shown GROUP BY coalesce(client_id, -id))
      SELECT who, press FROM who WHERE press >= \(heading.lowerBound) AND press < \(heading.upperBound)\(after) ORDER BY press, who LIMIT \(limit + 1)
      """) { TodayPlace(who: try $0.next(), press: try $0.next()) }
    let rows = try todayRows(Array(places.prefix(limit)), reach)
    return (rows, places.count > limit ? places.dropLast().last : nil)
  }

  private static var groupUnit: Int64 { 1 << Reason.groupShift }

  /// What hangs on the rows: all reasons of each, its client, the colleague whose it is.
  private func todayRows(_ places: [TodayPlace], _ reach: TodayReach) throws -> [TodayRow] {
    guard !places.isEmpty else { return [] }
    let clients = places.filter { $0.who > 0 }.map(\.who), others = places.filter { $0.who < 0 }.map { -$0.who }
    var which: [SQL] = []
    if !clients.isEmpty { which.append("r.client_id IN \(list: padded(clients))") }
    if !others.isEmpty { which.append("(r.client_id IS NULL AND r.id IN \(list: padded(others)))") }
    var rows: [Int64: TodayRow] = [:], elsewhere: Set<Int64> = []
    let presses = Dictionary(places.map { ($0.who, $0.press) }, uniquingKeysWith: { a, _ in a })
    try connection.each("""
      SELECT coalesce(r.client_id, -r.id), r.press, r.kind, r.subject_id, r.due_at, r.due_on, r.text, r.number, r.passed_to IS NOT NULL,
        r.account_id, a.name, p.id, p.is_client, p.name, p.last_contact_at, p.last_contact_channel
      FROM reason r LEFT JOIN party p ON p.id = r.client_id AND \(visible()) LEFT JOIN account a ON a.id = r.account_id
      WHERE (\(which.joined(separator: " OR "))) AND \(reach.condition("r")) ORDER BY r.press, r.id
      """) { row in
      let who = try row.next(Int64.self), press = try row.next(Int64.self)
      guard let first = presses[who], !elsewhere.contains(who) else { return }
      // Its most pressing reason is one of too many to be shown: the client stands there, not further down as well.
      guard rows[who] != nil || press == first else {
        elsewhere.insert(who)
        return
      }
      let matter = try TodayRow.Matter(&row)
      if rows[who] == nil { rows[who] = try TodayRow(&row, who: who, press: first, isOwn: { actor.id == $0 }) }
      rows[who]?.matters.append(matter)
    }
    return places.compactMap { rows[$0.who] }
  }
}

extension TodayPlace {
  fileprivate init(who: Int64, press: Int64) { self.init(press: press, who: who) }
}

extension TodayRow.Matter {
  fileprivate init(_ row: inout Row) throws {
    key = ReasonKey(try row.next(), try row.next())
    dueAt = try row.next()
    dueOn = try row.next()
    text = try row.next()
    number = try row.next()
    isPassed = try row.next()
  }
}

extension TodayRow {
  fileprivate init(_ row: inout Row, who: Int64, press: Int64, isOwn: (AccountID) -> Bool) throws {
    let account = try row.next(AccountID?.self), name = try row.next(String?.self)
    self.account = account.flatMap { id in isOwn(id) ? nil : name.map { AccountName(id: id, name: $0, isClosed: false) } }
    let id = try row.next(ClientID?.self), isClient = try row.next(Bool?.self), clientName = try row.next(String?.self)
    let last = try row.next(Instant?.self), channel = try row.next(Channel?.self)
    client = id.map {
      Client(id: $0, isClient: isClient ?? true, name: clientName ?? "", lastContactAt: last.flatMap { $0.milliseconds == 0 ? nil : $0 },
        lastChannel: channel)
    }
    (matters, self.who, self.press) = ([], who, press)
  }
}

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

  func condition(_ alias: StaticString) -> SQL {
    let r: SQL = "\(raw: alias)"
    return "(" + parts.map { part -> SQL in
      let early: SQL = part.deadlines > part.until ? " AND (\(r).has_deadline OR \(r).shows_at < \(part.until))" : ""
      return "(\(r).account_id \(part.whose) AND \(r).shows_at < \(part.deadlines)\(early))"
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
    let zone = Zone(actor.zone) ?? .utc, today = zone.date(now)
    let tomorrow = zone.instant(today.adding(days: 1))
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
