import Database
package import Domain

/// A mail that waits for somebody to say whose it is, or waited.
package struct CapturedMail: Sendable, Hashable {
  package let id: CapturedMailID
  package let state: CaptureState
  package let accountID: AccountID
  package let accountName: String
  package let direction: Direction
  package let outsiders: [MailOutsider]
  package let subject: String
  package let body: String
  package let sentAt: Instant
  package let capturedAt: Instant
  package let version: Int

  static let columns: SQL = """
    m.id, m.state, m.account_id, a.name, m.direction, m.outsiders, m.subject, m.body, m.sent_at, m.captured_at, m.version
    """
  static let tables: SQL = "captured_mail m JOIN account a ON a.id = m.account_id"

  init(row: inout Row) throws {
    id = try row.next()
    state = try row.next()
    accountID = try row.next()
    accountName = try row.next()
    direction = try row.next()
    outsiders = try JSON.value(try row.next())
    subject = try row.next()
    body = try row.next()
    sentAt = try row.next()
    capturedAt = try row.next()
    version = try row.next()
  }

  var reason: Reason {
    let who = outsiders.first?.shown ?? ""
    return Reason(
      .unfiledMail, subject: id.rawValue, client: nil, for: accountID, from: capturedAt, due: .at(sentAt),
      text: subject.isEmpty ? who : "\(who): \(subject)")
  }
}

package struct CapturedMailPage: Sendable {
  package var lines: [CapturedMail] = []
  package var next: CapturedMailID?
  /// Of everybody's that this actor may see beside the own: none, or some.
  package var others = false
}

extension Session {
  /// One whose account this actor may look at.
  package func capturedMail(_ id: CapturedMailID) throws -> CapturedMail {
    try require(.logContacts)
    let found = try connection.first("SELECT \(CapturedMail.columns) FROM \(CapturedMail.tables) WHERE m.id = \(id)") { try CapturedMail(row: &$0) }
    guard let found, try mayLook(at: found.accountID) else { throw Refusal.notFound }
    return found
  }

  /// What waits, oldest first.
  /// - Parameter everyone: of everybody this actor may look at.
  package func unfiledMail(everyone: Bool = false, after place: CapturedMailID? = nil, limit: Int = 50) throws -> CapturedMailPage {
    try require(.logContacts)
    let further: SQL = place.map { " AND (m.captured_at, m.id) > (SELECT captured_at, id FROM captured_mail WHERE id = \($0))" } ?? ""
    let own: SQL = "m.account_id IN \(list: [actor.id] + actor.standsInFor)"
    let whose = everyone ? inReach : own
    var page = CapturedMailPage()
    page.lines = try connection.rows("""
      SELECT \(CapturedMail.columns) FROM \(CapturedMail.tables) WHERE m.state = 'unfiled' AND \(whose)\(further)
      ORDER BY m.captured_at, m.id LIMIT \(limit + 1)
      """) { try CapturedMail(row: &$0) }
    if page.lines.count > limit {
      page.lines.removeLast(page.lines.count - limit)
      page.next = page.lines.last?.id
    }
    page.others = try actor.scope != .own && connection.exists("""
      SELECT 1 FROM captured_mail m WHERE m.state = 'unfiled' AND NOT \(own) AND \(inReach)
      """)
    return page
  }

  private var inReach: SQL {
    switch actor.scope {
    case .all: "m.account_id > 0"
    case .team:
      actor.teamID.map { "m.account_id IN (SELECT id FROM account WHERE team_id = \($0) UNION SELECT \(actor.id))" } ?? "m.account_id = \(actor.id)"
    case .own: "m.account_id IN \(list: [actor.id] + actor.standsInFor)"
    }
  }

  /// Names and sizes of its files.
  package func files(of mail: CapturedMailID) throws -> [Attachment] {
    try connection.rows("SELECT id, name, media_type, size FROM captured_file WHERE mail_id = \(mail) ORDER BY id") {
      Attachment(id: try $0.next(), name: try $0.next(), mediaType: try $0.next(), size: try $0.next())
    }
  }

  package func capturedFile(_ id: AttachmentID) throws -> (mail: CapturedMailID, file: StoredAttachment) {
    guard let mail = try connection.value("SELECT mail_id FROM captured_file WHERE id = \(id)", as: CapturedMailID.self) else { throw Refusal.notFound }
    _ = try capturedMail(mail)
    guard let found = try connection.first("""
      SELECT c.id, c.name, c.media_type, c.size, c.hash, f.content FROM captured_file c JOIN stored_file f ON f.hash = c.hash WHERE c.id = \(id)
      """, { row in
        StoredAttachment(
          attachment: Attachment(id: try row.next(), name: try row.next(), mediaType: try row.next(), size: try row.next()),
          hash: try row.next(), bytes: try row.next())
      }) else { throw Refusal.notFound }
    return (mail, found)
  }

  /// Clients that a mail may belong to: those its addresses stand for, then those found by the domain or by the name.
  package func likelyClients(for mail: CapturedMail, limit: Int = 5) throws -> [(id: ClientID, name: String)] {
    let addresses = mail.outsiders.compactMap { EmailAddress($0.address) }
    var found: [(id: ClientID, name: String)] = []
    func add(_ more: [(id: ClientID, name: String)]) {
      for one in more where found.count < limit && !found.contains(where: { $0.id == one.id }) { found.append(one) }
    }
    let known = try connection.clients(byAddresses: addresses.map(\.key))
    let ids = addresses.flatMap { known[$0.key]?.clients ?? [] }
    add(try connection.rows("SELECT p.id, p.name FROM party p WHERE p.id IN \(list: ids) AND \(visible()) ORDER BY p.name_sort, p.id") {
      (id: try $0.next(ClientID.self), name: try $0.next(String.self))
    })
    for outsider in mail.outsiders.prefix(3) where found.count < limit {
      if let address = EmailAddress(outsider.address), !FreeMail.has(address.domain) { add(try clientsNamed("@\(address.domain)", limit: limit)) }
      if !outsider.name.isEmpty { add(try clientsNamed(outsider.name, limit: limit)) }
    }
    return found
  }

  /// The first address in it that stands for nobody here: what filing may note. One that stands for several clients would only stand for more.
  package func unknownOutsider(of mail: CapturedMail) throws -> EmailAddress? {
    let addresses = mail.outsiders.compactMap { EmailAddress($0.address) }
    let known = try connection.clients(byAddresses: addresses.map(\.key))
    return addresses.first { known[$0.key] == nil }
  }
}
