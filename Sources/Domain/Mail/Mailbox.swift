/// Mailboxes that are read: how often they are looked into, and which folders they have.

/// When a mailbox is looked into; all in milliseconds.
package enum MailboxClock {
  package static let interval = 2 * Instant.minute
  /// Longer than a step of reading takes; whoever reads on renews it.
  package static let lease = 5 * Instant.minute

  /// After trouble it is left alone for 2, 4, 8, … minutes, an hour at most.
  package static func pause(afterTroubles count: Int) -> Int64 {
    min(interval << Int64(min(max(count, 1), 6) - 1), Instant.hour)
  }
}

/// A folder's name as a person types it.
package enum MailboxFolder {
  package static let inbox = "INBOX"
  package static let most = 20
  package static let longest = 200

  /// Nil for what would be more than a name to the server. INBOX is one in any letters (RFC 3501, 5.1).
  package static func name(_ raw: some StringProtocol) -> String? {
    let name = raw.trimmingBlanks
    guard !name.isEmpty, name.unicodeScalars.count <= longest, name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else { return nil }
    return name.lowercased() == "inbox" ? inbox : String(name)
  }
}
