import Database
package import Domain

/// The client before or after one in a list.
package struct ClientNeighbour: Sendable, Hashable {
  package let id: PartyID
  package let name: String
  /// The number it is sorted by, where the list is sorted by one.
  package let number: Int64?
}

package struct ClientNeighbours: Sendable, Hashable {
  package let previous: ClientNeighbour?
  package let next: ClientNeighbour?
}

extension Session {
  /// Two short reads along the list's own index.
  ///
  /// - Parameter number: what the list was sorted by when it was seen. Whoever logs a contact moves the client to the end of a
  ///   list by last contact; the next one is still the next of the list that was worked through.
  package func neighbours(
    of id: PartyID, number: Int64?, _ filter: ClientFilter, _ sort: ClientSort
  ) throws -> ClientNeighbours {
    let order = ListOrder(filter, sort), text = try textMatch(filter.text)
    let key: ListCursor.Key
    if !order.isText, let number {
      key = .number(number)
    } else {
      let now: ListCursor.Key? = try connection.first("SELECT \(order.column) FROM party p WHERE p.id = \(id)") { row in
        order.isText ? .text(try row.next()) : try row.next(Int64?.self).map { .number($0) }
      }.flatMap { $0 }
      guard let now else { return ClientNeighbours(previous: nil, next: nil) }
      key = now
    }
    let cursor = ListCursor(key, id: id.rawValue), rows = filtered(filter, text)
    func one(_ order: ListOrder) throws -> ClientNeighbour? {
      try connection.first("""
        SELECT p.id, p.name, \(order.column) FROM \(rows.from) WHERE \(rows.condition) AND p.id <> \(id) \(order.after(cursor))
        ORDER BY \(order.column) \(order.direction), p.id \(order.direction) LIMIT 1
        """) { row in
        ClientNeighbour(id: try row.next(), name: try row.next(), number: order.isText ? nil : try row.next(Int64.self))
      }
    }
    return ClientNeighbours(previous: try one(order.reversed), next: try one(order))
  }
}
