package import Database
package import Domain

// Clients' values as columns.
extension PartyKind: SQLBindable, ColumnDecodable {}
extension CompanySize: SQLBindable, ColumnDecodable {}
extension ContactPointKind: SQLBindable, ColumnDecodable {}
extension CustomField.Kind: SQLBindable, ColumnDecodable {}
extension CustomField.AppliesTo: SQLBindable, ColumnDecodable {}

extension Zone: SQLBindable, ColumnDecodable {
  /// A zone that a later release of the zone database dropped reads as none.
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self? {
    try String.decode(source, column).flatMap { Zone($0) }
  }
}

extension Country: SQLBindable, ColumnDecodable {
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self? {
    try String.decode(source, column).flatMap { Country($0) }
  }
}
