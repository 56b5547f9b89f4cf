/// A mail's text in two: what its writer wrote, and what a mail program quoted below.
package struct QuotedText: Hashable, Sendable {
  package let own: String
  package let quoted: String

  /// The quotation begins where, up to the end, nothing but quoted lines and blanks follows, with the line above that announces it
  /// ("On … wrote:"); or at "-----Original Message-----". Words under a quotation are somebody's own, and what comes before them
  /// stays. A mail that is all quotation stays whole, and so does what somebody forwards: that is the mail.
  package init(_ text: String) {
    // Most texts on a page have neither: they are told so without being taken apart.
    guard text.utf8.contains(UInt8(ascii: ">")) || text.contains("--") else {
      (own, quoted) = (text, "")
      return
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var end = lines.count
    var isQuoted = false
    while end > 0 {
      let line = lines[end - 1].trimmingBlanks
      if line.isEmpty || line.first == ">" {
        isQuoted = isQuoted || line.first == ">"
        end -= 1
      } else { break }
    }
    if isQuoted { end = Self.announcement(lines, before: end) } else { end = lines.count }
    if let mark = Self.mark(lines.prefix(end)) { end = mark }
    let own = lines.prefix(end).joined(separator: "\n").trimmingBlanks
    guard !own.isEmpty, end < lines.count else {
      (self.own, quoted) = (text, "")
      return
    }
    self.own = String(own)
    quoted = lines.dropFirst(end).joined(separator: "\n")
  }

  private static let ends = ["wrote:", "писал:", "писал(а):", "пишет:", "написал:", "написала:", "написал(а):", "pisze:", "napisał:", "napisała:", "napisał(a):", "написа:"]

  /// The line above a quotation that says whose it is; programs break it in two or three.
  private static func announcement(_ lines: [Substring], before end: Int) -> Int {
    guard end > 0, Self.isAnnouncement(lines[end - 1]) else { return end }
    var start = end - 1
    while start > 0, end - start < 3, !begins(lines[start]), !lines[start - 1].trimmingBlanks.isEmpty { start -= 1 }
    return begins(lines[start]) ? start : end - 1
  }

  private static func isAnnouncement(_ line: Substring) -> Bool {
    let low = line.trimmingBlanks.lowercased()
    // Some programs say no "wrote": a date, a name, an address and a colon.
    return ends.contains { low.hasSuffix($0) } || low.hasSuffix(">:") && low.contains("@")
  }

  private static let starts = ["on ", "w dniu ", "dnia ", "на ", "в ", "пн", "вт", "ср", "чт", "пт", "сб", "нд", "вс", "pon", "wt", "śr", "czw", "pt", "sob", "niedz"]
  private static func begins(_ line: Substring) -> Bool {
    let low = line.trimmingBlanks.lowercased()
    return starts.contains { low.hasPrefix($0) } || low.first?.isNumber == true
  }

  private static let marks = [
    "original message", "исходное сообщение", "oryginalna wiadomość", "wiadomość oryginalna", "оригинално съобщение",
  ]

  /// "-----Original Message-----".
  private static func mark(_ lines: ArraySlice<Substring>) -> Int? {
    lines.firstIndex { line in
      let line = line.trimmingBlanks
      guard line.hasPrefix("--"), line.hasSuffix("--") else { return false }
      let name = line.lowercased().drop { $0 == "-" || $0 == " " }
      return marks.contains { name.hasPrefix($0) }
    }
  }
}
