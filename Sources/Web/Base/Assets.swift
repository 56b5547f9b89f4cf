import CBrotli
import Domain
package import Foundation
package import HTTPTypes
package import Hummingbird
package import Markup
import NIOCore
import Synchronization

/// Style sheets, scripts and icons, read once at start. Names carry a hash of the content, so that browsers keep them for
/// ever; a changed file has a new name. Compressed on first request and kept.
package final class Assets: Sendable {
  private struct File { let name: String, url: String, type: String, bytes: [UInt8] }
  private let byURL: [String: File]
  private let urls: [String: String]
  private let compressed = Mutex<[String: [UInt8]]>([:])
  /// The scripts fetched on demand: `combo` → its address.
  package let modules: [(name: String, url: String)]
  /// An icon of the page, up to its name.
  private let iconHead: HTML
  /// The tab's icon as a data URL: smaller than a request for it.
  package let favicon: String
  /// Changes with any asset; part of the build's name in ETags.
  package let fingerprint: String

  package init(folder: URL) throws {
    var files: [File] = []
    for (name, type, bytes) in try Self.contents(of: folder) {
      let hash = Secret.hex(Secret.sha256(bytes).prefix(6))
      let parts = name.split(separator: ".", maxSplits: 1)
      guard parts.count == 2 else { continue }
      files.append(File(name: name, url: "/assets/\(parts[0]).\(hash).\(parts[1])", type: type, bytes: bytes))
    }
    byURL = Dictionary(files.map { ($0.url, $0) }, uniquingKeysWith: { $1 })
    urls = Dictionary(files.map { ($0.name, $0.url) }, uniquingKeysWith: { $1 })
    modules = files.filter { $0.name.hasSuffix(".js") && $0.name != "app.js" }
      .map { (name: String($0.name.dropLast(3)), url: $0.url) }.sorted { $0.name < $1.name }
    iconHead = "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"\(urls["icons.svg"] ?? "/assets/icons.svg")#i-"
    let tab = files.first { $0.name == "favicon.svg" }?.bytes ?? []
    favicon = "data:image/svg+xml," + URLText.encode(String(decoding: tab, as: UTF8.self))
    fingerprint = Secret.hex(Secret.sha256(Array(files.map(\.url).sorted().joined().utf8)).prefix(6))
  }

  /// Text for a name in pages; the plain name when there is no such file, so that a mistake shows as a 404 and not as a trap.
  package func url(_ name: String) -> String { urls[name] ?? "/assets/\(name)" }

  package func icon(_ name: String) -> HTML { "\(iconHead)\(name)\"></use></svg>" }

  /// What a file holds; empty where there is no such file.
  package func bytes(_ name: String) -> [UInt8] { urls[name].flatMap { byURL[$0]?.bytes } ?? [] }

  /// `css/*.css` in order of name is one sheet.
  private static func contents(of folder: URL) throws -> [(String, String, [UInt8])] {
    let types = ["js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "css": "text/css; charset=utf-8", "png": "image/png"]
    let list = { (path: String) in
      try FileManager.default.contentsOfDirectory(at: folder.appendingPathComponent(path), includingPropertiesForKeys: nil)
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
    var out: [(String, String, [UInt8])] = []
    var css: [UInt8] = []
    for file in try list("css") where file.pathExtension == "css" { css += [UInt8](try Data(contentsOf: file)) }
    out.append(("app.css", types["css"] ?? "", css))
    // Sheets of `sheets` are one feature's own, named by its pages.
    // Sheets of `flat` stand alone: for paper, and for pages without the shell.
    for file in try list("") + list("js") + list("sheets") + list("flat") {
      guard let type = types[file.pathExtension] else { continue }
      out.append((file.lastPathComponent, type, [UInt8](try Data(contentsOf: file))))
    }
    return out
  }

  package func respond(to request: Request) -> Response {
    guard let file = byURL[request.uri.path] else { return Response(status: .notFound) }
    var headers: HTTPFields = [
      .contentType: file.type, .cacheControl: "public, max-age=31536000, immutable", .vary: "Accept-Encoding",
    ]
    var bytes = file.bytes
    if request.headers[.acceptEncoding]?.contains("br") == true {
      if let packed = brotli(file) {
        bytes = packed
        headers[.contentEncoding] = "br"
      }
    }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private func brotli(_ file: File) -> [UInt8]? {
    if let known = compressed.withLock({ $0[file.url] }) { return known }
    var size = BrotliEncoderMaxCompressedSize(file.bytes.count)
    var out = [UInt8](repeating: 0, count: size)
    let done = BrotliEncoderCompress(11, 22, BROTLI_MODE_TEXT, file.bytes.count, file.bytes, &size, &out)
    guard done == BROTLI_TRUE else { return nil }
    let result = Array(out.prefix(size))
    compressed.withLock { $0[file.url] = result }
    return result
  }
}
