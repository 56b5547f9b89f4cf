import Domain
import HTTPTypes
import Hummingbird
package import NIOCore

/// A submitted form: fields by name, in order, and uploaded files. Field parsers read it once and give a domain value or
/// field messages; the raw text stays for showing the form again.
package struct Form: Sendable {
  package private(set) var fields: [String: [String]] = [:]
  package private(set) var files: [String: [UploadedFile]] = [:]

  package init(_ pairs: [(String, String)] = []) { for (name, value) in pairs { fields[name, default: []].append(value) } }

  /// The last value, trimmed; "" when the field was not sent.
  package subscript(_ name: String) -> String {
    String((fields[name]?.last ?? "").trimmingBlanks)
  }
  package func text(_ name: String) -> String? {
    let value = self[name]
    return value.isEmpty ? nil : value
  }
  package func all(_ name: String) -> [String] { fields[name] ?? [] }
  package func has(_ name: String) -> Bool { fields[name] != nil }
  package func isOn(_ name: String) -> Bool { !["", "0", "false"].contains(self[name]) }

  /// The one value, whatever came before.
  package mutating func set(_ name: String, _ value: String) { fields[name] = [value] }

  mutating func add(_ name: String, _ value: String) { fields[name, default: []].append(value) }
  mutating func add(_ name: String, _ file: UploadedFile) { files[name, default: []].append(file) }
}

package struct UploadedFile: Sendable {
  package let name: String
  package let mediaType: String
  package let bytes: [UInt8]
}

extension Call {
  /// Reads the body as the form it says it is; anything else is 415.
  package func form(limit: Int = 1 << 20) async throws -> Form {
    let type = request.headers[.contentType] ?? ""
    let buffer: ByteBuffer
    do { buffer = try await request.body.collect(upTo: limit) } catch is NIOTooManyBytesError {
      throw WebError.tooLarge(limit: limit)
    }
    if type.hasPrefix("application/x-www-form-urlencoded") || (type.isEmpty && buffer.readableBytes == 0) {
      return Form.urlencoded(buffer.readableBytesView)
    }
    if type.hasPrefix("multipart/form-data"), let boundary = MultipartReader.boundary(of: type) {
      return try MultipartReader.read(Array(buffer.readableBytesView), boundary: boundary)
    }
    throw WebError.unsupportedMediaType
  }
}

extension Form {
  /// application/x-www-form-urlencoded (WHATWG URL §5): `+` is a space, bad escapes stand for themselves.
  static func urlencoded(_ bytes: some Collection<UInt8>) -> Form {
    var form = Form()
    guard !bytes.isEmpty else { return form }
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let cut = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      let value = cut == pair.endIndex ? "" : decode(pair[pair.index(after: cut)...])
      form.add(decode(pair[..<cut]), value)
    }
    return form
  }

  static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool = true) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var pending = bytes.makeIterator()
    while let byte = pending.next() {
      switch byte {
      case UInt8(ascii: "+") where plusIsSpace: out.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        var ahead = pending
        if let high = ahead.next().flatMap(hexValue), let low = ahead.next().flatMap(hexValue) {
          out.append(high << 4 | low)
          pending = ahead
        } else {
          out.append(byte)
        }
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
