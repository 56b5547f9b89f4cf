package import Domain
import Foundation

/// A folder as it was when opened.
package struct IMAPFolder: Hashable, Sendable {
  /// Another number means that all UIDs known of this folder are void (RFC 3501, 2.3.1.1).
  package var uidValidity: Int64 = 0
  package var uidNext: Int64?
  package var exists = 0
}

/// A mail in a folder, not yet fetched.
package struct IMAPEntry: Hashable, Sendable {
  package let uid: Int64
  /// In bytes.
  package let size: Int
  /// The day it came to the server, in the server's zone.
  package let day: CalendarDate?

  package init(uid: Int64, size: Int, day: CalendarDate?) { (self.uid, self.size, self.day) = (uid, size, day) }
}

/// What a server answers, line by line (RFC 3501, 7).
enum IMAPAnswer {
  static func lines(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
  }

  /// Nil where the server says no UIDVALIDITY: then its numbers cannot be relied on.
  static func folder(_ lines: [Substring]) -> IMAPFolder? {
    var folder = IMAPFolder()
    for line in lines {
      if let value = number(after: "[UIDVALIDITY ", in: line) { folder.uidValidity = value }
      if let value = number(after: "[UIDNEXT ", in: line) { folder.uidNext = value }
      let words = line.split(separator: " ")
      if words.count >= 3, words[2].uppercased() == "EXISTS", let count = Int(words[1]) { folder.exists = count }
    }
    return folder.uidValidity > 0 ? folder : nil
  }

  /// `* 3 FETCH (UID 7 RFC822.SIZE 1234 INTERNALDATE "22-Nov-2026 16:10:00 +0200")`, its items in any order.
  static func entry(_ line: Substring) -> IMAPEntry? {
    guard line.hasPrefix("* "), let uid = number(after: "UID ", in: line), let size = number(after: "RFC822.SIZE ", in: line), uid > 0
    else { return nil }
    return IMAPEntry(uid: uid, size: Int(size), day: text(after: "INTERNALDATE \"", in: line).flatMap(day))
  }

  /// " 1-Jan-2026 …"
  private static func day(_ text: Substring) -> CalendarDate? {
    let parts = (text.split(separator: " ").first ?? "").split(separator: "-")
    let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    guard parts.count == 3, let day = Int(parts[0]), let month = months.firstIndex(of: parts[1].uppercased()), let year = Int(parts[2])
    else { return nil }
    return CalendarDate(year: year, month: month + 1, day: day)
  }

  /// `* LIST (\HasNoChildren) "/" "Sent items"`: the name of a folder that can be opened.
  static func listed(_ line: Substring) -> String? {
    guard line.uppercased().hasPrefix("* LIST ("), let close = line.firstIndex(of: ")") else { return nil }
    let flags = line[..<close].uppercased()
    guard !flags.contains("\\NOSELECT"), !flags.contains("\\NONEXISTENT") else { return nil }
    // What parts the names of folders within folders comes first.
    var rest = line[close...].dropFirst().drop { $0 == " " }
    guard string(&rest) != nil else { return nil }
    rest = rest.drop { $0 == " " }
    return string(&rest).map(IMAPFolderName.decoded)
  }

  /// A quoted string, or a word.
  private static func string(_ rest: inout Substring) -> String? {
    guard rest.first == "\"" else {
      let word = rest.prefix { $0 != " " }
      rest = rest[word.endIndex...]
      return word.isEmpty ? nil : String(word)
    }
    rest = rest.dropFirst()
    var value = ""
    while let next = rest.popFirst(), next != "\"" { value.append(next == "\\" ? rest.popFirst() ?? next : next) }
    return value
  }

  private static func text(after mark: String, in line: Substring) -> Substring? {
    line.range(of: mark).map { line[$0.upperBound...] }
  }

  private static func number(after mark: String, in line: Substring) -> Int64? {
    text(after: mark, in: line).flatMap { Int64($0.prefix { $0.isASCII && $0.isNumber }) }
  }
}
