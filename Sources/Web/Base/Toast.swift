package import Domain
import HTTPTypes
package import Markup
package import Store

/// What was just done, said on the next page, with Undo where it can be taken back. It travels as an id or a message key in
/// the URL, so that a page needs no server-side flash and works without cookies or scripts.
package enum Toast: Sendable {
  case undo(UndoNotice)
  case said(String)
}

extension Call {
  package static let undoParameter = "undo"
  package static let saidParameter = "said"

  /// The toast this URL asks for. Only message keys made for it are shown, whatever the URL says.
  package func toast(_ reader: Reader) throws -> Toast? {
    if let id = query[Self.undoParameter].flatMap(UndoID.init), let notice = try reader.undoNotice(id) { return .undo(notice) }
    if let key = query[Self.saidParameter], key.hasPrefix("said."), words.catalog.has(key) { return .said(key) }
    return nil
  }
}
