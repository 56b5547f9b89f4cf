import CMIME
import Domain
import Foundation

/// What of a mail's parts is its text, what its files, and what a report to programs.
struct MIMEBody {
  private struct Piece {
    let part: Int
    let isHTML: Bool
  }

  private let parts: MIMEParts
  private var pieces: [Piece] = []
  private var filed: [Int] = []
  private var html: [Int] = []
  private var decoded: [Int: String] = [:]
  private(set) var messages: [Int] = []
  /// Reports of delivery (RFC 3464).
  private(set) var reports: [Int] = []
  /// multipart/report (RFC 6522): of delivery, of reading, of abuse.
  private(set) var isReport = false

  init(_ parts: MIMEParts) { self.parts = parts }

  mutating func sort() {
    guard !parts.all.isEmpty else { return }
    pieces = sorted(0)
    guard pieces.isEmpty, let named = filed.firstIndex(where: { Self.isText(parts.all[$0].type) && !parts.all[$0].isAttachment }) else { return }
    // A text with a name is a file, unless it is all that was written.
    let part = filed.remove(at: named)
    pieces = [piece(part)]
  }

  private mutating func sorted(_ index: Int, within around: String = "") -> [Piece] {
    let part = parts.all[index]
    switch part.kind {
    case DOSSIER_MULTIPART:
      let each = part.children.map { sorted($0, within: part.type) }
      if part.type == "multipart/alternative" { return best(of: each) }
      guard part.type == "multipart/report" else { return each.flatMap { $0 } }
      isReport = true
      return each.first ?? []
    case DOSSIER_MESSAGE:
      messages.append(index)
      return []
    default:
      return leaf(part, within: around)
    }
  }

  private mutating func leaf(_ part: MIMEParts.Part, within around: String) -> [Piece] {
    let isNamed = part.isAttachment || part.fileName != nil
    switch part.type {
    case "message/delivery-status", "message/global-delivery-status": reports.append(part.index)
    case let type where Self.isText(type) && !isNamed: return [piece(part.index)]
    // Receipts, reports of abuse, headers of a mail that came back: for programs.
    case let type where (type.hasPrefix("message/") && type != "message/rfc822" || type == "text/rfc822-headers") && !isNamed: break
    // The same text once more, in a form that few can show.
    case let type where type.hasPrefix("text/") && type != "text/calendar" && !isNamed && around == "multipart/alternative": break
    case let type where type.hasSuffix("-signature") && around == "multipart/signed": break
    default: filed.append(part.index)
    }
    return []
  }

  private static func isText(_ type: String) -> Bool { type == "text/plain" || type == "text/html" }

  private mutating func piece(_ part: Int) -> Piece {
    let isHTML = parts.all[part].type == "text/html"
    if isHTML { html.append(part) }
    return Piece(part: part, isHTML: isHTML)
  }

  /// The same said in several ways: the plain one if it says anything, else the last, which is the richest (RFC 2046, 5.1.4).
  private mutating func best(of ways: [[Piece]]) -> [Piece] {
    for way in ways where !way.isEmpty && way.allSatisfy({ !$0.isHTML }) {
      for piece in way where !words(of: piece).isEmpty { return way }
    }
    return ways.last { !$0.isEmpty } ?? []
  }

  mutating func text() -> String {
    var text = ""
    for piece in pieces {
      let words = words(of: piece)
      if words.isEmpty { continue }
      text += text.isEmpty ? words : "\n\n" + words
      if text.utf8.count > 4 * MIMEReader.textLimit { break }
    }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(MIMEReader.textLimit)))
  }

  private mutating func words(of piece: Piece) -> String {
    let text = source(piece.part)
    return piece.isHTML ? HTMLWords.read(text) : MIMEText.tidied(text)
  }

  private mutating func source(_ part: Int) -> String {
    if let text = decoded[part] { return text }
    let text = MIMEText.decode(parts.bytes(part), charset: parts.parameter("charset", of: part), isHTML: parts.all[part].type == "text/html")
    decoded[part] = text
    return text
  }

  /// - Parameter room: bytes left for files; what is taken goes off it.
  mutating func files(_ room: inout Int) -> [ReceivedMail.File] {
    let shown = html.isEmpty ? [] : html.reduce(into: Set<String>()) { $0.formUnion(MIMEText.contentIDs(in: source($1))) }
    var (files, named) = ([(isNamed: Bool, file: ReceivedMail.File)](), Set<[UInt8]>())
    for index in filed where files.count < MIMEReader.mostFiles {
      let part = parts.all[index]
      // A picture within the text: a signature's logo more often than not.
      if part.type.hasPrefix("image/"), let id = part.contentID, shown.contains(id) { continue }
      let bytes = parts.bytes(index)
      guard bytes.count <= room else { continue }
      room -= bytes.count
      if part.fileName != nil, bytes.count < 100_000 { named.insert(bytes) }
      let name = FileName.plain(part.fileName ?? "", mediaType: part.type)
      files.append((part.fileName != nil, ReceivedMail.File(name: name, mediaType: part.type, bytes: bytes)))
    }
    // An invitation comes twice: to be shown, without a name, and to be kept.
    return files.filter { $0.isNamed || !named.contains($0.file.bytes) }.map(\.file)
  }
}
