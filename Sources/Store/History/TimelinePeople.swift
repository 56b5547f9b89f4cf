package import Domain
import Database

package struct TiedPerson: Sendable {
  package let id: PersonID
  package let name: String
  package let role: String
  package let isManager: Bool
  package let isPast: Bool
}

extension Session {
  /// The people a contact with this client may have been with: first those tied now, the client's manager before others.
  package func people(of company: PartyID) throws -> [TiedPerson] {
    var seen: Set<PersonID> = []
    return try connection.rows("""
      SELECT p.id, p.name, t.role, t.is_manager, t.until_date FROM tie t JOIN party p ON p.id = t.person_id
      WHERE t.company_id = \(company) AND p.erased_at IS NULL AND p.deleted_at IS NULL
      ORDER BY t.until_date IS NOT NULL, t.is_manager DESC, p.name_sort, p.id LIMIT 200
      """) { row in
      TiedPerson(
        id: try row.next(), name: try row.next(), role: try row.next(), isManager: try row.next(),
        isPast: try row.next(CalendarDate?.self).map { $0 < today } ?? false)
    }.filter { seen.insert($0.id).inserted }
  }
}
