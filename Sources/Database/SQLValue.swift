/// One value that both engines can bind or return. Booleans are `boolean` in PostgreSQL and 0/1 in SQLite.
@usableFromInline package enum SQLValue: Sendable, Hashable {
  case null(SQLType)
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case text(String)
  case blob([UInt8])
}

/// The type of a bind. A NULL keeps it, because PostgreSQL refuses an untyped `$1 IS NULL` and picks wrong overloads.
@usableFromInline package enum SQLType: Sendable, Hashable { case bool, int, double, text, blob }

/// What may stand in `\( )` inside an `SQL` literal.
package protocol SQLBindable {
  static var sqlType: SQLType { get }
  var sqlValue: SQLValue { get }
}

extension Bool: SQLBindable {
  package static var sqlType: SQLType { .bool }
  package var sqlValue: SQLValue { .bool(self) }
}
extension Int: SQLBindable {
  package static var sqlType: SQLType { .int }
  package var sqlValue: SQLValue { .int(Int64(self)) }
}
extension Int64: SQLBindable {
  package static var sqlType: SQLType { .int }
  package var sqlValue: SQLValue { .int(self) }
}
extension Double: SQLBindable {
  package static var sqlType: SQLType { .double }
  package var sqlValue: SQLValue { .double(self) }
}
extension String: SQLBindable {
  package static var sqlType: SQLType { .text }
  // PostgreSQL cannot hold U+0000 in text and SQLite's tools stop at it: it is dropped at this one door.
  package var sqlValue: SQLValue { .text(utf8.contains(0) ? String(unicodeScalars.filter { $0 != "\0" }.map(Character.init)) : self) }
}
extension [UInt8]: SQLBindable {
  package static var sqlType: SQLType { .blob }
  package var sqlValue: SQLValue { .blob(self) }
}
extension Optional: SQLBindable where Wrapped: SQLBindable {
  package static var sqlType: SQLType { Wrapped.sqlType }
  package var sqlValue: SQLValue { self?.sqlValue ?? .null(Wrapped.sqlType) }
}
extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
  package static var sqlType: SQLType { RawValue.sqlType }
  package var sqlValue: SQLValue { rawValue.sqlValue }
}
