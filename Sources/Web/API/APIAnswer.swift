import Database
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// What a handler gives back: JSON, with the version of the row where it has one.
struct APIAnswer: Sendable {
  let status: Int
  let bytes: [UInt8]
  let etag: String?
  var location: String?

  /// - Parameter version: of the row; the ETag begins with it.
  init(_ status: Int = 200, version: Int? = nil, location: String? = nil, _ write: (inout JSONWriter) throws -> Void) rethrows {
    var writer = JSONWriter()
    try write(&writer)
    self.status = status
    self.location = location
    bytes = writer.bytes
    var hash = StableHash()
    hash.add(bytes)
    let content = hash.value().description
    etag = version.map { "\"\($0)-\(content)\"" } ?? "\"\(content)\""
  }

  private init(_ status: Int) { (self.status, bytes, etag) = (status, [], nil) }
  static let nothing = APIAnswer(204)

  init(_ kept: KeptAnswer) {
    (status, bytes, etag, location) = (kept.status, Array(kept.body.utf8), kept.etag, kept.location)
  }
  var kept: KeptAnswer { KeptAnswer(status: status, body: String(decoding: bytes, as: UTF8.self), etag: etag, location: location) }

  func response(to call: Call, isReplay: Bool = false) -> Response {
    var headers: HTTPFields = [.cacheControl: call.request.method == .get ? "private, no-cache" : "no-store"]
    headers[.eTag] = etag
    headers[.location] = location
    if isReplay { headers[.idempotentReplayed] = "true" }
    if call.request.method == .get || call.request.method == .head, let etag, call.header(.ifNoneMatch).map({ Self.lists($0, etag) }) == true {
      return Response(status: .notModified, headers: headers)
    }
    guard !bytes.isEmpty else { return Response(status: .init(code: status), headers: headers) }
    headers[.contentType] = "application/json"
    return Response(status: .init(code: status), headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Weak comparison (RFC 9110, 13.1.2).
  private static func lists(_ header: String, _ etag: String) -> Bool {
    header.split(separator: ",").contains { part in
      let tag = part.trimmingBlanks
      return tag == "*" || tag == etag || tag == "W/" + etag
    }
  }
}

extension HTTPField.Name {
  static let idempotentReplayed = HTTPField.Name("Idempotent-Replayed") ?? .age
}
