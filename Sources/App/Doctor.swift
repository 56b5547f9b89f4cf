import ArgumentParser
import Database
import Domain
import Foundation
import Store

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the base: schema, file, audit chain, and that what is derived agrees with what it is derived from.")
  @OptionGroup var options: CommonOptions
  @Flag(help: "Check the audit chain only.") var audit = false

  func run() async throws {
    let found = try await Base.with(try options.values(), migrating: false) { base -> [Finding] in
      var findings: [Finding] = []
      findings.append(try await Self.auditChain(base))
      if audit { return findings }
      findings.insert(try await Self.schema(base), at: 0)
      findings += try await Self.file(base) + Self.locale(base)
      findings += try await base.database.read { try Consistency.check($0) }.map { Finding(name: $0.name, problem: $0.problem) }
      if let hold = try await base.store.mailHold() {
        print("note   no mail is sent since \(hold.since.iso): \(hold.because.sentence)")
      }
      return findings
    }
    for finding in found { print(finding.problem.map { "wrong  \(finding.name): \($0)" } ?? "good   \(finding.name)") }
    if found.contains(where: { $0.problem != nil }) { throw ExitCode.failure }
  }

  struct Finding { let name: String, problem: String? }

  private static func schema(_ base: Base) async throws -> Finding {
    let pending = try await Migrator(Schema.migrations).pending(base.database)
    return Finding(name: "schema", problem: pending.isEmpty ? nil : "migrations \(pending) are not applied; run dossier migrate")
  }

  private static func auditChain(_ base: Base) async throws -> Finding {
    let broken = try await base.database.read { try AuditChain.firstBreak(in: $0) }
    let problem: String? =
      switch broken {
      case nil: nil
      case .changed(let id): "row \(id) was changed after it was written"
      case .missing(let id): "row \(id) is missing"
      }
    return Finding(name: "audit chain", problem: problem)
  }

  private static func file(_ base: Base) async throws -> [Finding] {
    guard case .sqlite(let path) = base.url.place else { return [] }
    let damage = try await base.database.read { connection in
      try connection.values("PRAGMA integrity_check", as: String.self).filter { $0 != "ok" }
    }
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: (path as NSString).deletingLastPathComponent.isEmpty ? "." : (path as NSString).deletingLastPathComponent)
    let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
    return [
      Finding(name: "file", problem: damage.first),
      Finding(name: "space", problem: free < 256 << 20 ? "only \(free >> 20) MiB are free" : nil),
    ]
  }

  /// PostgreSQL finds letters by the database's LC_CTYPE: under "C" Cyrillic ones have no trigrams and every search reads all.
  private static func locale(_ base: Base) async throws -> [Finding] {
    guard case .postgres = base.database.dialect else { return [] }
    let kind: String? = try await base.database.read {
      try $0.value("SELECT datctype FROM pg_database WHERE datname = current_database()")
    }
    let plain = kind == "C" || kind == "POSIX"
    return [
      Finding(
        name: "locale",
        problem: plain ? "LC_CTYPE is \(kind ?? ""): searching for parts of names is slow; move to a database made with LC_CTYPE C.UTF-8" : nil)
    ]
  }
}
