import ArgumentParser
import Database
import Domain
import Files
import Foundation
import Jobs
import Markup
import Store
import Web

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring in a client list, or a whole archive.", subcommands: [ImportClients.self, ImportArchive.self])
}

struct ImportClients: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clients", abstract: "Bring in a client list (CSV) as the page does, with the columns recognised by their headings.")
  @OptionGroup var options: CommonOptions
  @Argument(help: ArgumentHelp("The list", valueName: "file")) var file: String
  @Option(help: "What a known client is recognised by: email, phone, number or none; without it the surest column decides") var match: String?
  @Flag(help: "Count and look, change nothing") var dryRun = false
  @Option(help: ArgumentHelp("Owner of new clients", valueName: "email")) var owner: String?
  @Option(help: ArgumentHelp("Country of phones and clients that name none", valueName: "code")) var country: String?
  @Option(help: ArgumentHelp("File for the rows that could not be taken, with the reasons", valueName: "file")) var errors: String?
  @Option(help: ArgumentHelp("On whose behalf; without it the first owner's", valueName: "email")) var `as`: String?

  func run() async throws {
    let values = try options.values()
    try await Base.withIdle(values) { base in
      let actor = try await base.actor(email: `as`)
      let id = try await begin(base, actor)
      let started = ContinuousClock.now
      let (record, job) = try await work(base, id, actor)
      try await report(base, record, job, actor, seconds: (ContinuousClock.now - started) / .seconds(1))
    }
  }

  /// The file's bytes are let go of before the work begins: the job reads them from the base.
  private func begin(_ base: Base, _ actor: Actor) async throws -> ImportID {
    guard let bytes = FileManager.default.contents(atPath: file).map({ [UInt8]($0) }) else { throw StartFailure("\(file) cannot be read.") }
    let plan = try await plan(base, .bytes(bytes), actor)
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return try await base.store.write(as: actor, at: Base.clock()) { try $0.beginImport(fileName: name, bytes: bytes, plan: plan) }
  }

  private func plan(_ base: Base, _ source: ByteSource, _ actor: Actor) async throws -> ImportPlan {
    let home = try await base.store.installation()?.country
    var wanted = home
    if let country {
      guard let named = Country(country) else { throw StartFailure("--country: “\(country)” is no country's two letters.") }
      wanted = named
    }
    let guess: (plan: ImportPlan, sample: [[String]])?
    do { guess = try ImportFile.guess(source, country: wanted) } catch let problem as CSVProblem {
      throw StartFailure("\(file)\(problem.line.map { ", line \($0)" } ?? ""): \(problem)")
    }
    guard var plan = guess?.plan else { throw StartFailure("\(file) holds no rows.") }
    guard plan.mapping.problems.isEmpty else { throw StartFailure("\(file): no column says the client's name. Choose it on the page.") }
    if let match {
      guard let key = ["email": MatchKey.email, "phone": .phone, "number": .ownNumber, "none": .none][match] else {
        throw StartFailure("--match: “\(match)” is none of email, phone, number, none.")
      }
      plan.mapping.match = key
    }
    if let owner { plan.owner = try await base.actor(email: owner).id }
    return plan
  }

  private func work(_ base: Base, _ id: ImportID, _ actor: Actor) async throws -> (ImportRecord, JobStatus) {
    let isDry = dryRun
    let job = try await base.store.write(as: actor, at: Base.clock()) { tx in
      isDry ? try tx.checkImport(id, expecting: 1) : try tx.runImportAtOnce(id)
    }
    let runner = JobRunner(store: base.store, kinds: JobCatalogue.all(base.store), clock: Base.clock, log: base.log)
    while true {
      let (record, status) = try await base.store.read(as: actor, at: Base.clock()) { (try $0.importRecord(id), try $0.job(job)) }
      guard let status else { throw StartFailure("The import's job is gone.") }
      if status.endedAt != nil { return (record, status) }
      // A server on the same PostgreSQL may have taken the job.
      if try await !runner.runNext() { try await Task.sleep(for: .milliseconds(200)) }
    }
  }

  private func report(_ base: Base, _ record: ImportRecord, _ job: JobStatus, _ actor: Actor, seconds: Double) async throws {
    guard job.state == "done" else { throw StartFailure("\(file): \(job.error ?? job.state)") }
    let counts = record.counts
    print("""
      \(dryRun ? "Dry run, nothing changed" : "Imported") in \(String(format: "%.1f", seconds)) s: \
      \(counts.added) new, \(counts.changed) changed, \(counts.same) same, \(counts.wrong) wrong.
      """)
    guard let errors, counts.wrong > 0 else { return }
    let words = try Messages(directory: Resources.folder().appendingPathComponent("Locales"))
    let language = Words(catalog: words[actor.language], zone: Zone(actor.zone) ?? .utc)
    let csv = try await base.store.read(as: actor, at: Base.clock()) { try WrongRowsFile.make($0, record, language) }
    guard FileManager.default.createFile(atPath: errors, contents: Data(csv)) else { throw StartFailure("\(errors) cannot be written.") }
    print("The wrong rows with their reasons: \(errors)")
  }
}

struct ImportArchive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "Put an export back into an empty base: also the way from SQLite to PostgreSQL.")
  @OptionGroup var options: CommonOptions
  @Argument(help: ArgumentHelp("A folder or ZIP file that `dossier export` or the page made", valueName: "path")) var path: String

  func run() async throws {
    try await Base.withIdle(try options.values()) { base in
      let archive = try ArchiveImport(path)
      defer { archive.removeUnpacked() }
      let token = Secret.text(Secret.random(32))
      let owner = try await archive.run(into: base.store, at: Base.clock(), ownerToken: token) { _, _ in }
      print("\(archive.manifest.rows) rows of \(archive.manifest.madeAt) are in \(base.url).")
      guard let owner else { return }
      let site = try base.site(port: 8080)
      print("Passwords do not travel. \(owner) chooses a new one, within 7 days, at:\n  \(site.accessLink(.invitation, token: token))")
    }
  }
}

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write everything as CSV files with a manifest, into a new folder or one ZIP file.")
  @OptionGroup var options: CommonOptions
  @Argument(help: ArgumentHelp("A folder, or a name that ends in .zip", valueName: "path")) var path: String
  @Option(help: ArgumentHelp("On whose behalf; without it the first owner's", valueName: "email")) var `as`: String?

  func run() async throws {
    try await Base.withIdle(try options.values()) { base in
      let actor = try await base.actor(email: `as`)
      let path = path
      let manifest = try await base.store.exportSnapshot(as: actor, at: Base.clock()) { reader in
        let sink: any ArchiveSink = path.hasSuffix(".zip") ? try ZipSink(path) : try FolderSink(path)
        var export = ArchiveExport(reader, to: sink) { _, _ in }
        return try export.run()
      }
      try await base.store.write(as: actor, at: Base.clock()) { tx in
        tx.audit(.exported, .exportRun, nil, detail: "archive rows=\(manifest.rows)")
      }
      print("\(manifest.rows) rows and \(manifest.files.count { $0.rows == nil }) files are in \(path).")
    }
  }
}

extension Base {
  /// For commands that change a SQLite file no server may have open.
  static func withIdle<T>(_ values: SettingValues, _ body: (Base) async throws -> T) async throws -> T {
    do { return try await with(values, body) } catch DatabaseError.locked(let owner) {
      throw StartFailure("The base is in use by \(owner). Stop the server first, or use its pages: Imports and Export.")
    }
  }

  /// Without an address the first owner, as for everything the machine's administrator does.
  func actor(email: String?) async throws -> Actor {
    guard let actor = try await store.actor(email: email) else {
      throw StartFailure(email.map { "Nobody here has the address \($0)." } ?? "Nobody has an account yet. Start the server and follow its link first.")
    }
    return actor
  }
}
