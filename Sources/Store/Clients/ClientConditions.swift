import Database
import Domain

/// A filter as SQL. The first conditions are those of the partial indexes, word by word, so that they serve.
extension Session {
  func condition(_ filter: ClientFilter) -> SQL {
    var parts: [SQL] = [filter.who == .people ? "NOT p.is_client" : "p.is_client"]
    switch filter.state {
    case .active: parts.append("p.archived_at IS NULL AND p.deleted_at IS NULL")
    case .archived: parts.append("p.archived_at IS NOT NULL AND p.deleted_at IS NULL")
    case .bin: parts.append("p.deleted_at IS NOT NULL AND p.erased_at IS NULL")
    }
    var sql = parts.joined(separator: " AND ")
    sql += filter.who == .people ? " AND \(visible())" : visibleClients()
    for part in narrowing(filter) { sql += " AND \(part)" }
    return sql
  }

  private func narrowing(_ filter: ClientFilter) -> [SQL] {
    var parts: [SQL] = []
    if let found = textCondition(filter.text) { parts.append(found) }
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
    if let contact = lastContactCondition(filter) { parts.append(contact) }
    return parts
  }

  /// A day begins and ends in the reader's zone.
  private func lastContactCondition(_ filter: ClientFilter) -> SQL? {
    let zone = Zone(actor.zone) ?? .utc
    switch filter.lastContact {
    case nil: return nil
    case .never: return "p.last_contact_at = 0"
    case .before(let date): return "p.last_contact_at > 0 AND p.last_contact_at < \(zone.instant(date))"
    case .after(let date): return "p.last_contact_at >= \(zone.instant(date))"
    }
  }

  /// Every word somewhere in the document; digits with blanks and a trunk zero are a phone number.
  func textCondition(_ text: String) -> SQL? {
    let needle = SearchNeedle(text)
    guard !needle.isEmpty else { return nil }
    if needle.isShort { return "(\(needle.beginnings.map { needle.range("p", from: $0) }.joined(separator: " OR ")))" }
    return needle.words.map { "p.id IN (\(SearchIndex.matches($0)))" as SQL }.joined(separator: " AND ")
  }
}
