import Domain
import HTTPTypes
import Hummingbird
import Markup
import NIOCore

/// A flat document on a screen. No script, no frame, one small style sheet; it is never kept and never indexed, and no link from it
/// tells where its reader came from.
extension Call {
  func screen(_ document: FlatDocument, status: HTTPResponse.Status = .ok) -> Response {
    let page: HTML = """
      <!doctype html>
      <html lang="\(document.words.language.rawValue)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex, nofollow, noarchive"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
      <title>\(document.title)</title><link rel="icon" href="\(site.assets.favicon)"><link rel="stylesheet" href="\(site.assets.url("flat.css"))"></head>
      <body><main>\(document.main)</main></body></html>
      """
    var response = Response(status: status, headers: [.contentType: "text/html; charset=utf-8", .vary: "Accept-Encoding"])
    var bytes = page.bytes
    if header(.acceptEncoding)?.contains("br") == true, let packed = Brotli.packed(bytes, quality: 5) {
      bytes = packed
      response.headers[.contentEncoding] = "br"
    }
    response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    return response.unlisted()
  }
}

extension Response {
  /// For what only its reader should know of: no cache, no index, no referrer.
  func unlisted() -> Response {
    var response = self.withoutReferrer()
    response.headers[.cacheControl] = "no-store"
    response.headers[.xRobotsTag] = "noindex, nofollow, noarchive"
    return response
  }
}

extension HTTPField.Name {
  static let xRobotsTag = HTTPField.Name("X-Robots-Tag") ?? .cacheControl
  static let purpose = HTTPField.Name("Purpose") ?? .cacheControl
}
