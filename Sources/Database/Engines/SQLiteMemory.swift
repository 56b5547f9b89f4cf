import CSQLite

/// SQLite counts its memory under one lock for the whole process, taken at every allocation; nobody here asks for the count.
/// Off before the first file is opened, it saves a tenth of a query's time (https://www.sqlite.org/malloc.html#nomem).
enum SQLiteMemory {
  static let isUncounted = dossier_sqlite_count_no_memory() == SQLITE_OK
}
