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

  /// Numbers of mail, UIDs and UIDVALIDITY are of 32 bits (RFC 3501, 9).
  static let largest = Int64(UInt32.max)

  /// What cannot be relied on is refused: a wrong count would pass mail over, or be listed without end.
  static func folder(_ lines: [Substring]) throws(IMAPTrouble) -> IMAPFolder {
    var folder = IMAPFolder()
    var count: Int64?
    for line in lines {
      if let value = try number(in: line, named: "[UIDVALIDITY ") { folder.uidValidity = value }
      if let value = try number(in: line, named: "[UIDNEXT ") { folder.uidNext = value }
      let words = line.split(separator: " ")
      guard words.count >= 3, words[0] == "*", words[2].uppercased() == "EXISTS", words[1].first?.isLetter == false else { continue }
      guard let value = UInt32(words[1]) else { throw .server("The server counts more mail than there can be.") }
      count = Int64(value)
    }
    guard folder.uidValidity > 0 else { throw .server("The server gives mail no numbers that last (UIDVALIDITY).") }
    guard let count else { throw .server("The server does not say how much mail there is.") }
    folder.exists = Int(count)
    return folder
  }

  /// Nil where there is none by that name.
  private static func number(in line: Substring, named mark: String) throws(IMAPTrouble) -> Int64? {
    guard text(after: mark, in: line) != nil else { return nil }
    guard let value = number(after: mark, in: line), value <= largest else { throw .server("The server numbers mail beyond all bounds.") }
    return value
  }

  /// `* 3 FETCH (UID 7 RFC822.SIZE 1234 INTERNALDATE "22-Nov-2026 16:10:00 +0200")`, its items in any order. A size that cannot be read
  /// is 0: the mail is there nevertheless.
  static func entry(_ line: Substring) -> (place: Int, entry: IMAPEntry)? {
    let words = line.split(separator: " ", maxSplits: 3)
    guard words.count == 4, words[0] == "*", let place = UInt32(words[1]), words[2].uppercased() == "FETCH",
      let uid = number(after: "UID ", in: line), 1...largest ~= uid
    else { return nil }
    let size = number(after: "RFC822.SIZE ", in: line) ?? 0
    return (Int(place), IMAPEntry(uid: uid, size: Int(size), day: text(after: "INTERNALDATE \"", in: line).flatMap(day)))
  }

  /// The mail at those places, in their order, each once. A server may tell of other mail in between, and of one mail twice: that it was
  /// read, say.
  static func entries(_ lines: [Substring], at places: ClosedRange<Int>) -> [IMAPEntry] {
    var found: [Int: IMAPEntry] = [:]
    for (place, next) in lines.compactMap(entry) where places.contains(place) {
      if let known = found[place], known.size > 0 || next.size == 0, known.day != nil || next.day == nil { continue }
      found[place] = next
    }
    var uids: Set<Int64> = []
    return found.sorted { $0.key < $1.key }.map(\.value).filter { uids.insert($0.uid).inserted }
  }

  /// Why there is no mail by that number, told by the last line with a tag: "A004 OK Fetch completed." says there is none, "A004 NO
  /// [UNAVAILABLE] Try later." does not.
  static func absent(_ line: String) -> IMAPTrouble { status(line) == "OK" ? .noSuchMail : .server(said(line)) }

  static func isRefusal(_ line: String) -> Bool { ["NO", "BAD"].contains(status(line)) }

  /// The word after the tag.
  private static func status(_ line: String) -> String {
    let words = line.split(separator: " ", maxSplits: 2)
    return words.count > 1 ? String(words[1].trimmingBlanks).uppercased() : ""
  }

  /// "A003 NO [AUTHENTICATIONFAILED] Authentication failed." without its tag and its first word.
  static func said(_ line: String) -> String {
    let words = MIMEMessage.oneLine(line).split(separator: " ", maxSplits: 2).last.map(String.init) ?? ""
    return words.isEmpty ? "The server refused and did not say why." : words
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
