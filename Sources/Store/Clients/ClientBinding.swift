package import Database
package import Domain

// Clients' values as columns.
extension PartyKind: SQLBindable, ColumnDecodable {}
extension CompanySize: SQLBindable, ColumnDecodable {}
extension ContactPointKind: SQLBindable, ColumnDecodable {}
extension CustomField.Kind: SQLBindable, ColumnDecodable {}
extension CustomField.AppliesTo: SQLBindable, ColumnDecodable {}

extension Zone: SQLBindable, ColumnDecodable {
  package static var sqlType: SQLType { .text }
  package var sqlValue: SQLValue { .text(name) }
  /// A zone that a later release of the zone database dropped reads as none.
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self? {
    try String.decode(source, column).flatMap { Zone($0) }
  }
}

extension Country: SQLBindable, ColumnDecodable {
  package static var sqlType: SQLType { .text }
  package var sqlValue: SQLValue { .text(code) }
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self? {
    try String.decode(source, column).flatMap { Country($0) }
  }
}
