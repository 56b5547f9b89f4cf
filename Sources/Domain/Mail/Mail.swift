/// Mail that the program sends: to whom, of what kind, and how far it has come.

extension IdentityOf { package enum Mail {} }
package typealias MailID = Identifier<IdentityOf.Mail>

/// What a mail is about: its folder in a mail program (List-Id) and its word in the outbox.
package enum MailKind: String, Sendable, CaseIterable, Codable {
  case reminder, escalation, digest, test, notice
}

package enum MailRecipient: Hashable, Sendable {
  /// Someone of ours: address, language and zone are looked up when it is sent, and a closed account gets nothing.
  case account(AccountID)
  case address(EmailAddress, name: String, language: Language, zone: Zone)
}

package struct MailDraft: Hashable, Sendable {
  package let kind: MailKind
  /// Names the occasion, `promise:12:due:2026-11-05` for instance: for one key there is one mail, however often it is asked for.
  package let key: String
  package let to: MailRecipient
  package let letter: Letter
  package let notBefore: Instant?
  /// After this it is no longer worth sending.
  package let lifetime: Int64

  package init(
    _ kind: MailKind, key: String, to: MailRecipient, letter: Letter, notBefore: Instant? = nil, lifetime: Int64 = 2 * Instant.day
  ) {
    (self.kind, self.key, self.to, self.letter, self.notBefore, self.lifetime) = (kind, key, to, letter, notBefore, lifetime)
  }
}

package enum MailState: String, Sendable, CaseIterable {
  case queued
  /// A sender has it; nothing of it has left.
  case leased
  /// Its text is on the way: whoever dies now leaves it `unknown`.
  case sending
  case sent, failed
  /// The connection ended while the server took it. It may have arrived; the program never sends it again by itself.
  case unknown
  case cancelled

  package var isOpen: Bool { self == .queued || self == .leased || self == .sending }
  /// A person may ask for another attempt.
  package var mayRetry: Bool { self == .failed || self == .unknown || self == .cancelled }
}

/// What came of one attempt.
package enum MailOutcome: Hashable, Sendable {
  case accepted(reply: String)
  /// The server will not have this mail: 5xx.
  case refused(code: Int, String)
  /// The server will not have it now: 4xx.
  case deferred(code: Int, String)
  /// Nothing to do with this mail: the server was not reached, TLS or the log-in failed, before any text left.
  case trouble(String)
  /// The connection ended after the text had begun to leave and before an answer.
  case unknown(String)
}

/// When a mail that was put off is tried again: 1, 5, 15 minutes, 1, 3, then every 6 hours, for as long as the mail lives.
package enum MailBackoff {
  package static func wait(afterAttempt attempts: Int) -> Int64 {
    let minutes: [Int64] = [1, 5, 15, 60, 180, 360]
    return minutes[min(max(attempts, 1), minutes.count) - 1] * Instant.minute
  }

  /// A server that cannot be reached is left alone for 15 seconds, then twice as long each time, 10 minutes at most.
  package static func pause(afterTroubles count: Int) -> Int64 {
    min(15 * Instant.second << Int64(min(max(count, 1), 10) - 1), 10 * Instant.minute)
  }
}

/// How the connection to the server is kept private.
package enum MailSecurity: String, Sendable, CaseIterable {
  case none
  /// Begins in the open and must turn to TLS before anything is said; refused otherwise.
  case starttls
  case tls
}

/// Why no mail leaves.
package enum HoldReason: String, Sendable { case restored, moved, person }
