import CPostgres

/// One row of a result in PostgreSQL's binary format. Every length is checked before bytes are read, so a server that
/// sends something unexpected causes an error and never a trap.
final class PostgresColumns: ColumnSource {
  private let result: OpaquePointer
  let count: Int32
  var row: Int32 = 0

  init(_ result: OpaquePointer) { (self.result, count) = (result, PQnfields(result)) }

  func name(_ i: Int32) -> String { PQfname(result, i).map { String(cString: $0) } ?? "" }
  func isNull(_ i: Int32) -> Bool { PQgetisnull(result, row, i) == 1 }

  func int(_ i: Int32) -> Int64? {
    let bytes = bytes(i)
    switch PQftype(result, i) {
    case OID.int8: return bytes.bigEndian(Int64.self)
    case OID.int4: return bytes.bigEndian(Int32.self).map(Int64.init)
    case OID.int2: return bytes.bigEndian(Int16.self).map(Int64.init)
    case OID.oid: return bytes.bigEndian(UInt32.self).map(Int64.init)
    case OID.bool: return bytes.first.map { $0 == 0 ? 0 : 1 }
    case OID.numeric: return PostgresNumeric(bytes)?.integer
    default: return nil
    }
  }

  func double(_ i: Int32) -> Double? {
    let bytes = bytes(i)
    switch PQftype(result, i) {
    case OID.float8: return bytes.bigEndian(UInt64.self).map(Double.init(bitPattern:))
    case OID.float4: return bytes.bigEndian(UInt32.self).map { Double(Float(bitPattern: $0)) }
    case OID.numeric: return PostgresNumeric(bytes).flatMap { Double($0.text) }
    case OID.bool: return nil
    default: return int(i).map(Double.init)
    }
  }

  func text(_ i: Int32) -> String {
    switch PQftype(result, i) {
    case OID.int8, OID.int4, OID.int2, OID.oid, OID.bool: int(i).map { String($0) } ?? ""
    case OID.float8, OID.float4: double(i).map { String($0) } ?? ""
    case OID.numeric: PostgresNumeric(bytes(i))?.text ?? ""
    // jsonb is a version byte and then text.
    case OID.jsonb: String(decoding: bytes(i).dropFirst(), as: UTF8.self)
    default: String(decoding: bytes(i), as: UTF8.self)
    }
  }

  func blob(_ i: Int32) -> [UInt8] { [UInt8](bytes(i)) }

  func value(_ i: Int32) -> SQLValue {
    let type = PQftype(result, i)
    if isNull(i) { return .null(OID.sqlType(type)) }
    switch OID.sqlType(type) {
    case .bool: return .bool(int(i) == 1)
    case .int: return int(i).map { .int($0) } ?? .text(text(i))
    case .double: return double(i).map { .double($0) } ?? .text(text(i))
    case .blob: return .blob(blob(i))
    case .text: return .text(text(i))
    }
  }

  private func bytes(_ i: Int32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: PQgetvalue(result, row, i), count: Int(PQgetlength(result, row, i)))
  }
}

/// PostgreSQL's built-in type numbers (pg_type.dat).
private enum OID {
  static let bool: UInt32 = 16, bytea: UInt32 = 17, int8: UInt32 = 20, int2: UInt32 = 21, int4: UInt32 = 23, oid: UInt32 = 26
  static let float4: UInt32 = 700, float8: UInt32 = 701, numeric: UInt32 = 1700, jsonb: UInt32 = 3802

  static func sqlType(_ oid: UInt32) -> SQLType {
    switch oid {
    case bool: .bool
    case bytea: .blob
    case int8, int2, int4, Self.oid: .int
    case float4, float8, numeric: .double
    default: .text
    }
  }
}

extension UnsafeRawBufferPointer {
  /// nil unless the value has exactly this width.
  func bigEndian<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type) -> T? {
    count == MemoryLayout<T>.size ? T(bigEndian: loadUnaligned(as: T.self)) : nil
  }
}
