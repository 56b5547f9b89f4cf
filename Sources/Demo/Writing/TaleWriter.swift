import Database
import Domain
import Store

/// Gives tales their numbers and writes them, many at a time. The base was empty, so that numbers are ours to give.
struct TaleWriter: Sendable {
  private var nextEntry: Int64 = 1
  private var nextFact: Int64 = 1
  private var nextDeal: Int64 = 1
  private var nextPromise: Int64 = 1
  /// The parties of clients written before, by the client's place in the order of telling.
  private var leavers: [Place: PersonID] = [:]
  private(set) var people = 0
  var entries: Int { Int(nextEntry - 1) }
  var facts: Int { Int(nextFact - 1) }

  private struct Place: Hashable { let client: Int, person: Int }

  /// - Parameter first: the place of the first of these tales in the order of telling.
  mutating func write(_ tales: [Tale], first: Int, in tx: Transaction) throws -> [MadeClient] {
    let numbered = tales.map { number($0) }
    let made = try tx.insertClients(numbered.map(\.tale.client))
    var batch = TaleBatch()
    for (offset, (told, made)) in zip(numbered, made).enumerated() {
      people += made.people.count
      for (index, id) in made.people.enumerated() where told.tale.client.people[index].tie.until != nil {
        leavers[Place(client: first + offset, person: index)] = id
      }
      let joined = told.tale.joined.map { leavers[Place(client: $0.leaver.clientIndex, person: $0.leaver.personIndex)] }
      try batch.add(told, made, joined, by: tx.actor.id, into: tx)
    }
    try batch.write(tx)
    return made
  }

  private mutating func number(_ tale: Tale) -> NumberedTale {
    var told = NumberedTale(tale: tale)
    let order = tale.entries.indices.sorted { (tale.entries[$0].recordedAt, $0) < (tale.entries[$1].recordedAt, $1) }
    for index in order {
      told.entryIDs[index] = HistoryID(rawValue: nextEntry)
      nextEntry += 1
    }
    told.order = order
    for index in tale.facts.indices {
      told.factIDs[index] = FactID(rawValue: nextFact)
      nextFact += 1
    }
    for index in tale.deals.indices {
      told.dealIDs[index] = DealID(rawValue: nextDeal)
      nextDeal += 1
    }
    for index in tale.promises.indices {
      told.promiseIDs[index] = PromiseID(rawValue: nextPromise)
      nextPromise += 1
    }
    told.settleLastContacts()
    return told
  }
}

struct NumberedTale {
  var tale: Tale
  var order: [Int] = []
  var entryIDs: [Int: HistoryID] = [:]
  var factIDs: [Int: FactID] = [:]
  var dealIDs: [Int: DealID] = [:]
  var promiseIDs: [Int: PromiseID] = [:]

  /// The newest contact that still stands, of the client and of each of its own people.
  mutating func settleLastContacts() {
    let replaced = Set(tale.entries.compactMap(\.corrects))
    var newest: (client: NewLastContact?, people: [Int: NewLastContact]) = (nil, [:])
    func isNewer(_ at: Instant, _ id: HistoryID, than known: NewLastContact?) -> Bool {
      guard let known, let old = known.entry else { return true }
      return (at, id) > (known.at, old)
    }
    for (index, entry) in tale.entries.enumerated() where !replaced.contains(index) {
      guard let contact = entry.contact, let id = entryIDs[index] else { continue }
      let last = NewLastContact(id, at: entry.at, channel: contact.channel, direction: contact.direction, by: entry.by)
      if isNewer(entry.at, id, than: newest.client) { newest.client = last }
      if case .own(let person) = entry.person, isNewer(entry.at, id, than: newest.people[person]) { newest.people[person] = last }
    }
    tale.client.lastContact = newest.client
    for (person, last) in newest.people { tale.client.people[person].lastContact = last }
  }
}
