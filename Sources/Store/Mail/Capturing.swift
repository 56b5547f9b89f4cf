import Database
package import Domain

/// A mail as it came in, and through which door.
package struct IncomingMail: Sendable {
  package let mail: ReceivedMail
  /// What it is recognised by if it has no Message-ID: see `CaptureRules.key`.
  package let key: String
  package let mailbox: MailboxID?
  /// Whose mail it is where no colleague took part in it.
  package let keeper: AccountID
  package let takes: MailboxTakes
  /// When the server had it: for mail that does not say when it was written.
  package var arrivedAt: Instant?
  /// Addresses of ours that the base does not know: the sender that the program was started with.
  package var ours: [EmailAddress] = []

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
    let keys = Correspondence.addresses(in: incoming.mail).flatMap { [$0.key, $0.untaggedKey] }
    let (known, colleagues) = try await database.read { (try $0.ownAddresses(among: keys), try $0.colleagues(byAddresses: keys)) }
    let ours = known.union(incoming.ours.map(\.key))
    let sorting = Correspondence.sort(incoming.mail) { ours.contains($0.key) || ours.contains($0.untaggedKey) }
    var whose = incoming.keeper
    if case .contact(let contact) = sorting {
      whose = contact.colleagues.lazy.compactMap { colleagues[$0.key] ?? colleagues[$0.untaggedKey] }.first ?? whose
    }
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
      try noteBounces(incoming)
      return .automatic
    case .among: return .passedOver
    case .contact(let contact):
      let known = try connection.clients(byAddresses: contact.outsiders.map(\.address.key))
      // A newsletter, unless somebody we know wrote to an address that is a list.
      guard !incoming.mail.isByList || !known.isEmpty else { return .automatic }
      let homes = contact.homes(known)
      guard homes.count <= CaptureRules.clientLimit else { return .passedOver }
      guard !homes.isEmpty || !known.isEmpty || incoming.takes == .all else { return .passedOver }
      return try keep(incoming, contact, homes)
    }
  }

  private func keep(_ incoming: IncomingMail, _ contact: Correspondence, _ homes: [Correspondence.Home]) throws -> Capture {
    // What is dated ahead was written now; what is dated before there was such mail says nothing.
    let written = contact.sentAt.flatMap { $0 > Self.firstMail ? $0 : nil } ?? incoming.arrivedAt ?? now
    let sentAt = min(written, now)
    let waits = homes.isEmpty
    let id = try connection.first("""
      INSERT INTO captured_mail (mail_key, mailbox_id, state, account_id, direction, outsiders, subject, body, sent_at, captured_at, ended_at, ended_by)
      VALUES (\(contact.messageID.isEmpty ? incoming.key : CaptureRules.key(messageID: contact.messageID)), \(incoming.mailbox), \(waits ? CaptureState.unfiled : .filed), \(actor.id), \(contact.direction),
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

  /// 1 January 1990.
  private static let firstMail = Instant(milliseconds: 631_152_000_000)

  /// Once for each report. Only what is somebody's address here is noted: the rest is no business of ours.
  private func noteBounces(_ incoming: IncomingMail) throws {
    guard !incoming.mail.bounces.isEmpty else { return }
    let key = incoming.mail.messageID.isEmpty ? incoming.key : CaptureRules.key(messageID: incoming.mail.messageID)
    let isNew = try connection.run("""
      INSERT INTO captured_mail (mail_key, mailbox_id, state, account_id, direction, sent_at, captured_at, ended_at)
      VALUES (\(key), \(incoming.mailbox), \(CaptureState.dismissed), \(actor.id), \(Direction.incoming), \(now), \(now), \(now))
      ON CONFLICT (mail_key) DO NOTHING
      """) == 1
    guard isNew else { return }
    for bounce in incoming.mail.bounces {
      let holders = try connection.values("""
        SELECT DISTINCT c.party_id FROM contact_point c JOIN party p ON p.id = c.party_id
        WHERE c.kind = 'email' AND c.value_key = \(bounce.address.key) AND p.deleted_at IS NULL AND p.erased_at IS NULL ORDER BY c.party_id
        """, as: PartyID.self)
      for party in holders { try markBounced(bounce.address, of: party, detail: bounce.detail) }
    }
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
