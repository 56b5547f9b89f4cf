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
    let person = try whom(filing, mail, client, &undo)
    let entry = try logContact(
      Contact(
        channel: .email, direction: mail.direction, occurredAt: mail.sentAt, personID: person, subject: mail.subject, body: mail.body),
      client: filing.client)
    try connection.run("""
      INSERT INTO attachment (history_id, client_id, hash, name, media_type, size, created_at)
      SELECT \(entry), \(filing.client), hash, name, media_type, size, \(now) FROM captured_file WHERE mail_id = \(id) ORDER BY id
      """)
    try link(id, filing.client, entry)
    if filing.learns { undo.learned = try learn(mail, filing.with == .newPerson ? nil : person ?? filing.client) }
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

  fileprivate func give(_ id: CapturedMailID, to account: AccountID) throws {
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

  private func whom(_ filing: MailFiling, _ mail: CapturedMail, _ client: StoredClient, _ undo: inout FilingUndo) throws -> PersonID? {
    switch filing.with {
    case .nobody: return nil
    case .person(let person): return person
    case .newPerson:
      guard client.draft.kind == .company, let outsider = mail.outsiders.first, let address = EmailAddress(outsider.address) else { return nil }
      var draft = ClientDraft(kind: .person, isClient: false, name: outsider.shown)
      draft.contactPoints = [.email(address)]
      let person = try addPerson(draft, to: client.id, TieDraft())
      undo.person = person
      return person
    }
  }

  /// - Returns: with whom it was noted; nil where it stands already, or this actor changes no clients.
  private func learn(_ mail: CapturedMail, _ party: PartyID?) throws -> PartyID? {
    guard let party, actor.may(.editClients), let outsider = mail.outsiders.first, let address = EmailAddress(outsider.address) else { return nil }
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

struct FilingUndo: Codable {
  let mail: CapturedMailID
  var entry: HistoryID?
  /// Made by filing.
  var person: PersonID?
  /// Whose address was noted.
  var learned: PartyID?
  var from: AccountID?
  var to: AccountID?
}

enum MailUndo {
  static let filed = "mail.filed", dismissed = "mail.dismissed", handed = "mail.handed"

  static let kinds: [String: Undoing.TakeBack] = [
    filed: { tx, payload in
      let undo: FilingUndo = try JSON.value(payload)
      if let entry = undo.entry {
        // Corrected or withdrawn since: that stands.
        guard try tx.entry(entry).supersededBy == nil else { return }
        try tx.withdraw(entry)
        try tx.connection.run("DELETE FROM captured_entry WHERE mail_id = \(undo.mail) AND history_id = \(entry)")
      }
      try tx.forgetAddress(undo)
      try tx.wait(undo.mail)
    },
    dismissed: { tx, payload in try tx.wait((try JSON.value(payload, as: FilingUndo.self)).mail) },
    handed: { tx, payload in
      let undo: FilingUndo = try JSON.value(payload)
      guard let from = undo.from, let to = undo.to,
        try tx.connection.exists("SELECT 1 FROM captured_mail WHERE id = \(undo.mail) AND account_id = \(to) AND state = 'unfiled'")
      else { return }
      try tx.give(undo.mail, to: from)
    },
  ]
}

extension Transaction {
  /// Before somebody again.
  fileprivate func wait(_ id: CapturedMailID) throws {
    let back = try connection.run("""
      UPDATE captured_mail SET state = 'unfiled', ended_at = NULL, ended_by = NULL, forget_at = NULL, version = version + 1
      WHERE id = \(id) AND state <> 'unfiled' AND forget_at IS NOT NULL
      """)
    guard back == 1, let mail = try connection.first("SELECT \(CapturedMail.columns) FROM \(CapturedMail.tables) WHERE m.id = \(id)", { try CapturedMail(row: &$0) })
    else { return }
    try raise(mail.reason)
    audit(.changed, .capturedMail, id.rawValue, detail: "unfiled")
  }

  fileprivate func forgetAddress(_ undo: FilingUndo) throws {
    if let person = undo.person {
      // Someone who has been talked to since stays.
      guard try actor.may(.removeClients) && !connection.exists("SELECT 1 FROM party WHERE id = \(person) AND last_contact_at > 0") else { return }
      try take(.remove, [person])
    }
    guard let party = undo.learned, let outsider = try capturedOutsider(undo.mail) else { return }
    let stored = try storedClient(party)
    var draft = stored.draft
    draft.contactPoints.removeAll { $0.kind == .email && $0.key == outsider.key }
    _ = try save(draft, over: stored)
  }

  private func capturedOutsider(_ id: CapturedMailID) throws -> EmailAddress? {
    let text: String? = try connection.value("SELECT outsiders FROM captured_mail WHERE id = \(id)")
    return try text.flatMap { try JSON.value($0, as: [MailOutsider].self).first }.flatMap { EmailAddress($0.address) }
  }
}

/// Unfiled mail on the page of today.
enum MailReasons {
  static let sources: [ReasonSource] = [
    ReasonSource(
      .unfiledMail,
      expected: "SELECT id AS subject_id, CAST(NULL AS bigint) AS client_id, sent_at AS due_at FROM captured_mail WHERE state = 'unfiled'",
      hand: { tx, subject, account, back in try tx.hand(CapturedMailID(subject), to: account, returnTo: back) })
  ]
}

extension Store {
  /// What is kept of mail beside the history goes when filing it can no longer be undone.
  package func forgetMail(at now: Instant) async throws {
    let due = try await database.read { try $0.exists("SELECT 1 FROM captured_mail WHERE forget_at < \(now)") }
    guard due else { return }
    try await database.write { connection in
      let mails = try connection.values("SELECT id FROM captured_mail WHERE forget_at < \(now) ORDER BY forget_at LIMIT 1000", as: CapturedMailID.self)
      try connection.emptyMail(mails)
    }
  }
}

extension Connection {
  /// That it was taken stays, so that it is not taken again.
  func emptyMail(_ mails: [CapturedMailID]) throws {
    guard !mails.isEmpty else { return }
    let hashes = try values("SELECT DISTINCT hash FROM captured_file WHERE mail_id IN \(list: mails)", as: String.self)
    try run("DELETE FROM captured_file WHERE mail_id IN \(list: mails)")
    try run("UPDATE captured_mail SET subject = '', body = '', outsiders = '[]', forget_at = NULL WHERE id IN \(list: mails)")
    try dropUnusedFiles(hashes)
  }

  /// Contents that nothing points at any more.
  func dropUnusedFiles(_ hashes: [String]) throws {
    guard !hashes.isEmpty else { return }
    try run("""
      DELETE FROM stored_file WHERE hash IN \(list: hashes)
        AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.hash = stored_file.hash)
        AND NOT EXISTS (SELECT 1 FROM import WHERE import.file_hash = stored_file.hash)
        AND NOT EXISTS (SELECT 1 FROM deal_document WHERE deal_document.hash = stored_file.hash)
        AND NOT EXISTS (SELECT 1 FROM purchase_import WHERE purchase_import.file_hash = stored_file.hash)
        AND NOT EXISTS (SELECT 1 FROM captured_file WHERE captured_file.hash = stored_file.hash)
      """)
  }
}
