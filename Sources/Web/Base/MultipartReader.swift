import Domain
import Foundation

/// multipart/form-data (RFC 7578) from a body that is already bounded. Parts, header lines and names are bounded too; a body
/// that is not what it says is 400, never a guess.
enum MultipartReader {
  private static let partLimit = 1000

  static func boundary(of contentType: String) -> String? {
    guard let range = contentType.range(of: "boundary=", options: []) else { return nil }
    var value = contentType[range.upperBound...].prefix { $0 != ";" }
    if value.first == "\"" { value = value.dropFirst().prefix { $0 != "\"" } }
    return (1...70).contains(value.utf8.count) ? String(value) : nil
  }

  static func read(_ body: [UInt8], boundary: String) throws -> Form {
    let delimiter = Array("--\(boundary)".utf8)
    var form = Form()
    guard var at = find(delimiter, in: body, from: 0) else { throw WebError.badRequest("multipart: no boundary") }
    for _ in 0..<partLimit {
      at += delimiter.count
      if body[at...].starts(with: [0x2D, 0x2D]) { return form }
      guard body[at...].starts(with: [0x0D, 0x0A]),
        let headEnd = find([0x0D, 0x0A, 0x0D, 0x0A], in: body, from: at),
        let next = find([0x0D, 0x0A] + delimiter, in: body, from: headEnd + 2)
      else { throw WebError.badRequest("multipart: a part does not end") }
      let start = headEnd + 4
      let content = start <= next ? body[start..<next] : []
      try add(headers: String(decoding: body[min(at + 2, headEnd)..<headEnd], as: UTF8.self), Array(content), to: &form)
      at = next + 2
    }
    throw WebError.badRequest("multipart: too many parts")
  }

  private static func add(headers: String, _ content: [UInt8], to form: inout Form) throws {
    var name: String?
    var fileName: String?
    var mediaType = "application/octet-stream"
    for line in headers.split(separator: "\r\n") {
      let pair = line.split(separator: ":", maxSplits: 1)
      guard pair.count == 2 else { continue }
      switch pair[0].lowercased() {
      case "content-disposition":
        name = parameter("name", of: pair[1])
        fileName = parameter("filename", of: pair[1])
      case "content-type": mediaType = String(pair[1].trimmingBlanks)
      default: break
      }
    }
    guard let name, name.utf8.count <= 200 else { throw WebError.badRequest("multipart: a part has no name") }
    if let fileName {
      // An empty file control is sent as a part without a name and content.
      guard !fileName.isEmpty || !content.isEmpty else { return }
      form.add(name, UploadedFile(name: cleaned(fileName), mediaType: mediaType, bytes: content))
    } else {
      form.add(name, String(decoding: content, as: UTF8.self))
    }
  }

  /// Browsers escape a quote in a name as %22 and send the bytes of other characters as UTF-8.
  private static func parameter(_ key: String, of header: Substring) -> String? {
    for piece in header.split(separator: ";") {
      let pair = piece.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, String(pair[0].trimmingBlanks).lowercased() == key else { continue }
      let value = String(pair[1].trimmingBlanks)
      return (value.hasPrefix("\"") && value.hasSuffix("\"") && value.count >= 2 ? String(value.dropFirst().dropLast()) : value)
        .replacing("%22", with: "\"")
    }
    return nil
  }

  /// Only the last path component, without control characters: what a person calls the file, never a place on disk.
  private static func cleaned(_ name: String) -> String {
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    let clean = String(last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init)).trimmingBlanks
    return clean.isEmpty || clean == "." || clean == ".." ? "file" : String(clean.prefix(200))
  }

  private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first, start >= 0 else { return nil }
    var at = start
    while at + needle.count <= body.count {
      guard let hit = body[at...].firstIndex(of: first), hit + needle.count <= body.count else { return nil }
      if body[hit..<hit + needle.count].elementsEqual(needle) { return hit }
      at = hit + 1
    }
    return nil
  }
}
