import FoundationEssentials

extension ListCursor {
  /// base64url of `n:<id>:<number>` or `t:<id>:<text>`.
  package var text: String {
    let plain =
      switch key {
      case .number(let number): "n:\(id):\(number)"
      case .text(let text): "t:\(id):\(text)"
      }
    return Data(plain.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Nil for anything that `text` does not give.
  package init?(_ text: String) {
    guard text.utf8.count <= 2000 else { return nil }
    var base64 = text.replacing("-", with: "+").replacing("_", with: "/")
    base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: base64), let plain = String(validating: data, as: UTF8.self) else { return nil }
    let parts = plain.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let id = Int64(parts[1]) else { return nil }
    switch parts[0] {
    case "n":
      guard let number = Int64(parts[2]) else { return nil }
      self.init(.number(number), id: id)
    case "t": self.init(.text(String(parts[2])), id: id)
    default: return nil
    }
  }
}
