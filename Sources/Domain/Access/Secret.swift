import CSodium

/// Random tokens and their hashes. A token is 256 bits from libsodium's generator, written in base64url; only its SHA-256
/// is kept, so that a stolen base opens no session.
package enum Secret {
  /// libsodium must be initialised once before any use; -1 means the system has no randomness, and nothing may go on.
  package static let isReady: Bool = sodium_init() >= 0

  package static func random(_ count: Int) -> [UInt8] {
    guard isReady, count > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
  }

  package static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    let input = Array(bytes)
    crypto_hash_sha256(&out, input, UInt64(input.count))
    return out
  }

  package static func hash(of token: String) -> [UInt8] { sha256(token.utf8) }

  package static func hex(_ bytes: some Collection<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// base64url without padding (RFC 4648 §5).
  package static func text(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var out: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in bytes {
      buffer = (buffer << 8 | UInt32(byte)) & 0xFFFFFF
      bits += 8
      while bits >= 6 {
        bits -= 6
        out.append(alphabet[Int(buffer >> UInt32(bits)) & 63])
      }
    }
    if bits > 0 { out.append(alphabet[Int(buffer << UInt32(6 - bits)) & 63]) }
    return String(decoding: out, as: UTF8.self)
  }
}

/// Argon2id by libsodium: memory-hard, so that a stolen base of hashes is dear to guess. The PHC text carries its
/// parameters, and a hash with older ones is renewed at log-in. Takes about 60 ms and 64 MiB: at most two at once, and never
/// on an event loop.
package enum Password {
  static let operations: UInt64 = 2
  static let memory = 64 << 20
  /// NIST SP 800-63B: length counts, composition rules do not.
  package static let lengths = 8...256

  package static func hash(_ password: String) -> String? {
    guard Secret.isReady else { return nil }
    var out = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
    let bytes = Array(password.utf8CString)
    guard crypto_pwhash_str(&out, bytes, UInt64(bytes.count - 1), operations, memory) == 0 else { return nil }
    return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  package static func verify(_ password: String, against hash: String) -> Bool {
    guard Secret.isReady else { return false }
    let bytes = Array(password.utf8CString)
    return crypto_pwhash_str_verify(hash, bytes, UInt64(bytes.count - 1)) == 0
  }

  package static func needsRehash(_ hash: String) -> Bool {
    crypto_pwhash_str_needs_rehash(hash, operations, memory) != 0
  }

  /// A hash of nothing anyone types, checked when the account is unknown so that the answer takes as long.
  package static let decoy = hash(Secret.text(Secret.random(16))) ?? ""
}
