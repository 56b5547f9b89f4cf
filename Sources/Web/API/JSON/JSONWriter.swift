import Domain

/// Writes JSON straight into bytes: an encoder that reflects costs two hundred times as much for the answers asked most.
/// Absent values are written as null, so that every object of a kind has the same members.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  init() { bytes.reserveCapacity(1024) }

  mutating func object(_ fill: (inout JSONWriter) throws -> Void) rethrows {
    begin(UInt8(ascii: "{"))
    try fill(&self)
    end(UInt8(ascii: "}"))
  }

  mutating func array<Items: Sequence>(_ items: Items, _ each: (inout JSONWriter, Items.Element) throws -> Void) rethrows {
    begin(UInt8(ascii: "["))
    for item in items { try each(&self, item) }
    end(UInt8(ascii: "]"))
  }

  private mutating func begin(_ byte: UInt8) {
    separate()
    bytes.append(byte)
    needsComma = false
  }
  private mutating func end(_ byte: UInt8) {
    bytes.append(byte)
    needsComma = true
  }
  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  mutating func name(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func null() { raw("null") }
  mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  mutating func integer(_ value: Int64) {
    separate()
    bytes.append(contentsOf: String(value).utf8)
  }
  /// What is no number has no JSON form.
  mutating func number(_ value: Double) {
    guard value.isFinite else { return null() }
    if let whole = Int64(exactly: value) { return integer(whole) }
    separate()
    bytes.append(contentsOf: String(value).utf8)
  }
  mutating func text(_ value: String) {
    separate()
    quote(value)
  }
  /// JSON made before.
  mutating func json(_ value: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: value)
  }

  private mutating func raw(_ word: StaticString) {
    separate()
    bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  private mutating func quote(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    var value = value
    value.withUTF8 { text in
      if text.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) { bytes.append(contentsOf: text) } else {
        for byte in text { escape(byte) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x22, 0x5C: bytes += [0x5C, byte]
    case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
    case 0x0D: bytes += [0x5C, UInt8(ascii: "r")]
    case 0x09: bytes += [0x5C, UInt8(ascii: "t")]
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: bytes.append(byte)
    }
  }
}

/// Members: a name and a value of a type that has a form of its own.
extension JSONWriter {
  mutating func field(_ name: String, _ value: String?) { member(name, value) { $0.text($1) } }
  mutating func field(_ name: String, _ value: Bool?) { member(name, value) { $0.bool($1) } }
  mutating func field(_ name: String, _ value: Int?) { member(name, value) { $0.integer(Int64($1)) } }
  mutating func field(_ name: String, _ value: Instant?) { member(name, value) { $0.text($1.iso) } }
  mutating func field(_ name: String, _ value: CalendarDate?) { member(name, value) { $0.text($1.description) } }
  mutating func field(_ name: String, _ value: PartialDate?) { member(name, value) { $0.text($1.description) } }
  mutating func field<Tag>(_ name: String, _ value: Identifier<Tag>?) { member(name, value) { $0.integer($1.rawValue) } }
  mutating func field<Word: RawRepresentable<String>>(_ name: String, word: Word?) { member(name, word) { $0.text($1.rawValue) } }

  private mutating func member<Value>(_ name: String, _ value: Value?, _ write: (inout JSONWriter, Value) -> Void) {
    self.name(name)
    if let value { write(&self, value) } else { null() }
  }
}

extension JSONWriter {
  mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .integer(let value): integer(value)
    case .number(let value): number(value)
    case .text(let value): text(value)
    case .array(let values): array(values) { $0.value($1) }
    case .object(let object):
      self.object { writer in
        for member in object.members {
          writer.name(member.name)
          writer.value(member.value)
        }
      }
    }
  }
}
