package import Domain
package import HTTPTypes

/// A route is declared once: its declaration is what the router registers, what pages print as a link, what the
/// role × route matrix tests and what the API description is checked against.
///
///     static let page = Route<ClientID>(.get, "/clients/:id", .may(.viewClients))
///     "<a href=\"\(Routes.Clients.page(id))\">"
package struct Route<Input>: Sendable {
  package let method: HTTPRequest.Method
  /// With at most one `:id`, which `Input` fills.
  package let template: String
  package let access: Access
  /// Before `:id` and after it: a page prints hundreds of addresses.
  private let head: String, tail: String

  package init(_ method: HTTPRequest.Method, _ template: String, _ access: Access) {
    self.method = method
    self.template = template
    self.access = access
    let place = template.firstRange(of: ":id")
    head = place.map { String(template[..<$0.lowerBound]) } ?? template
    tail = place.map { String(template[$0.upperBound...]) } ?? ""
  }

  package var declaration: RouteDeclaration { RouteDeclaration(method: method, template: template, access: access) }
}

/// Who may come in. Records are checked further by the store.
package enum Access: Sendable, Hashable {
  /// Before log-in, too.
  case everyone
  case signedIn
  case may(Permission)
  /// By token (or by a signed-in browser), answering in JSON; nil where any token will do. Registered through `APIBook`.
  case api(Permission?)
}

package struct RouteDeclaration: Sendable, Hashable {
  package let method: HTTPRequest.Method
  package let template: String
  package let access: Access
  package var isAPI: Bool { if case .api = access { true } else { false } }
}

extension Route where Input == Void {
  package func callAsFunction() -> String { template }
}

extension Route where Input: LosslessStringConvertible {
  package func callAsFunction(_ input: Input) -> String {
    head + URLText.segment(input.description) + tail
  }
}

/// All routes, by feature: `extension Routes { enum Clients { … } }` beside the feature's pages.
package enum Routes {}

/// Percent-encoding for the two places where we write values into URLs.
package enum URLText {
  /// nil for bad escapes or what is not UTF-8.
  package static func decode(_ text: some StringProtocol) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    let decoded = Form.decode(text.utf8, plusIsSpace: false)
    return decoded.unicodeScalars.contains("\u{FFFD}") ? nil : decoded
  }
  package static func segment(_ text: String) -> String { encode(text) }
  package static func query(_ items: [(String, String)]) -> String {
    items.isEmpty ? "" : "?" + items.map { encode($0.0) + "=" + encode($0.1) }.joined(separator: "&")
  }
  package static func encode(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var out = ""
    out.reserveCapacity(text.utf8.count * 3)
    let hex: [Character] = Array("0123456789ABCDEF")
    for byte in text.utf8 {
      if isPlain(byte) {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        out.append("%")
        out.append(hex[Int(byte >> 4)])
        out.append(hex[Int(byte & 15)])
      }
    }
    return out
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }
}
