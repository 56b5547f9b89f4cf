import Database
import Domain

/// A filter as SQL. The first conditions are those of the partial indexes, word by word, so that they serve.
extension Session {
  func condition(_ filter: ClientFilter, _ text: TextMatch?) -> SQL {
    var parts: [SQL] = [filter.who == .people ? "NOT p.is_client" : "p.is_client"]
    switch filter.state {
    case .active: parts.append("p.archived_at IS NULL AND p.deleted_at IS NULL")
    case .archived: parts.append("p.archived_at IS NOT NULL AND p.deleted_at IS NULL")
    case .bin: parts.append("p.deleted_at IS NOT NULL AND p.erased_at IS NULL")
    }
    var sql = parts.joined(separator: " AND ")
    sql += filter.who == .people ? " AND \(visible())" : visibleClients()
    if let text { sql += " AND \(text.condition)" }
    for part in narrowing(filter) { sql += " AND \(part)" }
    return sql
  }

  private func narrowing(_ filter: ClientFilter) -> [SQL] {
    var parts: [SQL] = []
    switch filter.owner {
    case .account(let id): parts.append("p.owner_id = \(id)")
    case .nobody: parts.append("p.owner_id IS NULL")
    case nil: break
    }
    if let team = filter.team { parts.append("p.team_id = \(team)") }
    if let relationship = filter.relationship { parts.append("p.relationship_id = \(relationship)") }
    if let country = filter.country { parts.append("p.country = \(country)") }
    if let language = filter.language { parts.append("p.language = \(language)") }
    if let industry = filter.industry { parts.append("p.industry = \(industry)") }
    if let kind = filter.kind { parts.append("p.kind = \(kind)") }
    for tag in filter.tags {
      parts.append("EXISTS (SELECT 1 FROM party_tag pt WHERE pt.party_id = p.id AND pt.tag_id = \(tag))")
    }
    for (field, value) in filter.fields.sorted(by: { $0.key < $1.key }) {
      parts.append(
        "EXISTS (SELECT 1 FROM custom_value v WHERE v.party_id = p.id AND v.field_id = \(field) AND v.value = \(value))")
    }
    if let promises = filter.promises {
      let late: SQL = promises == .overdue ? " AND pr.due_at < \(now)" : ""
      parts.append("EXISTS (SELECT 1 FROM promise pr WHERE pr.client_id = p.id AND pr.state = 'open'\(late))")
    }
    if let contact = lastContactCondition(filter) { parts.append(contact) }
    switch filter.rhythm {
    case .late: parts.append("p.contact_due_at <= \(now)")
    case .soon:
      let far = now.adding(milliseconds: Int64(Rhythm.longestWarning) * Instant.day)
      parts.append("p.contact_due_at <= \(far) AND \(RhythmSQL.isSoon(now))")
    case .unset: parts.append("p.contact_due_at = \(Reason.never)")
    case nil: break
    }
    return parts
  }

  /// A day begins and ends in the reader's zone.
  private func lastContactCondition(_ filter: ClientFilter) -> SQL? {
    switch filter.lastContact {
    case nil: return nil
    case .never: return "p.last_contact_at = 0"
    case .before(let date): return "p.last_contact_at > 0 AND p.last_contact_at < \(zone.instant(date))"
    case .after(let date): return "p.last_contact_at >= \(zone.instant(date))"
    case .between(let from, let before): return "p.last_contact_at >= \(zone.instant(from)) AND p.last_contact_at < \(zone.instant(before))"
    }
  }
}

/// Which clients a text finds, in the form that costs least: few are named one by one; several are all read and put in order;
/// of many, a list that is walked in its order soon has a page full; a short text is the beginning of a name.
enum TextMatch {
  case few([PartyID])
  case several([String])
  case many([String])
  case beginning(SearchNeedle)

  static let fewLimit = 500
  /// Reading and sorting 8,000 costs 5 ms of CPU. Walking costs nothing where the finds are spread over the list and 50 ms where
  /// they stand together at its end ("тров" begins at Димитров): so it is left for what very many have.
  static let severalLimit = 8000.0

  var condition: SQL {
    switch self {
    case .few(let ids): "p.id IN \(list: ids)"
    case .several(let words), .many(let words):
      words.map { "EXISTS (SELECT 1 FROM party_search s WHERE s.party_id = p.id AND s.doc LIKE \(SQL.likeAnywhere($0)) ESCAPE '\\')" as SQL }
        .joined(separator: " AND ")
    case .beginning(let needle): "(\(needle.beginnings.map { needle.range("p", from: $0) }.joined(separator: " OR ")))"
    }
  }
}

extension Session {
  func textMatch(_ text: String) throws -> TextMatch? {
    let needle = SearchNeedle(text)
    guard !needle.isEmpty else { return nil }
    if needle.isShort { return .beginning(needle) }
    let first = matches(needle.words, limit: TextMatch.fewLimit + 1)
    let (count, reached) = try connection.first("SELECT count(*), COALESCE(max(found.key), 0) FROM (\(first)) AS found") {
      (try $0.next(Int.self), try $0.next(Int64.self))
    } ?? (0, 0)
    if count <= TextMatch.fewLimit { return .few(try connection.values(first, as: PartyID.self)) }
    // Both engines find in the order of ids: how far they had to look for the first 500 tells how many there will be.
    let last: Int64 = try connection.required("SELECT max(party_id) FROM party_search")
    let expected = Double(count) * Double(last) / Double(max(1, reached))
    return expected <= TextMatch.severalLimit ? .several(needle.words) : .many(needle.words)
  }

  /// Parties that a filter and a text let through, as FROM and WHERE. Where the finds are read first, the engines are told so:
  /// SQLite knows nothing of their number, and PostgreSQL would walk the list and look for each.
  func filtered(_ filter: ClientFilter, _ text: TextMatch?, findsFirst: Bool = false) -> (from: SQL, condition: SQL) {
    switch text {
    case .several(let words), .many(let words) where findsFirst:
      ("(\(matches(words))\(sqlite: "", postgres: " OFFSET 0")) AS hit \(sqlite: "CROSS JOIN", postgres: "JOIN") party p ON p.id = hit.key", condition(filter, nil))
    default: ("party p", condition(filter, text))
    }
  }
}
