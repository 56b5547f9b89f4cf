/// Binds as libpq takes them: one arena of bytes for all, in PostgreSQL's binary format (big-endian), so that neither
/// side prints or parses numbers.
struct PostgresParameters {
  private var arena: [UInt8] = []
  private var offsets: [Int] = []
  private var lengths: [Int32] = []
  private(set) var types: [UInt32] = []

  static let none = PostgresParameters()
  private init() {}

  init(_ binds: [SQLValue]) throws {
    guard binds.count <= Int(UInt16.max) else {
      throw DatabaseError.other(code: "54023", message: "\(binds.count) binds in one statement; PostgreSQL takes 65,535")
    }
    arena.reserveCapacity(binds.count * 16)
    for bind in binds { try append(bind) }
    // An empty value still needs an address (a null pointer means NULL), even when nothing else is in the arena.
    arena.append(0)
  }

  private mutating func append(_ bind: SQLValue) throws {
    let start = arena.count
    types.append(bind.type.postgresOID)
    switch bind {
    case .null:
      offsets.append(-1)
      lengths.append(0)
      return
    case .bool(let value): arena.append(value ? 1 : 0)
    case .int(let value): append(bigEndian: UInt64(bitPattern: value))
    case .double(let value): append(bigEndian: value.bitPattern)
    case .text(let value): arena.append(contentsOf: value.utf8.lazy.filter { $0 != 0 })
    case .blob(let value): arena.append(contentsOf: value)
    }
    guard let length = Int32(exactly: arena.count - start) else {
      throw DatabaseError.other(code: "54000", message: "a value is larger than 2 GiB")
    }
    offsets.append(start)
    lengths.append(length)
  }

  private mutating func append(bigEndian bits: UInt64) {
    withUnsafeBytes(of: bits.bigEndian) { arena.append(contentsOf: $0) }
  }

  /// Count, values, lengths, formats.
  func withPointers<R>(
    _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> R
  ) -> R {
    if offsets.isEmpty { return body(0, nil, nil, nil) }
    let formats = [Int32](repeating: 1, count: offsets.count)
    return arena.withUnsafeBytes { bytes in
      let values = offsets.map { offset -> UnsafePointer<CChar>? in
        guard offset >= 0, let base = bytes.baseAddress else { return nil }
        return (base + offset).assumingMemoryBound(to: CChar.self)
      }
      return values.withUnsafeBufferPointer { body(Int32($0.count), $0.baseAddress, lengths, formats) }
    }
  }
}

extension SQLValue {
  fileprivate var type: SQLType {
    switch self {
    case .null(let type): type
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .text: .text
    case .blob: .blob
    }
  }
}

extension SQLType {
  /// PostgreSQL's built-in type numbers (pg_type.dat).
  fileprivate var postgresOID: UInt32 {
    switch self {
    case .bool: 16
    case .blob: 17
    case .int: 20
    case .text: 25
    case .double: 701
    }
  }
}
