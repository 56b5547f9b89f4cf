package import Domain
package import Hummingbird
import Files
package import Markup
import NIOCore

/// A page apart from the shell: what goes on paper, into a PDF, or to someone without an account. It speaks its reader's
/// language, whatever the language of whoever asks for it.
package struct FlatDocument: Sendable {
  package var title: String
  package var words: Words
  package var main: HTML
  /// Stands at the foot of every sheet of paper, beside the number of the page.
  package var foot: String

  package init(_ title: String, words: Words, foot: String? = nil, main: HTML) {
    self.title = title
    self.words = words
    self.main = main
    self.foot = foot ?? title
  }

  /// For the renderer of PDF: it brings its style sheet by another way, and there is nothing to click.
  package var paper: HTML {
    """
    <!doctype html>
    <html lang="\(words.language.rawValue)"><head><meta charset="utf-8"><title>\(title)</title></head>
    <body>\(main)</body></html>
    """
  }

  /// What the foot says, in the language of the document: `content` takes no markup, only strings and counters.
  package var paperRules: String {
    let parts = words("flat.page_of", ["page": "\u{1}", "pages": "\u{2}"])
    var content = "\"", open = parts[...]
    while let mark = open.firstIndex(where: { $0 == "\u{1}" || $0 == "\u{2}" }) {
      content += Self.quoted(open[..<mark]) + "\" counter(\(open[mark] == "\u{1}" ? "page" : "pages")) \""
      open = open[open.index(after: mark)...]
    }
    content += Self.quoted(open) + "\""
    return "@page { @bottom-left { content: \"\(Self.quoted(foot[...]))\" } @bottom-right { content: \(content) } }\n"
  }

  /// Text within a string of CSS: quotes, backslashes and line ends would end it.
  private static func quoted(_ text: Substring) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\", "<": out += "\\" + String(scalar.value, radix: 16) + " "
      case _ where scalar.value < 0x20: out += " "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension Call {
  /// The document as a PDF to be kept; `name` is the file's name without its ending.
  package func pdf(_ document: FlatDocument, name: String) async throws -> Response {
    let sheet = site.assets.bytes("pdf.css") + Array(document.paperRules.utf8)
    let bytes = try await site.pdf.render(document.paper.bytes, stylesheet: sheet)
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/pdf", .cacheControl: "no-store",
        .contentDisposition: AttachmentDownload.disposition(name + ".pdf"),
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
