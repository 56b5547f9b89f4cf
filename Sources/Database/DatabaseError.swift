/// What a database refuses, mapped once per engine so that nothing above knows result codes.
@usableFromInline package enum DatabaseError: Error, Sendable, Hashable {
  /// A UNIQUE constraint or index. The value names the columns or the index.
  case unique(String)
  case foreignKey(String)
  case check(String)
  case notNull(String)
  /// Another writer held the database, or two transactions collided: worth trying again.
  case busy
  /// The server cannot be reached, or the connection broke before anything was committed.
  case unavailable(String)
  /// The connection broke while COMMIT was under way: it may or may not have happened.
  case unknownOutcome
  /// No space is left where the database lives. Nothing was written.
  case full
  /// The append-only rule refused an UPDATE or DELETE.
  case appendOnly
  case readOnly
  /// The file belongs to another running process; the value says which.
  case locked(String)
  case decoding(String)
  case other(code: String, message: String)
}

extension DatabaseError: CustomStringConvertible {
  @usableFromInline package var description: String {
    switch self {
    case .unique(let what): "unique constraint: \(what)"
    case .foreignKey(let what): "foreign key: \(what)"
    case .check(let what): "check constraint: \(what)"
    case .notNull(let what): "missing value: \(what)"
    case .busy: "the database is busy"
    case .unavailable(let why): "the database is unavailable: \(why)"
    case .unknownOutcome: "the connection broke during COMMIT; the outcome is unknown"
    case .full: "no space is left for the database"
    case .appendOnly: "history is append-only"
    case .readOnly: "the database is read-only"
    case .locked(let who): "the database file is in use by \(who)"
    case .decoding(let what): "unexpected data: \(what)"
    case .other(let code, let message): "database error \(code): \(message)"
    }
  }
}
