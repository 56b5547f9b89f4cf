/// Names of folders as IMAP has them: letters beyond ASCII in modified UTF-7 (RFC 3501, 5.1.3), quoted in commands, escaped in addresses.
enum IMAPFolderName {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

  static func encoded(_ name: String) -> String {
    var (out, pending) = ([UInt8](), [UInt16]())
    func flush() {
      guard !pending.isEmpty else { return }
      out.append(UInt8(ascii: "&"))
      var (bits, count) = (UInt32(0), 0)
      for unit in pending {
        bits = bits << 16 | UInt32(unit)
        count += 16
        while count >= 6 {
          count -= 6
          out.append(digits[Int(bits >> UInt32(count)) & 63])
        }
        bits &= (1 << UInt32(count)) - 1
      }
      if count > 0 { out.append(digits[Int(bits << UInt32(6 - count)) & 63]) }
      out.append(UInt8(ascii: "-"))
      pending.removeAll()
    }
    for unit in name.utf16 {
      guard 0x20...0x7E ~= unit else {
        pending.append(unit)
        continue
      }
      flush()
      out.append(UInt8(unit))
      if unit == 0x26 { out.append(UInt8(ascii: "-")) }
    }
    flush()
    return String(decoding: out, as: UTF8.self)
  }

  /// What is not modified UTF-7 stays as it is: some servers send UTF-8.
  static func decoded(_ name: String) -> String {
    var (out, rest) = ("", Substring(name))
    while let start = rest.firstIndex(of: "&") {
      out += rest[..<start]
      let after = rest[start...].dropFirst()
      guard let end = after.firstIndex(of: "-") else { return out + rest[start...] }
      let inner = after[..<end]
      out += inner.isEmpty ? "&" : (words(inner) ?? "&\(inner)-")
      rest = after[end...].dropFirst()
    }
    return out + rest
  }

  private static func words(_ code: Substring) -> String? {
    var (units, bits, count) = ([UInt16](), UInt32(0), 0)
    for byte in code.utf8 {
      guard let digit = digits.firstIndex(of: byte) else { return nil }
      bits = (bits << 6 | UInt32(digit)) & 0x3F_FFFF
      count += 6
      if count >= 16 {
        count -= 16
        units.append(UInt16(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return String(validating: units, as: UTF16.self)
  }

  /// A quoted string of a command; nothing in it can end the line.
  static func quoted(_ encoded: String) -> String {
    let safe = encoded.unicodeScalars.filter { 0x20...0x7E ~= $0.value }.map(String.init)
    return "\"" + safe.map { $0 == "\"" || $0 == "\\" ? "\\" + $0 : $0 }.joined() + "\""
  }

  /// A part of an address (RFC 5092).
  static func escaped(_ encoded: String) -> String {
    let hex = Array("0123456789ABCDEF")
    return encoded.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): String(UnicodeScalar(byte))
      default: "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
      }
    }.joined()
  }
}
