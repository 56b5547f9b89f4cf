import Foundation

/// Reads a page as strictly as XML: tags nest and close, attributes are quoted and not repeated, ids are unique and those
/// referred to exist; and the rules of this program: no inline script or style, one h1, labelled fields, local links.
struct PageCheck {
  private(set) var problems: [String] = []
  private var stack: [String] = []
  private var ids: Set<String> = []
  private var references: [(String, String)] = []
  private var labels: Set<String> = []
  private var fields: [String] = []
  private var headings = 0

  static func problems(in page: String) -> [String] {
    var check = PageCheck()
    check.read(page)
    check.finish(isWhole: page.hasPrefix("<!doctype html>"))
    return check.problems
  }

  private static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path", "rect", "line", "circle",
  ]

  private mutating func read(_ page: String) {
    var rest = Substring(page)
    if rest.hasPrefix("<!doctype html>") { rest = rest.dropFirst("<!doctype html>".count) }
    while let open = rest.firstIndex(of: "<") {
      text(rest[..<open])
      rest = rest[rest.index(after: open)...]
      if rest.hasPrefix("!--") {
        problems.append("a comment")
        return
      }
      guard let end = Self.end(of: rest) else {
        problems.append("a tag does not end: <\(rest.prefix(40))")
        return
      }
      tag(rest[..<end])
      rest = rest[rest.index(after: end)...]
    }
    text(rest)
  }

  /// The `>` outside of quotes.
  private static func end(of tag: Substring) -> Substring.Index? {
    var quote: Character?
    for index in tag.indices {
      let character = tag[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == ">" {
        return index
      }
    }
    return nil
  }

  private mutating func text(_ text: Substring) {
    if text.contains(">") { problems.append("a bare > in: \(text.prefix(60))") }
    var rest = text
    while let ampersand = rest.firstIndex(of: "&") {
      rest = rest[rest.index(after: ampersand)...]
      let name = rest.prefix { $0 != ";" && $0 != " " && $0 != "<" }
      if name.isEmpty || name.endIndex == rest.endIndex || rest[name.endIndex] != ";" { problems.append("a bare & before: \(rest.prefix(30))") }
    }
  }

  private mutating func tag(_ source: Substring) {
    if source.first == "/" {
      let name = source.dropFirst().trimmingCharacters(in: .whitespaces).lowercased()
      if stack.last == name { stack.removeLast() } else { problems.append("</\(name)> closes <\(stack.last ?? "nothing")>") }
      return
    }
    let isClosed = source.last == "/"
    let body = isClosed ? source.dropLast() : source
    let name = String(body.prefix { !$0.isWhitespace })
    let attributes = self.attributes(body.dropFirst(name.count), of: name)
    judge(name, attributes)
    if !isClosed, !Self.void.contains(name) { stack.append(name) }
  }

  private mutating func attributes(_ source: Substring, of tag: String) -> [String: String] {
    var out: [String: String] = [:]
    var rest = source.drop(while: \.isWhitespace)
    while !rest.isEmpty {
      let name = String(rest.prefix { !$0.isWhitespace && $0 != "=" })
      guard !name.isEmpty else { problems.append("<\(tag)>: odd attribute at \(rest.prefix(20))"); return out }
      rest = rest.dropFirst(name.count)
      var value = ""
      if rest.first == "=" {
        rest = rest.dropFirst()
        guard rest.first == "\"" else { problems.append("<\(tag) \(name)> is not quoted"); return out }
        rest = rest.dropFirst()
        value = String(rest.prefix { $0 != "\"" })
        rest = rest.dropFirst(value.count + 1)
        if let next = rest.first, !next.isWhitespace { problems.append("<\(tag)>: no blank after \(name)") }
        if value.contains("<") { problems.append("<\(tag) \(name)>: a bare < in its value") }
        text(Substring(value.replacing(">", with: "")))
      }
      if out.updateValue(value, forKey: name) != nil { problems.append("<\(tag)> has \(name) twice") }
      rest = rest.drop(while: \.isWhitespace)
    }
    return out
  }

  private mutating func judge(_ name: String, _ attributes: [String: String]) {
    if name == "h1" { headings += 1 }
    if name == "script", attributes["src"] == nil { problems.append("an inline script") }
    if name == "style" || attributes["style"] != nil { problems.append("an inline style on <\(name)>") }
    for (key, value) in attributes where key.hasPrefix("on") { problems.append("<\(name) \(key)=\(value)>") }
    if let id = attributes["id"], !ids.insert(id).inserted { problems.append("the id \(id) twice") }
    for key in ["aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "commandfor"] {
      for id in (attributes[key] ?? "").split(separator: " ") { references.append((key, String(id))) }
    }
    if name == "label", let target = attributes["for"] { labels.insert(target) }
    for key in ["href", "action", "src", "formaction"] {
      guard let value = attributes[key] else { continue }
      let isLocal = value.isEmpty || ["/", "#", "?"].contains { value.hasPrefix($0) } && !value.hasPrefix("//")
      // The tab's icon.
      if name == "link", value.hasPrefix("data:image/svg+xml,") { continue }
      if !isLocal, !["mailto:", "tel:", "https://", "http://"].contains(where: value.hasPrefix) { problems.append("\(key)=\(value.prefix(60))") }
    }
    let needsLabel = name == "select" || name == "textarea" || (name == "input" && attributes["type"] != "hidden")
    if needsLabel, attributes["aria-label"] == nil, attributes["aria-labelledby"] == nil, !stack.contains("label") { fields.append(attributes["id"] ?? "<\(name) \(attributes["name"] ?? "")>") }
  }

  private mutating func finish(isWhole: Bool) {
    if !stack.isEmpty { problems.append("not closed: \(stack)") }
    problems += references.filter { !ids.contains($0.1) }.map { "\($0.0) names \($0.1), which is not there" }
    problems += fields.filter { !labels.contains($0) }.map { "no label for \($0)" }
    if isWhole, headings != 1 { problems.append("\(headings) h1") }
  }
}
