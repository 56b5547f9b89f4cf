import Foundation

/// PostgreSQL's own programs do the saving; they are started with an argument list, never through a shell, and get the
/// password through the environment, because arguments are visible to everybody on the machine.
enum PostgresDump {
  /// The dump and the list of contents are taken from the same snapshot.
  static func save(_ database: PostgresDatabase, to path: String) async throws -> Backup {
    let program = try find("pg_dump")
    let options = database.options
    let tables = try await patient(options) { connection in
      let snapshot: String = try connection.required("SELECT pg_export_snapshot()")
      try run(program, ["--format=custom", "--file=\(path)", "--snapshot=\(snapshot)", "--dbname=\(words(options))"], options)
      return try TableHash.all(in: connection)
    }
    try run(try find("pg_restore"), ["--list", path], options)
    return Backup(engine: Dialect.postgres.rawValue, tables: tables)
  }

  static func putBack(_ path: String, into address: String) async throws {
    let options = try PostgresOptions(address)
    let occupied = try await patient(options) { try !TableHash.tables($0).isEmpty }
    if occupied { throw BackupError.notEmpty }
    // Comments are left out: only a superuser may comment on an extension.
    try run(
      try find("pg_restore"),
      [
        "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", "--single-transaction",
        "--dbname=\(words(options))", path,
      ], options)
  }

  /// A connection of its own, for hours if need be.
  private static func patient<T: Sendable>(
    _ options: PostgresOptions, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    var limits = PostgresDatabase.Limits()
    limits.call = .seconds(6 * 3600)
    let database = PostgresDatabase(options, connections: 1, limits: limits)
    do {
      let value = try await database.read(body)
      await database.close()
      return value
    } catch {
      await database.close()
      throw error
    }
  }

  /// libpq's `keyword='value'` form without the password.
  private static func words(_ options: PostgresOptions) -> String {
    options.values.filter { $0.key != "password" }.sorted { $0.key < $1.key }.map { keyword, value in
      "\(keyword)='\(value.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }.joined(separator: " ")
  }

  private static func run(_ program: String, _ arguments: [String], _ options: PostgresOptions) throws {
    let process = Process(), errors = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    var environment = ProcessInfo.processInfo.environment
    if let password = options.values["password"] { environment["PGPASSWORD"] = password }
    process.environment = environment
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BackupError.failed(program: program, why: said.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  /// The newest that Debian keeps (its wrappers in PATH may choose an older one), or in PATH.
  static func find(_ name: String) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let newest = versions.compactMap(Int.init).sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin" }
    for folder in newest + path.split(separator: ":").map(String.init) {
      let candidate = folder + "/" + name
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    throw BackupError.noProgram(name)
  }
}
