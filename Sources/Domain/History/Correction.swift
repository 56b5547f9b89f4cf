/// Who may set right what the history says. The entry itself stays; another takes its place and names the reason.
extension Actor {
  /// Their own words; a manager's or owner's hand may set right anybody's.
  package func mayCorrect(entryBy author: AccountID?) -> Bool {
    guard may(.logContacts) else { return false }
    return author == id || role == .owner || role == .manager
  }
}

/// Kept with the entry that takes another's place.
package struct CorrectionNote: Codable, Hashable, Sendable {
  package let reason: String
  package init(reason: String) { self.reason = reason }
}
