/// PostgreSQL's `numeric` on the wire: base-10,000 digits. `sum(bigint)` and `avg` arrive so.
///
/// Layout (src/backend/utils/adt/numeric.c, numeric_send), all 16-bit big-endian: digit count, weight of the first digit
/// (a power of 10,000), sign (0, 0x4000 negative, 0xC000 NaN), decimals shown, digits.
struct PostgresNumeric {
  let text: String

  init?(_ bytes: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> UInt16? {
      let start = index * 2
      return start + 2 <= bytes.count ? UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt16.self)) : nil
    }
    guard let count = word(0), let weight = word(1).map({ Int(Int16(bitPattern: $0)) }), let sign = word(2), let scale = word(3),
      bytes.count == 8 + Int(count) * 2, weight < 64
    else { return nil }
    guard sign == 0 || sign == 0x4000 else {
      text = sign == 0xD000 ? "Infinity" : sign == 0xF000 ? "-Infinity" : "NaN"
      return
    }
    func digit(_ position: Int) -> String {
      let index = weight - position
      let value = index >= 0 && index < Int(count) ? word(4 + index) ?? 0 : 0
      let plain = String(value)
      return String(repeating: "0", count: max(0, 4 - plain.count)) + plain
    }
    var whole = ""
    if weight >= 0 { for position in stride(from: weight, through: 0, by: -1) { whole += digit(position) } }
    whole = String(whole.drop { $0 == "0" })
    var fraction = ""
    var position = -1
    while fraction.count < Int(scale) {
      fraction += digit(position)
      position -= 1
    }
    let decimals = scale == 0 ? "" : "." + fraction.prefix(Int(scale))
    text = (sign == 0 ? "" : "-") + (whole.isEmpty ? "0" : whole) + decimals
  }

  /// nil when there is a fraction other than zero, or the number does not fit.
  var integer: Int64? {
    let parts = text.split(separator: ".")
    guard let whole = parts.first, parts.dropFirst().allSatisfy({ $0.allSatisfy { $0 == "0" } }) else { return nil }
    return Int64(whole)
  }
}
