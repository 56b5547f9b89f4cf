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
    var headings = Headings(try connection.rows(reach.mostPressing(TodayList.cap + 1)) { row in
      let press = try row.next(Int64.self), client = try row.next(Int64?.self), id = try row.next(Int64.self)
      return TodayPlace(press: press, who: client ?? -id)
    })
    headings.keep(try mostPressing(of: headings.unsure, reach))
    let rows = try todayRows(headings.shown, reach)
    let sections = headings.all.compactMap { group, heading -> TodaySection? in
      let own = rows.filter { Reason.group(ofPress: $0.press) == group }
      return own.isEmpty ? nil : TodaySection(
        group: group, count: min(heading.places.count, TodayList.cap), isCapped: heading.isCapped, rows: own)
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

  /// Where clients stand that have these.
  private func mostPressing(of clients: [Int64], _ reach: TodayReach) throws -> [Int64: Int64] {
    guard !clients.isEmpty else { return [:] }
    let found = try connection.rows("""
      SELECT r.client_id, min(r.press) FROM reason r WHERE r.client_id IN \(list: clients) AND \(reach.condition("r")) GROUP BY r.client_id
      """) { (try $0.next(Int64.self), try $0.next(Int64.self)) }
    return Dictionary(uniqueKeysWithValues: found)
  }

  /// What hangs on the rows: all reasons of each, its client, the colleague whose it is.
  private func todayRows(_ places: [TodayPlace], _ reach: TodayReach) throws -> [TodayRow] {
    guard !places.isEmpty else { return [] }
    let clients = places.filter { $0.who > 0 }.map(\.who), others = places.filter { $0.who < 0 }.map { -$0.who }
    var which: [SQL] = []
    if !clients.isEmpty { which.append("r.client_id IN \(list: clients)") }
    if !others.isEmpty { which.append("r.id IN \(list: others)") }
    var rows: [Int64: TodayRow] = [:]
    let presses = Dictionary(places.map { ($0.who, $0.press) }, uniquingKeysWith: { a, _ in a })
    try connection.each("""
      SELECT coalesce(r.client_id, -r.id), r.kind, r.subject_id, r.due_at, r.due_on, r.text, r.number, r.passed_to IS NOT NULL,
        r.account_id, a.name, p.id, p.is_client, p.name, p.last_contact_at, p.last_contact_channel
      FROM reason r LEFT JOIN party p ON p.id = r.client_id AND \(visible()) LEFT JOIN account a ON a.id = r.account_id
      WHERE (\(which.joined(separator: " OR "))) AND \(reach.condition("r")) ORDER BY r.press, r.id
      """) { row in
      let who = try row.next(Int64.self)
      guard let first = presses[who] else { return }
      let matter = try TodayRow.Matter(&row)
      if rows[who] == nil { rows[who] = try TodayRow(&row, who: who, press: first, isOwn: { actor.id == $0 }) }
      rows[who]?.matters.append(matter)
    }
    return places.compactMap { rows[$0.who] }
  }
}

/// The most pressing reasons of each heading, a client once: under its most pressing one.
private struct Headings {
  struct Heading {
    var reasons = 0
    var places: [TodayPlace] = []
    /// There are more than were looked at.
    var isCapped: Bool { reasons > TodayList.cap }
  }
  /// Most pressing first.
  private(set) var all: [(group: ReasonGroup, heading: Heading)] = []

  init(_ reasons: [TodayPlace]) {
    var placed: Set<Int64> = []
    for reason in reasons.sorted(by: { ($0.press, $0.who) < ($1.press, $1.who) }) {
      guard let group = Reason.group(ofPress: reason.press) else { continue }
      var heading = all.last?.group == group ? all.removeLast().heading : Heading()
      heading.reasons += 1
      if placed.insert(reason.who).inserted { heading.places.append(reason) }
      all.append((group, heading))
    }
  }

  /// Clients below a heading that was not looked at to its end: they may stand there, with a reason that presses more.
  var unsure: [Int64] {
    all.drop { !$0.heading.isCapped }.dropFirst().flatMap(\.heading.places).map(\.who).filter { $0 > 0 }
  }

  /// Leaves out clients that stand further up.
  mutating func keep(_ most: [Int64: Int64]) {
    all = all.map { group, heading in
      var heading = heading
      heading.places.removeAll { place in most[place.who].map { $0 < place.press } ?? false }
      return (group, heading)
    }
  }

  /// The first of each.
  var shown: [TodayPlace] { all.flatMap { $0.heading.places.prefix(TodayList.sectionLimit) } }
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
