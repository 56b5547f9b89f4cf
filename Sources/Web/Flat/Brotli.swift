import CBrotli

/// Text packed for the wire.
enum Brotli {
  /// - Parameter quality: 0 to 11; 5 packs a page in a millisecond, 11 in tens of them.
  static func packed(_ bytes: [UInt8], quality: Int32) -> [UInt8]? {
    var size = BrotliEncoderMaxCompressedSize(bytes.count)
    guard size > 0 else { return nil }
    var out = [UInt8](repeating: 0, count: size)
    let done = BrotliEncoderCompress(quality, 22, BROTLI_MODE_TEXT, bytes.count, bytes, &size, &out)
    return done == BROTLI_TRUE ? Array(out.prefix(size)) : nil
  }
}
