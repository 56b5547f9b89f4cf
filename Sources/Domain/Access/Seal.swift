import CSodium

/// Secrets that must be used again and so cannot be hashed (the mail server's), sealed by libsodium's secretbox with a key that
/// lies outside of the base: a stolen backup opens nothing.
package struct SealKey: Sendable {
  private let bytes: [UInt8]
  package static let length = Int(crypto_secretbox_KEYBYTES)

  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.length, Secret.isReady else { return nil }
    self.bytes = bytes
  }

  package init?(hex: String) {
    var out: [UInt8] = []
    var digits = hex.utf8.makeIterator()
    while let high = digits.next() {
      guard let low = digits.next(), let a = Self.value(high), let b = Self.value(low) else { return nil }
      out.append(a << 4 | b)
    }
    self.init(out)
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }

  /// A nonce of its own and the box.
  package func seal(_ text: String) -> [UInt8] {
    let message = Array(text.utf8)
    let nonce = Secret.random(Int(crypto_secretbox_NONCEBYTES))
    var box = [UInt8](repeating: 0, count: message.count + Int(crypto_secretbox_MACBYTES))
    _ = crypto_secretbox_easy(&box, message, UInt64(message.count), nonce, bytes)
    return nonce + box
  }

  /// Nil for what was sealed with another key or changed since.
  package func open(_ sealed: [UInt8]) -> String? {
    let nonceLength = Int(crypto_secretbox_NONCEBYTES), mac = Int(crypto_secretbox_MACBYTES)
    guard sealed.count >= nonceLength + mac else { return nil }
    let nonce = Array(sealed.prefix(nonceLength)), box = Array(sealed.dropFirst(nonceLength))
    var message = [UInt8](repeating: 0, count: max(1, box.count - mac))
    guard crypto_secretbox_open_easy(&message, box, UInt64(box.count), nonce, bytes) == 0 else { return nil }
    return String(validating: message.prefix(box.count - mac), as: UTF8.self)
  }
}
