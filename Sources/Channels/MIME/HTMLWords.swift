import CMIME

/// What an HTML mail says in plain words. The parser is libxml2's; what is decided here is which tags end a line and which hide their words.
enum HTMLWords {
  static func read(_ html: String) -> String {
    let writer = HTMLWriter()
    var reader = dossier_html_reader(start: HTMLWriter.start, end: HTMLWriter.end, text: HTMLWriter.text, is_enough: HTMLWriter.isEnough)
    var source = html
    source.removeAll { $0 == "\0" }
    source.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { chars in
        _ = withExtendedLifetime(writer) {
          dossier_html_read(chars.baseAddress, chars.count, &reader, Unmanaged.passUnretained(writer).toOpaque())
        }
      }
    }
    return MIMEText.tidied(writer.words)
  }
}

/// Gathers the words tag by tag.
private final class HTMLWriter {
  private var lines = ""
  /// Line ends that are due before the next word: none, one, or two for an empty line between.
  private var lineEnds = 0
  private var isSpaceDue = false
  /// Of open tags: how many hide their words, keep their blanks, are quotes.
  private var depth = 0, hidden = 0, kept = 0, quotes = 0
  private var written = 0
  /// The open quotes' and hidden tags' depths, so that their ends are told from other ends.
  private var marks: [(depth: Int, isQuote: Bool)] = []

  var words: String { lines }

  /// libxml2 looks through the open tags at each end tag: the product of the two is bounded here.
  private static let deepest = 1000
  private static let hiding: Set<String> = ["head", "style", "script", "title", "noscript", "template", "object", "select", "textarea"]
  private static let paragraphs: Set<String> = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "table", "blockquote", "hr"]
  private static let blocks: Set<String> = [
    "address", "article", "aside", "center", "dd", "div", "dt", "fieldset", "figure", "footer", "form", "header", "li", "main", "nav",
    "section", "tr", "tbody", "thead", "tfoot", "body", "html", "caption",
  ]

  static let start: @convention(c) (
    UnsafeMutableRawPointer?, UnsafePointer<CChar>?, UnsafePointer<UnsafePointer<CChar>?>?
  ) -> Void = { user, name, attributes in
    guard let user, let name else { return }
    Unmanaged<HTMLWriter>.fromOpaque(user).takeUnretainedValue().begin(String(cString: name), attributes)
  }
  static let end: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void = { user, name in
    guard let user, let name else { return }
    Unmanaged<HTMLWriter>.fromOpaque(user).takeUnretainedValue().finish(String(cString: name))
  }
  static let text: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Int) -> Void = { user, text, length in
    guard let user, let text else { return }
    let words = String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
    Unmanaged<HTMLWriter>.fromOpaque(user).takeUnretainedValue().add(words)
  }
  static let isEnough: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { user in
    guard let user else { return 1 }
    let writer = Unmanaged<HTMLWriter>.fromOpaque(user).takeUnretainedValue()
    return writer.written > MIMEReader.textLimit || writer.depth > deepest ? 1 : 0
  }

  private func begin(_ name: String, _ attributes: UnsafePointer<UnsafePointer<CChar>?>?) {
    depth += 1
    if Self.hiding.contains(name) || Self.isHidden(attributes) {
      hidden += 1
      marks.append((depth, false))
    }
    lineEnds(around: name)
    switch name {
    case "br": lineEnds = min(lineEnds + 1, 2)
    case "td", "th": isSpaceDue = true
    case "li" where hidden == 0: write("– ")
    case "pre": kept += 1
    case "blockquote" where Self.isQuote(attributes):
      quotes += 1
      marks.append((depth, true))
    default: break
    }
  }

  private func finish(_ name: String) {
    lineEnds(around: name)
    if name == "pre" { kept = max(kept - 1, 0) }
    while let mark = marks.last, mark.depth >= depth {
      if mark.isQuote { quotes -= 1 } else { hidden -= 1 }
      marks.removeLast()
    }
    depth = max(depth - 1, 0)
  }

  private func lineEnds(around name: String) {
    if Self.paragraphs.contains(name) { lineEnds = 2 } else if Self.blocks.contains(name) { lineEnds = max(lineEnds, 1) }
  }

  private func add(_ text: String) {
    guard hidden == 0, written <= MIMEReader.textLimit else { return }
    if kept > 0 { return addAsItIs(text) }
    var word = ""
    for scalar in text.unicodeScalars {
      guard [" ", "\n", "\t", "\r", "\u{0C}"].contains(scalar) else {
        word.unicodeScalars.append(scalar)
        continue
      }
      if !word.isEmpty { write(word) }
      word = ""
      isSpaceDue = true
    }
    if !word.isEmpty { write(word) }
  }

  private func addAsItIs(_ text: String) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if index > 0 { lineEnds += 1 }
      if !line.isEmpty { write(String(line)) }
    }
  }

  private func write(_ word: String) {
    if lines.isEmpty || lineEnds > 0 {
      let before = String(repeating: "> ", count: min(quotes, 9))
      if !lines.isEmpty { lines += String(repeating: "\n", count: min(lineEnds, 100)) }
      lines += before
    } else if isSpaceDue {
      lines += " "
    }
    (lineEnds, isSpaceDue) = (0, false)
    lines += word
    written += word.unicodeScalars.count
  }

  private static func isQuote(_ attributes: UnsafePointer<UnsafePointer<CChar>?>?) -> Bool {
    any(attributes) { $0 == "type" && $1.lowercased() == "cite" || $0 == "class" && $1.lowercased().contains("quote") }
  }

  /// The line that newsletters show in a list of mails and nowhere else.
  private static func isHidden(_ attributes: UnsafePointer<UnsafePointer<CChar>?>?) -> Bool {
    any(attributes) { $0 == "style" && $1.lowercased().filter { $0 != " " }.contains("display:none") }
  }

  private static func any(_ attributes: UnsafePointer<UnsafePointer<CChar>?>?, _ matches: (String, String) -> Bool) -> Bool {
    guard var next = attributes else { return false }
    while let name = next.pointee {
      if let value = next.successor().pointee, matches(String(cString: name), String(cString: value)) { return true }
      next += 2
    }
    return false
  }
}
