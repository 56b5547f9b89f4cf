/// A piece of a page. A literal is markup, an interpolated String is escaped, HTML splices: text from outside cannot become
/// markup by mistake. Held as UTF-8 bytes, ready to be sent.

package import Domain

package struct HTML: Hashable, Sendable {
  package private(set) var bytes: [UInt8]

  package init() { bytes = [] }

  /// An empty page with room for so many bytes.
  package init(capacity: Int) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Text, escaped.
  package init(_ text: String) {
    self.init(capacity: text.utf8.count)
    append(escaped: text)
  }

  /// The one door by which a String becomes markup unchanged. For markup made by the program itself, never for input.
  package init(unsafe markup: String) { self.init(stringLiteral: markup) }

  package var isEmpty: Bool { bytes.isEmpty }
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// With room for what follows: an array that a large piece fills to the last byte is copied whole for the next tag.
  package static func += (page: inout HTML, piece: HTML) {
    let size = page.bytes.count + piece.bytes.count
    if size > page.bytes.capacity { page.bytes.reserveCapacity(max(size + 1024, page.bytes.capacity * 2)) }
    piece.bytes.withUnsafeBufferPointer { page.bytes.append(contentsOf: $0) }
  }

  package static func + (a: HTML, b: HTML) -> HTML {
    var both = a
    both += b
    return both
  }

  /// In one copy: the bytes of a string as a sequence go one by one.
  fileprivate mutating func append(literal: String) {
    literal.utf8.span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }
  fileprivate mutating func append(literal: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// `& < > " '` become entities, so that the text is inert between tags and within quoted attributes.
  fileprivate mutating func append(escaped text: String) {
    text.utf8.span.withUnsafeBufferPointer { append(escaped: $0) }
  }

  private mutating func append(escaped source: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in source.indices {
      let entity: StaticString
      switch source[index] {
      case 0x26: entity = "&amp;"
      case 0x3C: entity = "&lt;"
      case 0x3E: entity = "&gt;"
      case 0x22: entity = "&quot;"
      case 0x27: entity = "&#39;"
      default: continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
      append(literal: entity)
      start = index + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start...]))
  }
}

extension HTML: ExpressibleByStringInterpolation {
  package init(stringLiteral markup: String) {
    self.init()
    append(literal: markup)
  }
  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.page }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var page: HTML

    package init(literalCapacity: Int, interpolationCount: Int) {
      page = HTML(capacity: literalCapacity + interpolationCount * 64)
    }

    package mutating func appendLiteral(_ markup: String) { page.append(literal: markup) }
    package mutating func appendInterpolation(_ text: String) { page.append(escaped: text) }
    package mutating func appendInterpolation(_ text: Substring) { page.append(escaped: String(text)) }
    package mutating func appendInterpolation(_ number: Int) { page.append(literal: String(number)) }
    package mutating func appendInterpolation(_ number: Int64) { page.append(literal: String(number)) }
    package mutating func appendInterpolation<Tag>(_ id: Identifier<Tag>) { page.append(literal: String(id.rawValue)) }
    package mutating func appendInterpolation(_ piece: HTML) { page += piece }
    package mutating func appendInterpolation(_ piece: HTML?) {
      if let piece { page += piece }
    }
    package mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { page += piece }
    }

    /// An attribute with its blank before it, or nothing: `<input\(attr: "required", if: isRequired)>`.
    package mutating func appendInterpolation(attr name: StaticString, if present: Bool) {
      guard present else { return }
      page.append(literal: " ")
      page.append(literal: name)
    }

    /// ` name="value"` where there is a value: `<input\(attr: "value", text)>`.
    package mutating func appendInterpolation(attr name: StaticString, _ value: String?) {
      guard let value else { return }
      page.append(literal: " ")
      page.append(literal: name)
      page.append(literal: "=\"")
      page.append(escaped: value)
      page.append(literal: "\"")
    }
  }
}

extension Sequence where Element == HTML {
  package func joined(by separator: HTML = HTML()) -> HTML {
    var all = HTML()
    var first = true
    for piece in self {
      if !first { all += separator }
      all += piece
      first = false
    }
    return all
  }
}
