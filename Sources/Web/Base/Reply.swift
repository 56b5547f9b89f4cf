package import Domain
package import HTTPTypes
package import Hummingbird
package import Markup
import NIOCore
package import Store

/// The answers handlers give.
extension Call {
  /// A page from one snapshot, with an ETag made of the data's version, the reader, the day and the build: when nothing
  /// changed the model is not even read, and the answer is 304.
  package func page<Model: Sendable>(
    _ model: @escaping @Sendable (Reader) throws -> Model, _ render: (Model) throws -> Page
  ) async throws -> Response {
    let call = self
    let known = request.headers[.ifNoneMatch]
    let result = try await read { reader -> (String, (Model, Toast?)?) in
      let tag = call.etag(reader.dataVersion)
      if known == tag { return (tag, nil) }
      try call.site.needs.refresh(reader, on: call.today)
      return (tag, (try model(reader), try call.toast(reader)))
    }
    var headers: HTTPFields = [.eTag: result.0, .cacheControl: "private, no-cache", .vary: "Cookie, Accept-Language, X-Fragment"]
    guard let (value, toast) = result.1 else { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = "text/html; charset=utf-8"
    return Response(status: .ok, headers: headers, body: body(of: try render(value), toast))
  }

  /// A page that is not kept: forms with what was typed, errors, anything without a snapshot.
  package func answer(_ page: Page, status: HTTPResponse.Status = .ok, toast: Toast? = nil) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"], body: body(of: page, toast))
  }

  /// A page from one snapshot that is never kept: it shows what changes without a new data version (who was here, who saw
  /// what), or holds a form.
  package func fresh<Model: Sendable>(
    _ model: @escaping @Sendable (Reader) throws -> Model, _ render: (Model) throws -> Page
  ) async throws -> Response {
    let call = self
    let (value, toast) = try await read { reader in
      try call.site.needs.refresh(reader, on: call.today)
      return (try model(reader), try call.toast(reader))
    }
    return answer(try render(value), toast: toast)
  }

  /// After a write: 303, so that reload and Back do not send it again.
  package func redirect(to path: String, undo: UndoID? = nil, said: String? = nil) -> Response {
    var extra: [(String, String)] = []
    if let undo { extra.append((Self.undoParameter, undo.description)) }
    if let said { extra.append((Self.saidParameter, said)) }
    let query = URLText.query(extra)
    let location = path.contains("?") && !query.isEmpty ? path + "&" + query.dropFirst() : path + query
    return Response(status: .seeOther, headers: [.location: location, .cacheControl: "no-store"])
  }

  private func body(of page: Page, _ toast: Toast?) -> ResponseBody {
    // A dialog asks for the form alone.
    let html = isFragment ? page.main : Shell.document(page, self, toast: toast)
    return ResponseBody(byteBuffer: ByteBuffer(bytes: html.bytes))
  }

  private func etag(_ dataVersion: Int64) -> String {
    let account = signedIn.map { "\($0.actor.id)" } ?? "-"
    return "\"\(site.settings.build).\(dataVersion).\(account).\(words.language.rawValue).\(today)\(isFragment ? ".f" : "")\""
  }
}

/// A path within this site, for `next=` and `return_to=`: one slash first, so that no other host can be meant.
package func localPath(_ text: String?) -> String? {
  guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.hasPrefix("/\\"), text.utf8.count <= 2000,
    text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") })
  else { return nil }
  return text
}
