/// Where the data is kept: `sqlite:PATH`, or an address that libpq reads (`postgres://…`, several hosts allowed).
package struct DatabaseURL: Sendable, Hashable, CustomStringConvertible {
  package enum Place: Sendable, Hashable {
    case sqlite(path: String)
    case postgres(address: String)
  }
  package let place: Place
  /// Safe to print and log: no password.
  package let description: String

  package init(_ text: String) throws {
    if text.hasPrefix("sqlite:") {
      // `sqlite:data/x`, `sqlite:/srv/x` and the common `sqlite:///srv/x` all name a file.
      var path = text.dropFirst("sqlite:".count)
      if path.hasPrefix("//") { path = path.dropFirst(2) }
      guard !path.isEmpty else { throw DatabaseURLError.noPath }
      place = .sqlite(path: String(path))
      description = "sqlite:\(path)"
    } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      place = .postgres(address: text)
      do { description = try PostgresOptions(text).description } catch DatabaseError.unavailable(let why) {
        throw DatabaseURLError.unreadable(why)
      }
    } else {
      throw DatabaseURLError.unknownScheme
    }
  }
}

/// What is wrong with a database address; none of it quotes the address, which may hold a password.
package enum DatabaseURLError: Error, Hashable, CustomStringConvertible {
  case unknownScheme, noPath
  case unreadable(String)

  package var description: String {
    switch self {
    case .unknownScheme: "a database address begins with sqlite: or postgres://"
    case .noPath: "sqlite: needs the path of a file, such as sqlite:data/dossier.sqlite"
    case .unreadable(let why): why
    }
  }
}

/// Opens the place and asks it something at once, so that a wrong address is told at start and not by the first visitor.
/// - Parameter connections: PostgreSQL connections, or concurrent SQLite readers.
package func openDatabase(
  _ url: DatabaseURL, connections: Int = 8, limits: PostgresDatabase.Limits = .init()
) async throws -> any Database {
  switch url.place {
  case .sqlite(let path): return try SQLiteDatabase(path: path, readers: max(2, connections))
  case .postgres(let address):
    let database = try PostgresDatabase(address, connections: connections, limits: limits)
    do { _ = try await database.read { try $0.value("SELECT 1", as: Int.self) } } catch {
      await database.close()
      throw error
    }
    return database
  }
}
