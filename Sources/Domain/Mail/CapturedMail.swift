/// Mail that came in and what becomes of it: filed with the clients it is about, or waiting for somebody to say whose it is.

package enum CaptureState: String, Sendable, CaseIterable, Codable {
  case unfiled, filed
  /// Somebody said that it is not for the record.
  case dismissed
}

/// Someone in a mail who is none of us.
package struct MailOutsider: Hashable, Sendable, Codable {
  package let name: String
  package let address: String
  package init(name: String, address: String) { (self.name, self.address) = (name, address) }
  package init(_ mailbox: ReceivedMail.Mailbox) { self.init(name: mailbox.name, address: mailbox.address.text) }

  /// How a person is called who has no name.
  package var shown: String { name.isEmpty ? address : name }
}

package enum CaptureRules {
  /// A mail to more clients than this is a mailing, no contact.
  package static let clientLimit = 20
  /// What is kept of a mail beside the history goes after these: as long as filing it may be undone.
  package static let memory = 30 * Instant.day

  /// What a mail is recognised by, in whichever mailbox it lies.
  package static func key(messageID: String) -> String { key(bytes: Array(messageID.utf8)) }
  /// … where it has no Message-ID.
  package static func key(bytes: [UInt8]) -> String { Secret.hex(Secret.sha256(bytes)) }
}

/// What became of one mail that was read.
package enum Capture: Hashable, Sendable {
  /// In the history of these.
  case filed([ClientID])
  case unfiled(CapturedMailID)
  /// It was taken before.
  case known
  /// Written by no person; addresses that came back are marked.
  case automatic
  /// None of our business: nobody outside, or nobody we know in a mailbox of somebody's own.
  case passedOver
}

/// Where a mail belongs, as a person says.
package struct MailFiling: Hashable, Sendable {
  package enum With: Hashable, Sendable {
    case nobody
    case person(PersonID)
    /// Someone new at the client, by the name and address of the mail.
    case newPerson
  }

  package let client: ClientID
  package let with: With
  /// The address is noted with the person, or the client: the next mail from there files itself.
  package let learns: Bool
  package init(client: ClientID, with: With = .nobody, learns: Bool = true) { (self.client, self.with, self.learns) = (client, with, learns) }
}
