import Database
package import Domain

/// Somebody says whose a mail is, or that it is nobody's business; both can be taken back for as long as its words are kept here.
extension Transaction {
  package func file(_ id: CapturedMailID, _ filing: MailFiling, version: Int? = nil, returnTo: String) throws -> UndoID {
    let mail = try waiting(id, version)
    guard let client = try storedClients([filing.client])[filing.client], client.deletedAt == nil, client.draft.isClient else {
      throw InvalidForm([FieldMessage(field: "client_name", key: "history.error.no_client")])
    }
    var undo = FilingUndo(mail: id)
    let unknown = try unknownOutsider(of: mail)
    let person = try whom(filing, mail, unknown, client, &undo)
    let entry = try logContact(
      Contact(
        channel: .email, direction: mail.direction, occurredAt: mail.sentAt, personID: person, subject: mail.subject, body: mail.body),
      client: filing.client)
    try connection.run("""
      INSERT INTO attachment (history_id, client_id, hash, name, media_type, size, created_at)
      SELECT \(entry), \(filing.client), hash, name, media_type, size, \(now) FROM captured_file WHERE mail_id = \(id) ORDER BY id
      """)
    try link(id, filing.client, entry)
    if filing.learns, undo.person == nil, let unknown { undo.learned = try learn(unknown, person ?? filing.client) }
    undo.address = unknown?.key
    try end(mail, .filed)
    try settle(.unfiledMail, id.rawValue)
    undo.entry = entry
    return try leaveUndo(
      MailUndo.filed, payload: undo, summary: "mail.undo.filed", ["name": client.draft.name], returnTo: returnTo,
      lifetime: CaptureRules.memory)
  }

  /// Not for the record.
  package func dismiss(_ id: CapturedMailID, version: Int? = nil, returnTo: String) throws -> UndoID {
    let mail = try waiting(id, version)
    try end(mail, .dismissed)
    try settle(.unfiledMail, id.rawValue)
    return try leaveUndo(
      MailUndo.dismissed, payload: FilingUndo(mail: id), summary: "mail.undo.dismissed", ["subject": mail.subject], returnTo: returnTo,
      lifetime: CaptureRules.memory)
  }

  /// To a colleague, who will know.
  func hand(_ id: CapturedMailID, to account: AccountID, returnTo: String) throws -> UndoID {
    let mail = try waiting(id, nil)
    try give(mail.id, to: account)
    return try leaveUndo(
      MailUndo.handed, payload: FilingUndo(mail: id, from: mail.accountID, to: account), summary: "today.undo.passed",
      ["name": mail.reason.text, "colleague": try accountName(account) ?? ""], returnTo: returnTo)
  }

  func give(_ id: CapturedMailID, to account: AccountID) throws {
    try connection.run("UPDATE captured_mail SET account_id = \(account), version = version + 1 WHERE id = \(id) AND state = 'unfiled'")
    try connection.run("""
      UPDATE reason SET account_id = \(account), passed_to = NULL WHERE kind = \(ReasonKind.unfiledMail) AND subject_id = \(id)
      """)
    audit(.changed, .capturedMail, id.rawValue, detail: "handed over")
  }

  private func waiting(_ id: CapturedMailID, _ version: Int?) throws -> CapturedMail {
    try require(.logContacts)
    let mail = try capturedMail(id)
    guard mail.state == .unfiled else { throw CaptureRefusal.ended }
    guard version == nil || version == mail.version else { throw Refusal.conflict(currentVersion: mail.version) }
    return mail
  }

  private func end(_ mail: CapturedMail, _ state: CaptureState) throws {
    let ended = try connection.run("""
      UPDATE captured_mail SET state = \(state), ended_at = \(now), ended_by = \(actor.id),
        forget_at = \(now.adding(milliseconds: CaptureRules.memory)), version = version + 1
      WHERE id = \(mail.id) AND version = \(mail.version)
      """)
    guard ended == 1 else { throw Refusal.conflict(currentVersion: mail.version + 1) }
    audit(.changed, .capturedMail, mail.id.rawValue, detail: state.rawValue)
  }

  private func whom(
    _ filing: MailFiling, _ mail: CapturedMail, _ unknown: EmailAddress?, _ client: StoredClient, _ undo: inout FilingUndo
  ) throws -> PersonID? {
    switch filing.with {
    case .nobody: return nil
    case .person(let person): return person
    case .newPerson:
      guard client.draft.kind == .company, let address = unknown else { return nil }
      let name = mail.outsiders.first { EmailAddress($0.address)?.key == address.key }?.shown ?? address.text
      var draft = ClientDraft(kind: .person, isClient: false, name: name)
      draft.contactPoints = [.email(address)]
      let person = try addPerson(draft, to: client.id, TieDraft())
      undo.person = person
      return person
    }
  }

  /// - Returns: with whom it was noted; nil where it stands already, or this actor changes no clients.
  private func learn(_ address: EmailAddress, _ party: PartyID) throws -> PartyID? {
    guard actor.may(.editClients) else { return nil }
    let stored = try storedClient(party)
    guard !stored.draft.contactPoints.contains(where: { $0.kind == .email && $0.key == address.key }) else { return nil }
    var draft = stored.draft
    draft.contactPoints.append(.email(address))
    _ = try save(draft, over: stored)
    return party
  }
}

/// Why nothing more is done with a mail: somebody has filed it, or put it aside.
package enum CaptureRefusal: Error, Hashable, Sendable { case ended }

/// Unfiled mail on the page of today.
enum MailReasons {
  static let sources: [ReasonSource] = [
    ReasonSource(
      .unfiledMail,
      expected: "SELECT id AS subject_id, CAST(NULL AS bigint) AS client_id, sent_at AS due_at FROM captured_mail WHERE state = 'unfiled'",
      hand: { tx, subject, account, back in try tx.hand(CapturedMailID(subject), to: account, returnTo: back) })
  ]
}
