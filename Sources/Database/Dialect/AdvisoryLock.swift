extension Connection {
  /// Until the transaction ends, no other holds this name. SQLite has one writer, so there it is true already.
  package func serialise(_ name: StaticString) throws {
    guard dialect == .postgres else { return }
    try each("SELECT pg_advisory_xact_lock(hashtext(\("\(name)")))") { _ in }
  }
}
