/// The prepared statements of one connection, by text and bind types; the least recently used leaves when it is full.
struct PostgresStatements {
  struct Key: Hashable {
    let text: String
    let types: [UInt32]
  }
  private struct Entry {
    let name: String
    var used: UInt64
  }
  private var entries: [Key: Entry] = [:]
  private var clock: UInt64 = 0
  private var made: UInt64 = 0
  private let capacity: Int

  init(capacity: Int = 256) { self.capacity = capacity }

  var count: Int { entries.count }

  mutating func name(_ key: Key) -> String? {
    clock &+= 1
    // One lookup for both: the key is long.
    guard let index = entries.index(forKey: key) else { return nil }
    entries.values[index].used = clock
    return entries.values[index].name
  }

  /// A new name, never used before on this connection, and the name that must go for it.
  mutating func add(_ key: Key) -> (name: String, evicted: String?) {
    var evicted: String?
    if entries.count >= capacity, let oldest = entries.min(by: { $0.value.used < $1.value.used }) {
      evicted = oldest.value.name
      entries[oldest.key] = nil
    }
    made &+= 1
    clock &+= 1
    let name = "s\(made)"
    entries[key] = Entry(name: name, used: clock)
    return (name, evicted)
  }

  mutating func remove(_ key: Key) { entries[key] = nil }
  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }
}
