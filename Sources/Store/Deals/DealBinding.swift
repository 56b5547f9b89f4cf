package import Database
package import Domain

extension DealPhase: SQLBindable, ColumnDecodable {}
extension OpportunityState: SQLBindable, ColumnDecodable {}

extension Currency: SQLBindable, ColumnDecodable {
  package static var sqlType: SQLType { .text }
  package var sqlValue: SQLValue { .text(code) }
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Currency? {
    guard let text = try String.decode(source, column) else { return nil }
    guard let currency = Currency(text) else { throw DatabaseError.decoding("no currency in \(source.name(column))") }
    return currency
  }
}

extension BasisPoints: SQLBindable, ColumnDecodable {
  package static var sqlType: SQLType { .int }
  package var sqlValue: SQLValue { .int(Int64(value)) }
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> BasisPoints? {
    guard let number = try Int64.decode(source, column) else { return nil }
    guard let value = Int(exactly: number).flatMap(BasisPoints.init) else {
      throw DatabaseError.decoding("no share of a price in \(source.name(column))")
    }
    return value
  }
}

extension Quantity: SQLBindable, ColumnDecodable {
  package static var sqlType: SQLType { .int }
  package var sqlValue: SQLValue { .int(milli) }
  package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Quantity? {
    guard let number = try Int64.decode(source, column) else { return nil }
    guard let value = Quantity(milli: number) else { throw DatabaseError.decoding("no quantity in \(source.name(column))") }
    return value
  }
}
