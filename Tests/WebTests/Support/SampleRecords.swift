import Database
import Domain
import HTTPTypes
import Store

@testable import Web

/// One record of every kind that a path may name, belonging to one person: what the access matrix asks for as its owner, as
/// a colleague and as a stranger. A feature with a new kind of path adds its line to `id(for:)`.
struct SampleRecords: Sendable {
  let owner: TestPerson
  let client: PartyID, person: PartyID, tie: TieID, entry: HistoryID, fact: FactID
  private let plain: [String: Int64]

  /// Whether a record is one of the client base, one of it that its author alone may change, one of the person alone, or the
  /// company's.
  enum Kind { case party, authored, personal, shared }

  func reaches(_ kind: Kind, _ person: TestPerson) -> Bool {
    switch kind {
    case .shared: true
    case .personal: person == owner
    case .party, .authored:
      switch person.scope {
      case .all: true
      case .own: person == owner
      case .team: person.team == owner.team
      }
    }
  }

  /// The id that fills the path, and who may reach it; nil when no sample is known for such a path.
  func id(for template: String) -> (text: String, kind: Kind)? {
    let parts = template.split(separator: "/").map(String.init)
    let place = parts.prefix { $0 != ":id" }.filter { $0 != "api" && $0 != "v1" }.joined(separator: "/")
    switch place {
    case "clients": return ("\(client)", .party)
    case "people": return ("\(person)", .party)
    case "ties": return ("\(tie)", .party)
    case "history": return ("\(entry)", .authored)
    case "promises", "evidence": return plain[place].map { ("\($0)", .party) }
    case "facts": return ("\(fact)", .party)
    case "shares": return plain["shares"].map { ("\($0)", .party) }
    // What a link opens counts its readings; what opens nothing changes nothing.
    case "d": return (String(repeating: "A", count: 43), .shared)
    case "dossier": return plain["dossier"].map { ("\($0)", .party) }
    case "proposals": return plain["proposals"].map { ("\($0)", .party) }
    case "settings/rates", "rates": return plain["settings/rates"].map { ("\($0)", .shared) }
    case "today": return ("birthday-\(person)", .party)
    case "calendar": return (Self.feedToken(owner) + ".ics", .shared)
    case "tasks", "task-steps": return plain[place].map { ("\($0)", .party) }
    case "attachments": return plain["attachment"].map { ("\($0)", .party) }
    // People who may import see all clients in these tests, and so all imports.
    case "imports": return plain["imports"].map { ("\($0)", .party) }
    case "export": return plain["jobs"].map { ("\($0)", .personal) }
    case "jobs", "undo", "views": return plain[place].map { ("\($0)", .personal) }
    case "handovers": return plain[place].map { ("\($0)", .shared) }
    case "received": return plain[place].map { ("\($0)", .personal) }
    case "settings/sessions": return (owner.rawValue, .personal)
    case "settings/users": return ("\(owner.id)", .shared)
    case "mail", "mails", "mail-files": return plain[place == "mails" ? "mail" : place].map { ("\($0)", .party) }
    case "settings/mail/outbox", "settings/mailboxes": return plain[place].map { ("\($0)", .shared) }
    case "settings/teams", "settings/tokens", "settings/fields", "settings/relationships", "settings/tags":
      return plain[place].map { ("\($0)", .shared) }
    case "deals", "deal-lines", "deal-members", "deal-contacts", "deal-requirements", "deal-documents", "opportunities", "purchases", "purchases/imports":
      return plain[place].map { ("\($0)", .party) }
    case "settings/stages", "settings/loss-reasons", "settings/offerings": return plain[place].map { ("\($0)", .shared) }
    case "offerings": return plain["settings/offerings"].map { ("\($0)", .shared) }
    default: return nil
    }
  }

  static func make(for owner: TestPerson, in site: TestSite, text: String = "Sample") async throws -> SampleRecords {
    let name = "\(text) \(owner.rawValue)"
    let (client, person, tie) = try await site.write { tx in
      let client = try tx.createClient(ClientDraft(kind: .company, name: name))
      try tx.connection.run("UPDATE party SET owner_id = \(owner.id), team_id = \(owner.team) WHERE id = \(client)")
      var draft = ClientDraft(kind: .person, name: "\(name) person")
      (draft.givenName, draft.familyName) = (text, "person")
      draft.birthDate = PartialDate(Zone.utc.date(tx.now))
      let person = try tx.addPerson(draft, to: client, TieDraft(role: text))
      let tie: TieID = try tx.connection.required("SELECT id FROM tie WHERE person_id = \(person)")
      return (client, person, tie)
    }
    let upload = try await uploaded(text, in: site)
    return try await site.write(as: owner) { tx in
      let entry = try tx.logContact(
        Contact(channel: .call, direction: .outgoing, occurredAt: tx.now, subject: text, body: text, outcome: text), client: client)
      let fact = try tx.addFact(FactDraft(kind: .preference, text: text, source: text), to: client)
      var plain = try plainRecords(tx, owner, client, entry, text)
      plain.merge(try dossierRecords(tx, client, entry, text)) { first, _ in first }
      plain["imports"] = upload
      plain.merge(try SampleDeals.make(tx, client, person, text)) { first, _ in first }
      let promise = try tx.makePromise(
        PromiseTerms(
          what: text, note: text,
          ownerID: try tx.connection.required("SELECT min(id) FROM account WHERE closed_at IS NULL AND role <> 'readonly'")),
        due: PromiseDue(date: Zone.utc.date(tx.now).adding(days: 1), zone: .utc), to: client, in: entry)
      try tx.addEvidence(.entry(entry), to: promise)
      plain["promises"] = promise.rawValue
      plain["evidence"] = try tx.connection.required("SELECT id FROM promise_evidence WHERE promise_id = \(promise)")
      return SampleRecords(owner: owner, client: client, person: person, tie: tie, entry: entry, fact: fact, plain: plain)
    }
  }

  /// As long as a real one.
  static func feedToken(_ owner: TestPerson) -> String { String("feed-of-\(owner.rawValue)\(String(repeating: "-", count: 43))".prefix(43)) }

  /// A list of clients as a browser sends it, up to the choice of columns.
  private static func uploaded(_ text: String, in site: TestSite) async throws -> Int64? {
    let cell = "\"" + text.replacing("\"", with: "\"\"") + "\""
    let form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"clients.csv\"\r\n\r\nName,City\n\(cell),\(cell)\n\r\n--b--\r\n"
    let answer = try await site.send(
      .post, Routes.Imports.upload(), [.contentType: "multipart/form-data; boundary=b"], body: Array(form.utf8))
    return answer.location.flatMap { $0.split(separator: "/").dropFirst().first }.flatMap { Int64($0) }
  }

  private static func dossierRecords(_ tx: Transaction, _ client: ClientID, _ entry: HistoryID, _ text: String) throws -> [String: Int64] {
    let c = tx.connection
    let from = CalendarDate(daysSince1970: Int(client.rawValue)).description
    // One that the client sees, and one of ours, which whoever may edit may change.
    let entries = try [true, false].map { isForClient -> Int64 in
      try c.required("""
        INSERT INTO dossier_entry (client_id, section, date, what, why, asked, did, took, amount_minor, currency, basis, workings,
          proof, for_client, note, recorded_at)
        VALUES (\(client), 'special', '2026-03-12', \(text), \(text), \(text), \(text), \(text), 1200, 'USD', 'agreed', \(text), \(text),
          \(isForClient), \(text), \(tx.now)) RETURNING id
        """)
    }
    return [
      "dossier": entries[1],
      "proposals": try c.required("""
        INSERT INTO dossier_proposal (client_id, rule, subject, section, date, slots, history_id, state, made_at)
        VALUES (\(client), 'free_help', 'sample', 'cost', '2026-03-12', \(try JSON.text(["text": text])), \(entry), 'open', \(tx.now)) RETURNING id
        """),
      "settings/rates": try c.required("""
        INSERT INTO exchange_rate (currency, base, from_date, mantissa, scale, recorded_at) VALUES ('USD', 'EUR', \(from), 9, 1, \(tx.now)) RETURNING id
        """),
    ]
  }

  private static func plainRecords(
    _ tx: Transaction, _ owner: TestPerson, _ client: PartyID, _ entry: HistoryID, _ text: String
  ) throws -> [String: Int64] {
    let c = tx.connection
    let unique = "\(text) \(client)"
    try c.run("INSERT INTO stored_file (hash, size, content, created_at) VALUES (\("hash\(client)"), 1, \([UInt8(65)]), \(tx.now))")
    // Whoever only reads has no tasks.
    let worker = owner == .reader ? TestPerson.manager : owner
    let task = try tx.addTask(TaskDraft(
      title: text, note: text, clientID: client, ownerID: worker.id, checklist: [ChecklistStep(String(text.prefix(100)))]))
    try c.run("""
      INSERT INTO calendar_feed (account_id, token_hash, created_at, used_at)
      VALUES (\(owner.id), \(Secret.hash(of: feedToken(owner))), \(tx.now), \(tx.now)) ON CONFLICT DO NOTHING
      """)
    let mail: Int64 = try c.required("""
      INSERT INTO captured_mail (mail_key, state, account_id, direction, outsiders, subject, body, sent_at, captured_at)
      VALUES (\(unique), 'unfiled', \(owner.id), 'in', \(try JSON.text([MailOutsider(name: text, address: "a@b.example")])), \(text), \(text), 0, 0)
      RETURNING id
      """)
    return [
      "shares": try c.required("""
        INSERT INTO share_link (client_id, token_hash, recipient, language, period, files, created_at, created_by, ends_at)
        VALUES (\(client), \(Secret.hash(of: "share \(unique)")), \(text), 'en', 'all', \(true), \(tx.now), \(owner.id), \(tx.now)) RETURNING id
        """),
      "tasks": task.rawValue,
      "task-steps": try c.required("SELECT id FROM task_step WHERE task_id = \(task)"),
      "attachment": try c.required("""
        INSERT INTO attachment (history_id, client_id, hash, name, media_type, size, created_at)
        VALUES (\(entry), \(client), \("hash\(client)"), \(text), 'text/html', 1, \(tx.now)) RETURNING id
        """),
      "jobs": try c.required("""
        INSERT INTO job (kind, payload, state, run_at, account_id, created_at, ended_at)
        VALUES ('import', '{}', 'done', 0, \(owner.id), \(tx.now), \(tx.now)) RETURNING id
        """),
      "undo": try c.required("""
        INSERT INTO undo (account_id, kind, payload, summary_key, summary_slots, return_to, created_at, expires_at)
        VALUES (\(owner.id), 'none', '{}', 'said.undone', '{}', '/', \(tx.now), \(tx.now.adding(milliseconds: Instant.day))) RETURNING id
        """),
      "views": try c.required("""
        INSERT INTO saved_view (account_id, list, name, query, created_at) VALUES (\(owner.id), 'clients', \(text), '', \(tx.now)) RETURNING id
        """),
      "settings/mail/outbox": try c.required("""
        INSERT INTO mail (kind, idempotency_key, account_id, letter, message_id, state, send_at, expires_at, created_at)
        VALUES ('notice', \(unique), \(owner.id), '{}', \(unique), 'queued', 0, 0, 0) RETURNING id
        """),
      "mail": mail,
      "mail-files": try c.required("""
        INSERT INTO captured_file (mail_id, hash, name, media_type, size) VALUES (\(mail), \("hash\(client)"), \(text), 'text/html', 1) RETURNING id
        """),
      "settings/mailboxes": try c.required("""
        INSERT INTO mailbox (address, address_key, account_id, takes, host, port, security, username, since, look_at, trouble, created_at)
        VALUES (\(unique), \(unique), \(owner.id), 'all', \(text), 993, 'tls', \(text), '2026-11-05', 0, \(text), 0) RETURNING id
        """),
      "handovers": try handover(c, owner, tx.now, state: "draft", text),
      "received": try c.required("""
        INSERT INTO handover_client (handover_id, client_id, to_id, at, introduced_at)
        VALUES (\(handover(c, owner, tx.now, state: "done", text)), \(client), \(owner.id), \(tx.now), \(tx.now)) RETURNING id
        """),
      "settings/teams": try c.required("INSERT INTO team (name, created_at) VALUES (\(String(unique.prefix(100))), 0) RETURNING id"),
      "settings/tokens": try c.required("""
        INSERT INTO api_token (name, token_hash, account_id, scopes, created_at)
        VALUES (\(text), \(Secret.hash(of: unique)), \(owner.id), '', \(tx.now)) RETURNING id
        """),
      "settings/fields": try c.required("""
        INSERT INTO custom_field (name, name_key, type, applies_to, position)
        VALUES (\(String(unique.suffix(60))), \(unique), 'text', 'both', 1) RETURNING id
        """),
      "settings/relationships": try c.required("""
        INSERT INTO relationship_type (key, name, position) VALUES (\(unique), \(text), 9) RETURNING id
        """),
      "settings/tags": try c.required("INSERT INTO tag (name, name_key) VALUES (\(String(unique.suffix(60))), \(unique)) RETURNING id"),
    ]
  }
}

extension SampleRecords {
  private static func handover(_ c: any Connection, _ from: TestPerson, _ now: Instant, state: String, _ text: String) throws -> Int64 {
    try c.required("""
      INSERT INTO handover (from_id, reason, plan, note, state, made_by, created_at, changed_at)
      VALUES (\(from.id), 'changes', \(try JSON.text(HandoverPlan())), \(text), \(state), \(TestPerson.owner.id), \(now), \(now)) RETURNING id
      """)
  }
}

extension RouteDeclaration {
  var isWrite: Bool { ![.get, .head, .options].contains(method) }
  var label: String { "\(method.rawValue) \(template)" }

  /// The path with a sample's id in it.
  func path(_ records: SampleRecords) -> (String, SampleRecords.Kind)? {
    guard template.contains(":id") else { return (template, .shared) }
    return records.id(for: template).map { (template.replacing(":id", with: $0.text), $0.kind) }
  }
}

/// Every row of every table, hashed: equal before and after whatever must not change anything.
struct DatabaseImage: Equatable, Sendable, CustomStringConvertible {
  let tables: [String: [UInt8]]

  static func of(_ store: Store) async throws -> DatabaseImage {
    try await store.database.read { connection in
      let names: SQL = connection.dialect == .sqlite
        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\' OR type = 'table' AND sql LIKE '%STRICT%' ORDER BY name"
        : "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
      var tables: [String: [UInt8]] = [:]
      for name in try connection.values(names, as: String.self) {
        var rows: [String] = []
        try connection.each(SQL(unsafe: "SELECT * FROM \"\(name)\"")) { row in
          rows.append(try (0..<row.columnCount).map { _ in "\(try row.nextValue())" }.joined(separator: "|"))
        }
        tables[name] = Secret.hash(of: rows.sorted().joined(separator: "\n"))
      }
      return DatabaseImage(tables: tables)
    }
  }

  func difference(to other: DatabaseImage) -> [String] {
    Set(tables.keys).union(other.tables.keys).filter { tables[$0] != other.tables[$0] }.sorted()
  }
  var description: String { "\(tables.count) tables" }
}
