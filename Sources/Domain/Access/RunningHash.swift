import CSodium

/// SHA-256 of bytes that come piece by piece, for files too large to hold.
package struct RunningHash: Sendable {
  private var state = crypto_hash_sha256_state()

  package init() { crypto_hash_sha256_init(&state) }

  package mutating func add(_ bytes: [UInt8]) { crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count)) }

  /// In hex; the hash takes nothing more afterwards.
  package mutating func finish() -> String {
    var out = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256_final(&state, &out)
    return Secret.hex(out)
  }
}
