import CMIME
import Foundation

/// From bytes in some character set to text, and from text to lines that are fit to keep.
enum MIMEText {
  /// No more of one part is looked at.
  static let sourceLimit = 1024 * 1024

  static func decode(_ bytes: [UInt8], charset: String?, isHTML: Bool) -> String {
    let bytes = bytes.prefix(sourceLimit)
    let named = charset ?? (isHTML ? charsetNamed(in: bytes) : nil)
    // What is called ASCII and is not, is anything.
    let isVague = named.map { ["", "us-ascii", "ascii", "unknown", "unknown-8bit", "utf-8", "utf8"].contains($0.lowercased()) } ?? true
    if let named, !isVague, let read = convert(bytes, named), read.invalid * 20 <= bytes.count { return read.text }
    let text = String(decoding: bytes, as: UTF8.self)
    return isBroken(text) ? bestGuess(bytes) ?? text : text
  }

  /// More bytes that say nothing in UTF-8 than letters that do.
  private static func isBroken(_ text: String) -> Bool {
    var (good, bad) = (0, 0)
    for scalar in text.unicodeScalars where !scalar.isASCII {
      if scalar.value == 0xFFFD { bad += 1 } else { good += 1 }
    }
    return bad > good
  }

  private static func bestGuess(_ bytes: ArraySlice<UInt8>) -> String? {
    ["windows-1251", "iso-8859-2", "iso-8859-1"].compactMap { convert(bytes, $0) }.min { $0.invalid < $1.invalid }?.text
  }

  /// Nil for a character set that nobody knows.
  private static func convert(_ bytes: ArraySlice<UInt8>, _ charset: String) -> (text: String, invalid: Int)? {
    var (length, invalid) = (0, 0)
    let start = bytes.withUnsafeBufferPointer { dossier_mail_decode(charset, $0.baseAddress, $0.count, &length, &invalid) }
    guard let start else { return nil }
    defer { dossier_mail_release(start) }
    return (String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self), invalid)
  }

  /// `<meta charset=…>`, or the same in a content type.
  private static func charsetNamed(in html: ArraySlice<UInt8>) -> String? {
    let head = String(decoding: html.prefix(2048), as: UTF8.self).lowercased()
    guard let range = head.range(of: "charset=") else { return nil }
    let name = head[range.upperBound...].drop { $0 == "\"" || $0 == "'" }
      .prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_:".contains($0)) }
    return name.isEmpty ? nil : String(name)
  }

  /// The parts of the mail that an HTML text shows (`cid:`, RFC 2392).
  static func contentIDs(in html: String) -> Set<String> {
    var found: Set<String> = []
    for rest in html.utf8.split(separator: UInt8(ascii: ":")).dropFirst().prefix(20_000) {
      let id = rest.prefix { $0 > 0x20 && !"\"'>)&".utf8.contains($0) }
      guard rest.startIndex > html.startIndex, html[..<rest.startIndex].utf8.suffix(4).elementsEqual("cid:".utf8) else { continue }
      found.insert(String(decoding: id, as: UTF8.self))
      if let plain = String(decoding: id, as: UTF8.self).removingPercentEncoding { found.insert(plain) }
    }
    return found
  }

  /// `\n` at line ends, no control characters, no blanks at the ends of lines (but for the mark of a signature, `-- `) or of the whole,
  /// and no more of it than is kept.
  static func tidied(_ text: String) -> String {
    var (kept, blanks) = (String.UnicodeScalarView(), String.UnicodeScalarView())
    var count = 0, lineStart = kept.startIndex, isAfterReturn = false
    for scalar in text.unicodeScalars {
      let isSecond = isAfterReturn && scalar == "\n"
      isAfterReturn = scalar == "\r"
      switch scalar {
      case "\n" where isSecond: continue
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        if blanks.count == 1, kept[lineStart...].elementsEqual("--".unicodeScalars) { kept.append(" ") }
        blanks.removeAll(keepingCapacity: true)
        kept.append("\n")
        lineStart = kept.endIndex
      case " ", "\t", "\u{A0}": blanks.append(scalar == "\t" ? scalar : " ")
      case _ where isControl(scalar): continue
      default:
        kept.append(contentsOf: blanks)
        count += blanks.count
        blanks.removeAll(keepingCapacity: true)
        kept.append(scalar)
      }
      count += 1
      if count >= MIMEReader.textLimit { break }
    }
    return trimmed(kept)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value || scalar.value == 0xFEFF
  }

  /// Without the empty lines at its ends.
  private static func trimmed(_ scalars: String.UnicodeScalarView) -> String {
    let start = scalars.firstIndex { $0 != "\n" } ?? scalars.endIndex
    guard let last = scalars.lastIndex(where: { $0 != "\n" && $0 != " " && $0 != "\t" }), start <= last else { return "" }
    return String(scalars[start...last])
  }
}
