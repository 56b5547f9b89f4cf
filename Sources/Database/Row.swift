/// Reading a result: columns are decoded in the order of the SELECT list, each into the type the receiving property has.
///
///     try connection.rows("SELECT id, name, born FROM party") { row in
///       Party(id: try row.next(), name: try row.next(), born: try row.next())
///     }
///
/// A NULL where the type is not optional, or a text where a number is expected, throws `DatabaseError.decoding` and
/// never traps.
///
/// Inlinable throughout: a page decodes thousands of columns, and an unspecialized generic call costs more than the column.
@usableFromInline package struct Row {
  @usableFromInline let source: any ColumnSource
  @usableFromInline let count: Int32
  @usableFromInline var index: Int32 = 0

  init(_ source: any ColumnSource) { (self.source, count) = (source, source.count) }

  @inlinable package mutating func next<T: ColumnDecodable>(_ type: T.Type = T.self) throws -> T {
    guard index < count else { throw DatabaseError.decoding("column \(index) of \(count)") }
    let column = index
    index += 1
    guard let value = try T.decode(source, column) else {
      throw DatabaseError.decoding("NULL in column \(source.name(column))")
    }
    return value
  }
  @inlinable package mutating func next<T: ColumnDecodable>(_ type: T?.Type = T?.self) throws -> T? {
    guard index < count else { throw DatabaseError.decoding("column \(index) of \(count)") }
    let column = index
    index += 1
    return source.isNull(column) ? nil : try T.decode(source, column)
  }
  package mutating func skip(_ n: Int32 = 1) { index += n }
  package var columnCount: Int { Int(count) }
  package func columnName(_ i: Int) -> String { source.name(Int32(clamping: i)) }
  /// The value as the engine has it: for export and hashing, where no type is known.
  package mutating func nextValue() throws -> SQLValue {
    guard index < count else { throw DatabaseError.decoding("column \(index) of \(count)") }
    defer { index += 1 }
    return source.value(index)
  }
}

/// One engine's current row. Indexes are checked by `Row`. An object, so that a column is read without a copy of its source.
@usableFromInline package protocol ColumnSource: AnyObject {
  var count: Int32 { get }
  func name(_ i: Int32) -> String
  func isNull(_ i: Int32) -> Bool
  func int(_ i: Int32) -> Int64?
  func double(_ i: Int32) -> Double?
  func text(_ i: Int32) -> String
  func blob(_ i: Int32) -> [UInt8]
  func value(_ i: Int32) -> SQLValue
}

@usableFromInline package protocol ColumnDecodable {
  /// nil when the column is NULL.
  static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self?
}

extension Int64: ColumnDecodable {
  @inlinable package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Int64? {
    if source.isNull(column) { return nil }
    guard let value = source.int(column) else { throw DatabaseError.decoding("no integer in column \(source.name(column))") }
    return value
  }
}
extension Int: ColumnDecodable {
  @inlinable package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Int? {
    try Int64.decode(source, column).map(Int.init)
  }
}
extension Bool: ColumnDecodable {
  @inlinable package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Bool? {
    try Int64.decode(source, column).map { $0 != 0 }
  }
}
extension Double: ColumnDecodable {
  @inlinable package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Double? {
    if source.isNull(column) { return nil }
    guard let value = source.double(column) else { throw DatabaseError.decoding("no number in column \(source.name(column))") }
    return value
  }
}
extension String: ColumnDecodable {
  @inlinable package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> String? {
    source.isNull(column) ? nil : source.text(column)
  }
}
extension [UInt8]: ColumnDecodable {
  @inlinable package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> [UInt8]? {
    source.isNull(column) ? nil : source.blob(column)
  }
}
extension ColumnDecodable where Self: RawRepresentable, RawValue: ColumnDecodable {
  @inlinable package static func decode(_ source: any ColumnSource, _ column: Int32) throws -> Self? {
    guard let raw = try RawValue.decode(source, column) else { return nil }
    guard let value = Self(rawValue: raw) else {
      throw DatabaseError.decoding("unknown value \(raw) in column \(source.name(column))")
    }
    return value
  }
}
