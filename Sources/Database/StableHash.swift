/// SipHash-2-4 with 128-bit output and a fixed key: the same on every machine and in every version, unlike `Hasher`.
/// It finds accidents (a changed migration, a damaged backup); it is no defence against somebody who forges.
///
/// J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF" (2012); 128-bit variant of the reference code.
package struct StableHash: Sendable {
  package struct Value: Sendable, Hashable, CustomStringConvertible {
    package var low: UInt64
    package var high: UInt64
    package init(low: UInt64, high: UInt64) {
      self.low = low
      self.high = high
    }
    /// 32 hexadecimal digits.
    package var description: String { Self.hex(low) + Self.hex(high) }
    private static func hex(_ word: UInt64) -> String {
      let digits = String(word.byteSwapped, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }

  private var v0: UInt64, v1: UInt64, v2: UInt64, v3: UInt64
  private var tail: UInt64 = 0
  private var length: UInt64 = 0

  package init(key low: UInt64 = 0x0706_0504_0302_0100, _ high: UInt64 = 0x0f0e_0d0c_0b0a_0908) {
    v0 = low ^ 0x736f_6d65_7073_6575
    v1 = high ^ 0x646f_7261_6e64_6f6d ^ 0xee
    v2 = low ^ 0x6c79_6765_6e65_7261
    v3 = high ^ 0x7465_6462_7974_6573
  }

  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(byte) }
  }

  /// Eight bytes at a time while it lies on a word's boundary.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var at = 0
    if length & 7 == 0 {
      while at + 8 <= bytes.count {
        tail = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        length &+= 8
        absorb()
        at += 8
      }
    }
    for byte in bytes.dropFirst(at) { add(byte) }
  }

  package mutating func add(_ byte: UInt8) {
    tail |= UInt64(byte) &<< ((length & 7) &* 8)
    length &+= 1
    if length & 7 == 0 { absorb() }
  }

  package mutating func add(_ word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) { add(UInt8(truncatingIfNeeded: word &>> shift)) }
  }

  package func value() -> Value {
    var end = self
    end.tail |= length &<< 56
    end.absorb()
    end.v2 ^= 0xee
    for _ in 0..<4 { end.round() }
    let low = end.v0 ^ end.v1 ^ end.v2 ^ end.v3
    end.v1 ^= 0xdd
    for _ in 0..<4 { end.round() }
    return Value(low: low, high: end.v0 ^ end.v1 ^ end.v2 ^ end.v3)
  }

  package static func of(_ text: String) -> Value {
    var hash = StableHash()
    hash.add(text.utf8)
    return hash.value()
  }

  private mutating func absorb() {
    v3 ^= tail
    round()
    round()
    v0 ^= tail
    tail = 0
  }

  private mutating func round() {
    func rotate(_ x: UInt64, _ n: UInt64) -> UInt64 { x &<< n | x &>> (64 &- n) }
    v0 = v0 &+ v1
    v1 = rotate(v1, 13) ^ v0
    v0 = rotate(v0, 32)
    v2 = v2 &+ v3
    v3 = rotate(v3, 16) ^ v2
    v0 = v0 &+ v3
    v3 = rotate(v3, 21) ^ v0
    v2 = v2 &+ v1
    v1 = rotate(v1, 17) ^ v2
    v2 = rotate(v2, 32)
  }
}
