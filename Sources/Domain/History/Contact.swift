/// What people enter into the history by hand: a contact with the client over some channel, or a note that is no contact.

/// How a contact was made. The words of D3: any contact of anyone with the client, whatever the channel.
package enum Channel: String, CaseIterable, Codable, Hashable, Sendable {
  case call, meeting, visit, email, sms, messenger, letter, web, social, event
}

package enum Direction: String, CaseIterable, Codable, Hashable, Sendable {
  /// The client came to us.
  case incoming = "in"
  case outgoing = "out"
}

package struct Contact: Hashable, Sendable {
  /// Characters.
  package static let subjectLimit = 300
  package static let bodyLimit = 20_000

  package var channel: Channel
  package var direction: Direction
  package var occurredAt: Instant
  /// With whom at the client; nil when it was the client itself or nobody in particular.
  package var personID: PersonID?
  package var subject: String
  package var body: String
  package var outcome: String

  package init(
    channel: Channel, direction: Direction, occurredAt: Instant, personID: PersonID? = nil, subject: String = "",
    body: String = "", outcome: String = ""
  ) {
    self.channel = channel
    self.direction = direction
    self.occurredAt = occurredAt
    self.personID = personID
    self.subject = subject
    self.body = body
    self.outcome = outcome
  }
}

/// Something worth knowing later that was no contact: it does not move "last contact".
package struct Note: Hashable, Sendable {
  package var occurredAt: Instant
  package var personID: PersonID?
  package var subject: String
  package var body: String

  package init(occurredAt: Instant, personID: PersonID? = nil, subject: String = "", body: String) {
    self.occurredAt = occurredAt
    self.personID = personID
    self.subject = subject
    self.body = body
  }
}

/// Anything a person writes into the history.
package enum Written: Hashable, Sendable {
  case contact(Contact)
  case note(Note)

  package var occurredAt: Instant {
    switch self {
    case .contact(let contact): contact.occurredAt
    case .note(let note): note.occurredAt
    }
  }
  package var personID: PersonID? {
    switch self {
    case .contact(let contact): contact.personID
    case .note(let note): note.personID
    }
  }
  package var kind: HistoryKind {
    switch self {
    case .contact: .contact
    case .note: .note
    }
  }
  package var texts: (subject: String, body: String, outcome: String) {
    switch self {
    case .contact(let contact): (contact.subject, contact.body, contact.outcome)
    case .note(let note): (note.subject, note.body, "")
    }
  }
}
