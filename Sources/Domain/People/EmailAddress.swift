/// An e-mail address as people have them: checked for what no mail system takes, not for all that RFC 5322 allows.

package struct EmailAddress: Hashable, Sendable {
  /// As it was typed, the domain in lower case.
  package let text: String
  /// What two spellings of one mailbox have in common: no provider in use tells capitals apart.
  package let key: String

  package static let maximumLength = 254  // RFC 5321, 4.5.3.1.3, in bytes

  /// Nil for what cannot be an address. Blanks around it and a `mailto:` are dropped; letters of any script are allowed.
  package init?(_ raw: String) {
    var trimmed = raw.trimmingBlanks
    if trimmed.prefix(7).lowercased() == "mailto:" { trimmed = trimmed.dropFirst(7) }
    let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, trimmed.utf8.count <= EmailAddress.maximumLength, EmailAddress.isLocal(parts[0]) else { return nil }
    let domain = parts[1].lowercased()
    guard EmailAddress.isDomain(domain) else { return nil }
    text = "\(parts[0])@\(domain)"
    key = "\(parts[0].lowercased())@\(domain)"
  }

  /// The key without what stands behind a plus: one mailbox at most providers (RFC 5233).
  package var untaggedKey: String {
    guard let plus = key.firstIndex(of: "+"), plus != key.startIndex, let at = key.lastIndex(of: "@"), plus < at else { return key }
    return String(key[..<plus] + key[at...])
  }

  package var domain: String { text.split(separator: "@").last.map(String.init) ?? "" }

  private static func isLocal(_ local: Substring) -> Bool {
    !local.isEmpty && local.utf8.count <= 64
      && local.unicodeScalars.allSatisfy { isPlain($0) && !"()<>[]:;,\\\"".unicodeScalars.contains($0) }
  }

  /// At least two labels of letters, digits and inner hyphens; the last not a number.
  private static func isDomain(_ domain: String) -> Bool {
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, domain.utf8.count <= 253 else { return false }
    return labels.allSatisfy { label in
      !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
        && label.unicodeScalars.allSatisfy { $0 == "-" || isPlain($0) && isLetterOrDigit($0) }
    } && !(labels.last ?? "").allSatisfy(\.isNumber)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return 0x21...0x7E ~= scalar.value }
    return switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: false
    default: true
    }
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0..<0x80: false
    default: scalar.properties.isXIDContinue
    }
  }
}

extension EmailAddress: CustomStringConvertible {
  package var description: String { text }
}
