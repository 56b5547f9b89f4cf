package import Database
package import Domain

/// One line of a list.
package struct ClientLine: Sendable {
  package let id: PartyID
  package let kind: PartyKind
  package let isClient: Bool
  package let name: String
  package let ownNumber: String?
  package let ownerID: AccountID?
  package let owner: String?
  package let relationship: RelationshipName?
  package let lastContactAt: Instant?
  package let lastChannel: Channel?
  package let lastDirection: Direction?
  package let rhythm: Rhythm?
  package let archivedAt: Instant?
  package let deletedAt: Instant?
  package fileprivate(set) var tags: [TagLine] = []
  package fileprivate(set) var email: String?
  package fileprivate(set) var phone: String?
  /// Of a person: the first company of today.
  package fileprivate(set) var company: (id: PartyID, name: String)?
  fileprivate let cursor: ListCursor

  /// The number it is sorted by, where the list is sorted by one.
  package var number: Int64? { if case .number(let number) = cursor.key { number } else { nil } }
}

package struct TagLine: Sendable, Hashable {
  package let id: TagID
  package let name: String
}

/// A built-in type is named by the catalogues, an own one by its name.
package struct RelationshipName: Sendable, Hashable {
  package let key: String
  package let name: String?
}

package struct ClientListPage: Sendable {
  package let lines: [ClientLine]
  /// Nil on the last page.
  package let next: ListCursor?
  /// How many there are in all, where finding a page of them told it.
  package let found: Int?
}

extension Session {
  /// One indexed read for the lines and one for what hangs on them, whatever the size of the base.
  package func clients(
    _ filter: ClientFilter, _ sort: ClientSort, after cursor: ListCursor?, limit: Int = 50
  ) throws -> ClientListPage {
    let order = ListOrder(filter, sort)
    let text = try textMatch(filter.text)
    var found: Int?
    var lines: [ClientLine]
    if case .several? = text {
      lines = try connection.rows(findsQuery(filter, text, order, after: cursor, limit: limit)) { row in
        let line = try ClientLine(&row, order)
        found = try row.next()
        return line
      }
    } else {
      lines = try connection.rows(listQuery(filter, text, order, after: cursor, limit: limit)) { try ClientLine(&$0, order) }
    }
    let hasMore = lines.count > limit
    if hasMore { lines.removeLast() }
    try fill(&lines, people: filter.who == .people)
    return ClientListPage(lines: lines, next: hasMore ? lines.last?.cursor : nil, found: found)
  }

  /// The read of the lines alone: a test looks at its plan.
  package func listQuery(_ filter: ClientFilter, _ sort: ClientSort, after cursor: ListCursor?, limit: Int) throws -> SQL {
    listQuery(filter, try textMatch(filter.text), ListOrder(filter, sort), after: cursor, limit: limit)
  }

  private func listQuery(
    _ filter: ClientFilter, _ text: TextMatch?, _ order: ListOrder, after cursor: ListCursor?, limit: Int
  ) -> SQL {
    let rows = filtered(filter, text)
    return """
      SELECT \(ClientLine.columns), \(order.column) FROM \(rows.from) \(ClientLine.joins) WHERE \(rows.condition) \(order.after(cursor))
      ORDER BY \(order.column) \(order.direction), p.id \(order.direction) LIMIT \(limit + 1)
      """
  }

  /// All finds are read once, put in order and counted; what hangs on a line is read for those of the page.
  private func findsQuery(
    _ filter: ClientFilter, _ text: TextMatch?, _ order: ListOrder, after cursor: ListCursor?, limit: Int
  ) -> SQL {
    let rows = filtered(filter, text)
    return """
      WITH find AS MATERIALIZED (SELECT p.id, \(order.column) FROM \(rows.from) WHERE \(rows.condition)),
        page AS (SELECT p.id FROM find p WHERE 1 = 1 \(order.after(cursor))
          ORDER BY \(order.column) \(order.direction), p.id \(order.direction) LIMIT \(limit + 1))
      SELECT \(ClientLine.columns), \(order.column), (SELECT count(*) FROM find)
      FROM page \(sqlite: "CROSS JOIN", postgres: "JOIN") party p ON p.id = page.id \(ClientLine.joins)
      ORDER BY \(order.column) \(order.direction), p.id \(order.direction)
      """
  }

  /// Counted to the cap, or to the end when asked for.
  package func count(_ filter: ClientFilter, cap: Int? = 1000) throws -> Int {
    let found = filtered(filter, try textMatch(filter.text), findsFirst: true)
    let rows: SQL = "SELECT 1 FROM \(found.from) WHERE \(found.condition)"
    guard let cap else { return try connection.required("SELECT count(*) FROM (\(rows)) AS found") }
    return try connection.required("SELECT count(*) FROM (\(rows) LIMIT \(cap + 1)) AS found")
  }

  /// For a change of all that the list shows.
  package func clientIDs(_ filter: ClientFilter, limit: Int) throws -> [PartyID] {
    let found = filtered(filter, try textMatch(filter.text), findsFirst: true)
    return try connection.values("SELECT p.id FROM \(found.from) WHERE \(found.condition) ORDER BY p.id LIMIT \(limit)")
  }

  private func fill(_ lines: inout [ClientLine], people: Bool) throws {
    guard !lines.isEmpty else { return }
    let ids = lines.map(\.id)
    let index = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    try connection.each("""
      SELECT party_id, kind, position, 0, shown FROM contact_point WHERE party_id IN \(list: ids)
      UNION ALL
      SELECT pt.party_id, 'tag', 0, t.id, t.name FROM party_tag pt JOIN tag t ON t.id = pt.tag_id WHERE pt.party_id IN \(list: ids)
      ORDER BY 1, 3, 5
      """) { row in
      guard let at = index[try row.next(PartyID.self)] else { return }
      let kind = try row.next(String.self)
      row.skip()
      let tag = try row.next(TagID.self), text = try row.next(String.self)
      switch kind {
      case "tag": lines[at].tags.append(TagLine(id: tag, name: text))
      case "email": if lines[at].email == nil { lines[at].email = text }
      case "phone": if lines[at].phone == nil { lines[at].phone = text }
      default: break
      }
    }
    if people { try fillCompanies(&lines, index) }
  }

  private func fillCompanies(_ lines: inout [ClientLine], _ index: [PartyID: Int]) throws {
    try connection.each("""
      SELECT t.person_id, c.id, c.name FROM tie t JOIN party c ON c.id = t.company_id
      WHERE t.person_id IN \(list: lines.map(\.id)) AND t.until_date IS NULL AND c.deleted_at IS NULL ORDER BY t.id
      """) { row in
      guard let at = index[try row.next(PartyID.self)] else { return }
      let company = (id: try row.next(PartyID.self), name: try row.next(String.self))
      if lines[at].company == nil { lines[at].company = company }
    }
  }
}

extension ClientLine {
  fileprivate static let columns: SQL = """
    p.id, p.kind, p.is_client, p.name, p.own_number, p.owner_id, a.name, r.key, r.name, p.last_contact_at,
    p.last_contact_channel, p.last_contact_direction, p.contact_days, p.contact_due_at, p.archived_at, p.deleted_at
    """
  fileprivate static let joins: SQL = """
    LEFT JOIN account a ON a.id = p.owner_id LEFT JOIN relationship_type r ON r.id = p.relationship_id
    """

  fileprivate init(_ row: inout Row, _ order: ListOrder) throws {
    id = try row.next()
    kind = try row.next()
    isClient = try row.next()
    name = try row.next()
    ownNumber = try row.next()
    ownerID = try row.next()
    owner = try row.next()
    let key = try row.next(String?.self), own = try row.next(String?.self)
    relationship = key.map { RelationshipName(key: $0, name: own) }
    let last = try row.next(Instant.self)
    lastContactAt = last.milliseconds == 0 ? nil : last
    lastChannel = try row.next()
    lastDirection = try row.next()
    let days = try row.next(Int?.self), due = try row.next(Instant.self)
    rhythm = days.map { Rhythm(days: $0, dueAt: due) }
    archivedAt = try row.next()
    deletedAt = try row.next()
    cursor = ListCursor(order.isText ? .text(try row.next()) : .number(try row.next()), id: id.rawValue)
  }
}

/// The ORDER BY of a list and where a page of it begins.
struct ListOrder {
  let column: SQL
  let isText: Bool
  let descending: Bool
  var direction: SQL { descending ? "DESC" : "ASC" }

  init(_ filter: ClientFilter, _ sort: ClientSort) {
    var descending = sort.descending
    switch (filter.state, sort.key) {
    // What was put away last stands first; there is no other index.
    case (.archived, _): (column, isText, descending) = ("p.archived_at", false, true)
    case (.bin, _): (column, isText, descending) = ("p.deleted_at", false, true)
    case (.active, .name): (column, isText) = ("p.name_sort", true)
    case (.active, .contact) where filter.who == .clients: (column, isText) = ("p.last_contact_at", false)
    case (.active, .created) where filter.who == .clients: (column, isText) = ("p.created_at", false)
    case (.active, .due) where filter.who == .clients: (column, isText) = ("p.contact_due_at", false)
    case (.active, _): (column, isText, descending) = ("p.name_sort", true, false)
    }
    self.descending = descending
  }

  private init(_ column: SQL, isText: Bool, descending: Bool) {
    (self.column, self.isText, self.descending) = (column, isText, descending)
  }

  var reversed: ListOrder { ListOrder(column, isText: isText, descending: !descending) }

  /// A cursor of another order begins at the start.
  func after(_ cursor: ListCursor?) -> SQL {
    guard let cursor else { return "" }
    let key: SQL
    switch cursor.key {
    case .text(let text) where isText: key = "\(text)"
    case .number(let number) where !isText: key = "\(number)"
    default: return ""
    }
    return descending ? "AND (\(column), p.id) < (\(key), \(cursor.id))" : "AND (\(column), p.id) > (\(key), \(cursor.id))"
  }
}
