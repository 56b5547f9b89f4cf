package import Database
package import Domain

// Domain values as columns: ids and instants as integers, dates as ISO text.
extension Identifier: SQLBindable, ColumnDecodable {
  package static var sqlType: SQLType { .int }
  package var sqlValue: SQLValue { .int(rawValue) }
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self? {
    try Int64.decode(source, column).map(Self.init(rawValue:))
  }
}

extension Instant: SQLBindable, ColumnDecodable {
  package static var sqlType: SQLType { .int }
  package var sqlValue: SQLValue { .int(milliseconds) }
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self? {
    try Int64.decode(source, column).map(Instant.init(milliseconds:))
  }
}

extension SQLBindable where Self: CodedAsText {
  package static var sqlType: SQLType { .text }
  package var sqlValue: SQLValue { .text(description) }
}
extension ColumnDecodable where Self: CodedAsText {
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self? {
    guard let text = try String.decode(source, column) else { return nil }
    guard let value = Self(text) else { throw DatabaseError.decoding("no \(Self.self) in \(source.name(column))") }
    return value
  }
}

extension SQLBindable where Self: CodedAsNumber {
  package static var sqlType: SQLType { .int }
  package var sqlValue: SQLValue { .int(number) }
}
extension ColumnDecodable where Self: CodedAsNumber {
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self? {
    guard let number = try Int64.decode(source, column) else { return nil }
    guard let value = Self(number: number) else { throw DatabaseError.decoding("no \(Self.self) in \(source.name(column))") }
    return value
  }
}

extension CalendarDate: SQLBindable, ColumnDecodable {}
extension PartialDate: SQLBindable, ColumnDecodable {}

extension Role: SQLBindable, ColumnDecodable {}
extension Scope: SQLBindable, ColumnDecodable {}
extension Language: SQLBindable, ColumnDecodable {}

// Text with types of their own.
extension SQLBindable where Self: RawRepresentable, RawValue == String {
  package static var sqlType: SQLType { .text }
  package var sqlValue: SQLValue { .text(rawValue) }
}
