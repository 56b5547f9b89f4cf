package import Database
import Domain

/// A column as it goes into an export file and comes back. Numbers are decimal digits, a yes is 1 and a no 0; nothing at all
/// (NULL) is an empty cell, and a text that is empty although it may be missing is `\`.
package struct ExportColumn: Sendable {
  package let name: StaticString
  package let type: SQLType
  package private(set) var isOptional = false
  /// Who lacks it gets an empty cell.
  private(set) var permission: Permission?

  static func int(_ name: StaticString) -> ExportColumn { ExportColumn(name: name, type: .int) }
  static func text(_ name: StaticString) -> ExportColumn { ExportColumn(name: name, type: .text) }
  static func bool(_ name: StaticString) -> ExportColumn { ExportColumn(name: name, type: .bool) }
  static func real(_ name: StaticString) -> ExportColumn { ExportColumn(name: name, type: .double) }

  /// May be NULL.
  var orNone: ExportColumn {
    var column = self
    column.isOptional = true
    return column
  }

  /// For those who have this permission alone; it may be NULL.
  func onlyFor(_ permission: Permission) -> ExportColumn {
    var column = orNone
    column.permission = permission
    return column
  }

  func cell(_ value: SQLValue) -> String {
    switch value {
    case .null: ""
    case .bool(let flag): flag ? "1" : "0"
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .text(let text): isOptional && (text.isEmpty || text.utf8.first == UInt8(ascii: "\\")) ? "\\" + text : text
    case .blob: ""
    }
  }

  /// - Returns: nil for a cell that no export has.
  func value(_ cell: String) -> SQLValue? {
    if cell.isEmpty, isOptional { return .null(type) }
    switch type {
    case .bool: return cell == "1" ? .bool(true) : cell == "0" ? .bool(false) : nil
    case .int: return Int64(cell).map(SQLValue.int)
    case .double: return Double(cell).flatMap { $0.isFinite ? .double($0) : nil }
    case .text: return .text(isOptional && cell.utf8.first == UInt8(ascii: "\\") ? String(decoding: cell.utf8.dropFirst(), as: UTF8.self) : cell)
    case .blob: return nil
    }
  }
}
