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
    let headings = Headings(try connection.rows(reach.mostPressing(TodayList.cap + 1)) { row in
      let press = try row.next(Int64.self), client = try row.next(Int64?.self), id = try row.next(Int64.self)
      return TodayPlace(press: press, who: client ?? -id)
    })
    let rows = try todayRows(headings.shown, reach)
    var sections: [TodaySection] = []
    for group in ReasonGroup.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
      let own = rows.filter { Reason.group(ofPress: $0.press) == group }
      guard let size = headings.sizes[group], !own.isEmpty else { continue }
      sections.append(TodaySection(
        group: group, count: min(size.rows, TodayList.cap), isCapped: size.reasons > TodayList.cap, rows: own))
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

  /// What hangs on the rows: all reasons of each, its client, the colleague whose it is.
  private func todayRows(_ places: [TodayPlace], _ reach: TodayReach) throws -> [TodayRow] {
    guard !places.isEmpty else { return [] }
    let clients = places.filter { $0.who > 0 }.map(\.who), others = places.filter { $0.who < 0 }.map { -$0.who }
    var which: [SQL] = []
    if !clients.isEmpty { which.append("r.client_id IN \(list: padded(clients))") }
    if !others.isEmpty { which.append("r.id IN \(list: padded(others))") }
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

/// The most pressing reasons of each heading, a client once: under its most pressing one.
private struct Headings {
  struct Size { var rows = 0, reasons = 0 }
  var sizes: [ReasonGroup: Size] = [:]
  /// The first of each heading, most pressing first.
  var shown: [TodayPlace] = []

  init(_ reasons: [TodayPlace]) {
    var placed: Set<Int64> = []
    for reason in reasons.sorted(by: { ($0.press, $0.who) < ($1.press, $1.who) }) {
      guard let group = Reason.group(ofPress: reason.press) else { continue }
      var size = sizes[group] ?? Size()
      size.reasons += 1
      if placed.insert(reason.who).inserted {
        size.rows += 1
        if size.rows <= TodayList.sectionLimit { shown.append(reason) }
      }
      sizes[group] = size
    }
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
