import Database
import Domain
import Files
import Foundation
import Store
import TestSupport
import Testing

@testable import Jobs

@Suite struct ArchiveTests {
  static let list = """
    Name;E-mail;Phone;Code;Tags;Note
    =Anna;anna@example.com;+359888123456;A1;vip;@home "quoted"
    'Ivan';ivan@example.com;0888123457;+A2;vip,lead;-5

    """

  /// Out of one engine, into each: the files are equal byte for byte, and so are the rows.
  @Test(arguments: Engine.all, Engine.all) func comesBack(from: Engine, to: Engine) async throws {
    try await withTestBase(from) { base in
      try await ImportHarness(base: base).bring(Self.list)
      try await base.write { try $0.leaveWork() }
      let first = try await base.store.archive(at: base.now, as: base.owner)
      defer { first.remove() }
      try await withTestDatabase(to, migrations: Schema.migrations) { database in
        let store = Store(database: database)
        let archive = try ArchiveImport(first.path)
        defer { archive.removeUnpacked() }
        let owner = try await archive.run(into: store, at: base.now, ownerToken: "token") { _, _ in }
        #expect(owner == "user0@example.com")
        let second = try await store.archive(at: base.now, as: base.owner)
        defer { second.remove() }
        #expect(first.manifest.files == second.manifest.files)
        #expect(first.manifest.isComplete)
        for table in ExportTable.all.map({ "\($0.name)" }) + ["party_search"] where leftOutColumns[table] == nil {
          let was = try await base.store.database.read { try TableHash(table, in: $0) }
          let now = try await database.read { try TableHash(table, in: $0) }
          #expect(was == now, "\(table)")
        }
        let held = try await store.mailHold()
        #expect(held?.because == .moved)
        #expect(try await database.read { try $0.exists("SELECT 1 FROM mail_server WHERE host = 'mail.example.com' AND secret IS NULL") })
        // New clients get numbers of their own.
        let id = try await store.write(as: base.owner, at: base.now) { try $0.createClient(ClientDraft(kind: .person, name: "New")) }
        #expect(id.rawValue > 2)
      }
    }
  }

  @Test(arguments: Engine.all) func refusesWhatIsNotItsOwn(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let made = try await base.store.archive(at: base.now, as: base.owner, folder: true)
      defer { made.remove() }
      let archive = try ArchiveImport(made.path)
      await #expect(throws: MovingProblem.notEmpty) {
        _ = try await archive.run(into: base.store, at: base.now, ownerToken: "t") { _, _ in }
      }
      try Data("id\r\n".utf8).write(to: URL(fileURLWithPath: made.path + "/tag.csv"))
      await #expect(throws: MovingProblem.changed("tag.csv")) {
        _ = try await archive.run(into: base.store, at: base.now, ownerToken: "t") { _, _ in }
      }
    }
  }

  /// No password leaves, and what a spreadsheet would run is neutral.
  @Test(arguments: Engine.all) func isSafe(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await base.write { try $0.connection.run("UPDATE account SET password_hash = 'SECRETHASH'") }
      try await ImportHarness(base: base).bring(Self.list)
      let made = try await base.store.archive(at: base.now, as: base.owner, folder: true)
      defer { made.remove() }
      for file in try FileManager.default.contentsOfDirectory(atPath: made.path) where file.hasSuffix(".csv") {
        let text = try String(contentsOfFile: made.path + "/" + file, encoding: .utf8)
        #expect(!text.contains("SECRETHASH"), "\(file)")
        #expect(!text.contains(",=Anna"), "\(file)")
      }
    }
  }

  /// A manager who sees less takes away less, and nobody can take it for the whole.
  @Test(arguments: Engine.all) func staysInScope(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let harness = ImportHarness(base: base)
      try await harness.bring(Self.list)
      let nina = try await harness.narrowManager()
      try await harness.bring("Name\nOwn client\n", as: nina)
      let made = try await base.store.archive(at: base.now, as: nina, folder: true)
      defer { made.remove() }
      #expect(!made.manifest.isComplete)
      #expect(made.manifest.files.first { $0.name == "party.csv" }?.rows == 1)
      #expect(made.manifest.files.first { $0.name == "history.csv" }?.rows == 1)
      await #expect(throws: Refusal.forbidden(.exportClients)) { _ = try await base.store.archive(at: base.now, as: base.maria) }
    }
  }

  /// Every column is exported but for those left out on purpose: a migration that adds one must say which it is.
  @Test func noColumnIsForgotten() async throws {
    let leftOut = leftOutColumns
    try await withTestBase(.sqlite) { base in
      for table in ExportTable.all {
        let name = "\(table.name)"
        let columns = try await base.read { reader in
          try reader.connection.rows("SELECT name, \"notnull\" FROM pragma_table_info(\(name))") {
            (name: try $0.next(String.self), isOptional: try $0.next(Int.self) == 0)
          }
        }
        let expected = columns.filter { !(leftOut[name] ?? []).contains($0.name) }
        #expect(Set(expected.map(\.name)) == Set(table.headings), "\(name)")
        for column in expected where column.name != "id" {
          let ours = table.columns.first { "\($0.name)" == column.name }
          #expect(ours?.isOptional == column.isOptional, "\(name).\(column.name)")
        }
      }
    }
  }
}

extension ArchiveTests {
  /// Every table is exported, or is left out for a reason: a migration that adds one must say which it is.
  @Test(arguments: Engine.all) func noTableIsForgotten(engine: Engine) async throws {
    let exported = Set(ExportTable.all.map { "\($0.name)" }), leftOut = Set(leftOutTables.keys)
    #expect(exported.count == ExportTable.all.count && exported.isDisjoint(with: leftOut))
    try await withTestBase(engine) { base in
      let tables = Set(try await base.store.database.read { try TableHash.tables($0) })
      #expect(tables.subtracting(exported).subtracting(leftOut).sorted() == [], "neither exported nor left out for a reason")
      #expect(exported.union(leftOut).subtracting(tables).sorted() == [], "no such table")
    }
  }

  /// A manager who sees less takes the tasks seen, and nothing of the mail server.
  @Test(arguments: Engine.all) func workStaysInScope(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let harness = ImportHarness(base: base)
      try await harness.bring(Self.list)
      try await base.write { try $0.leaveWork() }
      let nina = try await harness.narrowManager()
      for table in ["task", "task_step", "handover", "handover_choice", "handover_client", "handover_move", "mail_server", "digest", "mailbox", "mailbox_folder"] {
        let one = try #require(ExportTable.all.first { "\($0.name)" == table })
        #expect(try await base.read(as: nina) { try $0.exportCount(one) } == 0, "\(table)")
        #expect(try await base.read { try $0.exportCount(one) } == 1, "\(table)")
      }
    }
  }
}

private let leftOutTables = [
  "access_link": "secret: links to choose a password", "api_token": "secret", "audit": "a chain of the base it was written in",
  "audit_head": "a chain of the base it was written in", "calendar_feed": "secret: its address cannot be told from the hash",
  "dossier_total": "derived from the entries", "idempotency": "answers kept for a day", "job": "work of this installation",
  "login_failure": "counted for minutes", "mail": "would be sent a second time", "party_search": "derived from the parties",
  "schema_migration": "of the base itself", "session": "secret", "share_link": "secret: the link cannot be told from the hash",
  "stored_file": "travels as files", "undo": "kept for days, and of rows as they were",
]

private let leftOutColumns = [
  "account": ["password_hash"], "import": ["job_id"], "purchase_import": ["job_id"], "handover": ["job_id"],
  // The password, and how far whoever reads it here has come.
  "mailbox": ["secret", "lease_until", "fence", "looked_at", "trouble", "troubles"],
  "mailbox_folder": ["trying_uid", "tries"],
  // The password, and what this base has had with the server.
  "mail_server": [
    "secret", "next_at", "troubles", "trouble", "trouble_at", "paused_until", "place", "held_at", "held_because", "version",
  ],
]

extension Transaction {
  /// A row of each kind of work, with the columns that may be empty both ways.
  fileprivate func leaveWork() throws {
    let client: PartyID = try connection.required("SELECT min(id) FROM party")
    try connection.run("""
      INSERT INTO task (title, note, client_id, owner_id, important, due_on, zone, due_at, day_at, rule, basis, scheduled_on, created_at, changed_at)
      VALUES ('=Call', 'two\nlines', \(client), \(actor.id), \(true), '2026-11-10', 'Europe/Sofia', \(now), \(now), 'FREQ=WEEKLY', 'schedule',
        '2026-11-10', \(now), \(now))
      """)
    try connection.run("INSERT INTO task_step (task_id, position, text, done) SELECT id, 0, 'First', \(true) FROM task")
    try connection.run("""
      INSERT INTO handover (from_id, reason, plan, note, state, report, made_by, created_at, changed_at, done_at)
      VALUES (\(actor.id), 'leaves', '{}', 'To "you"', 'done', '{}', \(actor.id), \(now), \(now), \(now))
      """)
    try connection.run("INSERT INTO handover_choice (handover_id, client_id) SELECT id, \(client) FROM handover")
    try connection.run("""
      INSERT INTO handover_client (handover_id, client_id, to_id, at) SELECT id, \(client), \(actor.id), \(now) FROM handover
      """)
    try connection.run("""
      INSERT INTO handover_move (handover_id, kind, row_id, to_id) SELECT id, 'task', 1, \(actor.id) FROM handover
      """)
    try connection.run("INSERT INTO manager_change (company_id, tie_id, at) VALUES (\(client), 1, \(now))")
    try connection.run("INSERT INTO bounced_address (email_key, at, account_id) VALUES ('a@example.com', \(now), \(actor.id))")
    try connection.run("UPDATE mail_server SET host = 'mail.example.com', username = 'post', secret = \([1, 2, 3] as [UInt8]), version = 5")
    try connection.run("""
      INSERT INTO mailbox (address, address_key, account_id, takes, host, port, security, username, secret, since, look_at, created_at)
      VALUES ('In@example.com', 'in@example.com', \(actor.id), 'known', 'imap.example.com', 993, 'tls', 'in', \([1, 2, 3] as [UInt8]),
        '2026-11-01', \(now), \(now))
      """)
    try connection.run("""
      INSERT INTO mailbox_folder (mailbox_id, name, position, uid_validity, last_uid) SELECT id, 'INBOX', 0, 7, 12 FROM mailbox
      """)
    try connection.run("INSERT INTO digest (account_id, hour, made_on) VALUES (\(actor.id), 8, '')")
  }
}

struct MadeArchive {
  let path: String
  let manifest: ArchiveManifest
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

extension Store {
  func archive(at now: Instant, as actor: Actor, folder: Bool = false) async throws -> MadeArchive {
    let path = NSTemporaryDirectory() + "/archive-\(UInt64.random(in: 0...UInt64.max))" + (folder ? "" : ".zip")
    let manifest = try await exportSnapshot(as: actor, at: now) { reader in
      var export = ArchiveExport(reader, to: folder ? try FolderSink(path) as any ArchiveSink : try ZipSink(path)) { _, _ in }
      return try export.run()
    }
    return MadeArchive(path: path, manifest: manifest)
  }
}
