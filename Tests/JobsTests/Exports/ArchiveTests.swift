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
        for table in ["party", "contact_point", "history", "tag", "party_search"] {
          let was = try await base.store.database.read { try TableHash(table, in: $0) }
          let now = try await database.read { try TableHash(table, in: $0) }
          #expect(was == now, "\(table)")
        }
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
    let leftOut = ["account": ["password_hash"], "import": ["job_id"], "purchase_import": ["job_id"]]
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

private struct MadeArchive {
  let path: String
  let manifest: ArchiveManifest
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

extension Store {
  fileprivate func archive(at now: Instant, as actor: Actor, folder: Bool = false) async throws -> MadeArchive {
    let path = NSTemporaryDirectory() + "/archive-\(UInt64.random(in: 0...UInt64.max))" + (folder ? "" : ".zip")
    let manifest = try await exportSnapshot(as: actor, at: now) { reader in
      var export = ArchiveExport(reader, to: folder ? try FolderSink(path) as any ArchiveSink : try ZipSink(path)) { _, _ in }
      return try export.run()
    }
    return MadeArchive(path: path, manifest: manifest)
  }
}
