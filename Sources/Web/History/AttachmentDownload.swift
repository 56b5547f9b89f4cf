import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// An uploaded file goes out as it came in, always as a download: whatever it holds, it never runs as part of this site.
enum AttachmentDownload {
  static func answer(_ call: Call, _ id: AttachmentID) async throws -> Response {
    let file = try await call.read { try $0.attachment(id) }
    try call.saw(.attachment, id.rawValue)
    return answer(call, file)
  }

  static func answer(_ call: Call, _ file: StoredAttachment) -> Response {
    let known = call.header(.ifNoneMatch)
    let tag = "\"\(file.hash)\""
    var headers: HTTPFields = [
      .eTag: tag, .cacheControl: "private, no-cache", .contentSecurityPolicy: "sandbox; default-src 'none'",
      .xContentTypeOptions: "nosniff",
    ]
    if known == tag { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = mediaType(file.attachment.mediaType)
    headers[.contentDisposition] = disposition(file.attachment.name)
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
  }

  /// RFC 6266: a name in ASCII for the oldest programs, the true one in RFC 8187's form for all others.
  static func disposition(_ name: String) -> String {
    let plain = String(decoding: name.utf8.prefix(200).map { byte -> UInt8 in
      0x20...0x7E ~= byte && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "%") ? byte : UInt8(ascii: "_")
    }, as: UTF8.self)
    return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(URLText.encode(name))"
  }

  /// What the sender called it, if it looks like a media type at all.
  static func mediaType(_ text: String) -> String {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isToken = { (part: Substring) in
      (1...80).contains(part.utf8.count) && part.utf8.allSatisfy {
        0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || "!#$&-^_.+".utf8.contains($0)
      }
    }
    return parts.count == 2 && parts.allSatisfy(isToken) ? text : "application/octet-stream"
  }
}
