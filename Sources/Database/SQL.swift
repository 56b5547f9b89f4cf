/// A statement (or a piece of one) for either engine, built by string interpolation.
///
///     let q: SQL = "SELECT name FROM party WHERE id = \(id) AND kind IN \(list: kinds)"
///
/// Literal text is SQL; an interpolated value is a bind; an interpolated `SQL` splices. Placeholders are numbered in order
/// of appearance, so `$1…$n` is at once PostgreSQL's syntax and a SQLite parameter name whose index is n.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
  enum Part: Sendable {
    case text(String)
    case bind(SQLValue)
    case perEngine(sqlite: String, postgres: String)
    case bindPerEngine(sqlite: SQLValue, postgres: SQLValue)
  }
  var parts: [Part]

  package init(stringLiteral value: String) { parts = [.text(value)] }
  package init(stringInterpolation interpolation: StringInterpolation) { parts = interpolation.parts }

  /// The one door for SQL that is not a literal. Callers are counted by a test; none may pass outside input.
  package init(unsafe text: String) { parts = [.text(text)] }

  package static let empty: SQL = ""
  package var isEmpty: Bool {
    parts.allSatisfy { if case .text(let t) = $0 { t.isEmpty } else { false } }
  }

  package static func + (a: SQL, b: SQL) -> SQL {
    var c = a
    c.parts += b.parts
    return c
  }
  package static func += (a: inout SQL, b: SQL) { a.parts += b.parts }

  package struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []
    package init(literalCapacity: Int, interpolationCount: Int) { parts.reserveCapacity(interpolationCount * 2 + 1) }
    package mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { parts.append(.text(literal)) } }
    package mutating func appendInterpolation(_ value: some SQLBindable) { parts.append(.bind(value.sqlValue)) }
    package mutating func appendInterpolation<T: SQLBindable>(_ value: T?) { parts.append(.bind(value.sqlValue)) }
    package mutating func appendInterpolation(_ value: SQLValue) { parts.append(.bind(value)) }
    package mutating func appendInterpolation(_ fragment: SQL) { parts += fragment.parts }
    package mutating func appendInterpolation(sqlite: StaticString, postgres: StaticString) {
      parts.append(.perEngine(sqlite: "\(sqlite)", postgres: "\(postgres)"))
    }
    /// One bind whose form depends on the engine, such as a search pattern.
    mutating func appendInterpolation(sqliteBind: some SQLBindable, postgresBind: some SQLBindable) {
      parts.append(.bindPerEngine(sqlite: sqliteBind.sqlValue, postgres: postgresBind.sqlValue))
    }
    /// `x IN \(list: values)`. An empty list becomes `(NULL)`, which no row matches.
    ///
    /// The last value is repeated up to a power of two: statements are kept prepared by their text, and lists of every length
    /// would be as many of them. Beyond 16,384 it is as long as it is, since SQLite takes 32,766 values.
    package mutating func appendInterpolation(list values: some Sequence<some SQLBindable>) {
      let given = values.map { $0.sqlValue }
      guard let last = given.last else { return parts.append(.text("(NULL)")) }
      var size = 1
      while size < given.count { size *= 2 }
      parts.append(.text("("))
      for value in size > 16_384 ? given : given + repeatElement(last, count: size - given.count) {
        parts.append(.bind(value))
        parts.append(.text(","))
      }
      parts[parts.count - 1] = .text(")")
    }
  }

  /// The text with `$1…$n` and the binds in that order.
  package func render(_ dialect: Dialect) -> (text: String, binds: [SQLValue]) {
    var text = ""
    text.reserveCapacity(parts.count * 32)
    var binds: [SQLValue] = []
    func place(_ value: SQLValue) {
      binds.append(value)
      text += "$"
      text += String(binds.count)
    }
    for part in parts {
      switch part {
      case .text(let t): text += t
      case .perEngine(let sqlite, let postgres): text += dialect == .sqlite ? sqlite : postgres
      case .bind(let value): place(value)
      case .bindPerEngine(let sqlite, let postgres): place(dialect == .sqlite ? sqlite : postgres)
      }
    }
    return (text, binds)
  }
}

extension Sequence where Element == SQL {
  package func joined(separator: SQL) -> SQL {
    var out = SQL.empty
    var first = true
    for sql in self {
      if !first { out += separator }
      first = false
      out += sql
    }
    return out
  }
}
