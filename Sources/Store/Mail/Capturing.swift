import Database
package import Domain

/// A mail as it came in, and through which door.
package struct IncomingMail: Sendable {
  package let mail: ReceivedMail
  /// What it is recognised by: see `CaptureRules.key`.
  package let key: String
  package let mailbox: MailboxID?
  /// Whose mail it is where no colleague took part in it.
  package let keeper: AccountID
  package let takes: MailboxTakes
  package init(_ mail: ReceivedMail, key: String, mailbox: MailboxID?, keeper: AccountID, takes: MailboxTakes) {
    (self.mail, self.key, self.mailbox, self.keeper, self.takes) = (mail, key, mailbox, keeper, takes)
  }
}

extension Store {
  /// Takes a mail into the record, once, whichever mailboxes it lies in: into the history of every client that took part, in the name of
  /// the colleague whose mail it is; or, where nobody is known, before that colleague.
  /// - Parameter advancing: what else is noted in the same transaction: how far the folder has been read.
  package func capture(
    _ incoming: IncomingMail, at now: Instant, advancing: @escaping @Sendable (Transaction) throws -> Void = { _ in }
  ) async throws -> Capture {
    let addresses = Correspondence.addresses(in: incoming.mail).map(\.key)
    let (ours, colleagues) = try await database.read { (try $0.ownAddresses(among: addresses), try $0.colleagues(byAddresses: addresses)) }
    let sorting = Correspondence.sort(incoming.mail) { ours.contains($0.key) }
    var whose = incoming.keeper
    if case .contact(let contact) = sorting { whose = contact.colleagues.lazy.compactMap { colleagues[$0.key] }.first ?? whose }
    var actor = try await actor(whose)
    if !actor.may(.logContacts) { actor = try await self.actor(incoming.keeper) }
    // A mail is recorded wherever it belongs, also at a colleague's client.
    return try await write(as: actor.seeingEverything, at: now) { tx in
      try advancing(tx)
      return try tx.capture(incoming, sorting)
    }
  }
}

extension Actor {
  /// For what happens in somebody's name without being asked for.
  fileprivate var seeingEverything: Actor {
    Actor(id: id, name: name, role: role, scope: .all, teamID: teamID, language: language, zone: zone)
  }
}

extension Transaction {
  fileprivate func capture(_ incoming: IncomingMail, _ sorting: Correspondence.Sorting) throws -> Capture {
    switch sorting {
    case .automatic:
      for bounce in incoming.mail.bounces { try noteBounce(bounce) }
      return .automatic
    case .among: return .passedOver
    case .contact(let contact):
      let known = try connection.clients(byAddresses: contact.outsiders.map(\.address.key))
      let homes = contact.homes(known)
      guard homes.count <= CaptureRules.clientLimit else { return .passedOver }
      guard !homes.isEmpty || !known.isEmpty || incoming.takes == .all else { return .passedOver }
      return try keep(incoming, contact, homes)
    }
  }

  private func keep(_ incoming: IncomingMail, _ contact: Correspondence, _ homes: [Correspondence.Home]) throws -> Capture {
    // What is dated ahead was written now.
    let sentAt = min(contact.sentAt ?? now, now)
    let waits = homes.isEmpty
    let id = try connection.first("""
      INSERT INTO captured_mail (mail_key, mailbox_id, state, account_id, direction, outsiders, subject, body, sent_at, captured_at, ended_at, ended_by)
      VALUES (\(incoming.key), \(incoming.mailbox), \(waits ? CaptureState.unfiled : .filed), \(actor.id), \(contact.direction),
        \(waits ? try JSON.text(contact.outsiders.map(MailOutsider.init)) : "[]"), \(waits ? contact.shortSubject : ""),
        \(waits ? contact.shortText : ""), \(sentAt), \(now), \(waits ? nil : now), \(waits ? nil : actor.id))
      ON CONFLICT (mail_key) DO NOTHING RETURNING id
      """) { try $0.next(CapturedMailID.self) }
    guard let id else { return .known }
    audit(.created, .capturedMail, id.rawValue, detail: waits ? "unfiled" : "filed")
    let files = contact.files.map { FileDraft(name: $0.name, mediaType: $0.mediaType, bytes: $0.bytes) }
    guard waits else {
      for home in homes {
        let entry = try logContact(contact.contact(at: sentAt, with: home.person), client: home.client)
        try attach(files, to: entry)
        try link(id, home.client, entry)
      }
      return .filed(homes.map(\.client))
    }
    for file in files {
      let hash = try store(file.bytes)
      try connection.run("""
        INSERT INTO captured_file (mail_id, hash, name, media_type, size) VALUES (\(id), \(hash), \(file.name), \(file.mediaType), \(file.bytes.count))
        """)
    }
    try raise(try capturedMail(id).reason)
    return .unfiled(id)
  }

  func link(_ mail: CapturedMailID, _ client: ClientID, _ entry: HistoryID) throws {
    try connection.run("INSERT INTO captured_entry (mail_id, client_id, history_id) VALUES (\(mail), \(client), \(entry))")
  }

  /// Only what is somebody's address here: the rest is no business of ours.
  private func noteBounce(_ bounce: ReceivedMail.Bounce) throws {
    let holders = try connection.values("SELECT DISTINCT party_id FROM contact_point WHERE kind = 'email' AND value_key = \(bounce.address.key) ORDER BY party_id", as: PartyID.self)
    for party in holders { _ = try attempt { try markBounced(bounce.address, of: party, detail: bounce.detail) } }
  }
}

extension Correspondence {
  /// A client that took part, with whom there.
  struct Home: Hashable { let client: ClientID, person: PersonID? }

  /// Whoever stands for one client alone; of the others a person has to say.
  func homes(_ known: [String: KnownAddress]) -> [Home] {
    var homes: [Home] = []
    for outsider in outsiders {
      guard let found = known[outsider.address.key], found.clients.count == 1, let client = found.clients.first,
        !homes.contains(where: { $0.client == client })
      else { continue }
      homes.append(Home(client: client, person: found.person))
    }
    return homes
  }

  var shortSubject: String { String(subject.prefix(Contact.subjectLimit)) }
  var shortText: String { text.count > Contact.bodyLimit ? "\(text.prefix(Contact.bodyLimit - 1))…" : text }

  func contact(at moment: Instant, with person: PersonID?) -> Contact {
    Contact(channel: .email, direction: direction, occurredAt: moment, personID: person, subject: shortSubject, body: shortText)
  }
}

extension CaptureState: SQLBindable, ColumnDecodable {}
