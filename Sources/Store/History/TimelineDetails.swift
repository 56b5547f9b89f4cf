import Database
import Domain

// What entries need besides their own row, each in one query for all of them.
extension Session {
  func complete(_ timeline: inout Timeline) throws {
    let ids = (timeline.pinned + timeline.entries).map(\.id)
    guard !ids.isEmpty else { return }
    let files = try files(of: ids)
    let promised = try promises(in: (timeline.pinned + timeline.entries).filter { !$0.kind.isAutomatic }.map(\.id))
    let earlier = try versions(before: (timeline.pinned + timeline.entries).filter { $0.correctsID != nil }.map(\.id))
    let fill = { (entry: inout TimelineEntry) in
      if let own = files[entry.id] { entry.files = own }
      if let own = promised[entry.id] { entry.promises = own }
      if let before = earlier[entry.id] { entry.before = before }
    }
    for index in timeline.pinned.indices { fill(&timeline.pinned[index]) }
    for index in timeline.entries.indices { fill(&timeline.entries[index]) }
    try name(timeline.pinned + timeline.entries, in: &timeline)
  }

  private func files(of ids: [HistoryID]) throws -> [HistoryID: [Attachment]] {
    var out: [HistoryID: [Attachment]] = [:]
    try connection.each("""
      SELECT history_id, id, name, media_type, size FROM attachment WHERE history_id IN \(list: ids) ORDER BY id
      """) { row in
      let entry = try row.next(HistoryID.self)
      out[entry, default: []].append(
        Attachment(id: try row.next(), name: try row.next(), mediaType: try row.next(), size: try row.next()))
    }
    return out
  }

  /// The entries that others took the place of, by the one that stands, newest first.
  func versions(before ids: [HistoryID]) throws -> [HistoryID: [TimelineEntry]] {
    guard !ids.isEmpty else { return [:] }
    var out: [HistoryID: [TimelineEntry]] = [:]
    try connection.each("""
      WITH RECURSIVE chain(root, id) AS (
        SELECT h.id, h.corrects_id FROM history h WHERE h.id IN \(list: ids)
        UNION ALL
        SELECT chain.root, h.corrects_id FROM chain JOIN history h ON h.id = chain.id WHERE h.corrects_id IS NOT NULL)
      SELECT chain.root, \(TimelineEntry.columns)
      FROM chain JOIN history h ON h.id = chain.id LEFT JOIN history_mark m ON m.history_id = h.id
      ORDER BY h.id DESC
      """) { row in
      let root = try row.next(HistoryID.self)
      out[root, default: []].append(try TimelineEntry(row: &row))
    }
    return out
  }

  func name(_ entries: [TimelineEntry], in timeline: inout Timeline) throws {
    var people: Set<PartyID> = []
    var accounts: Set<AccountID> = []
    for entry in entries + entries.flatMap(\.before) {
      if let person = entry.personID { people.insert(person) }
      if let author = entry.authorID { accounts.insert(author) }
      if let event = entry.event {
        people.formUnion(event.parties)
        accounts.formUnion(event.accounts)
      }
    }
    if !people.isEmpty {
      try connection.each("SELECT id, name FROM party WHERE id IN \(list: people.sorted())") { row in
        timeline.people[try row.next()] = try row.next(String.self)
      }
    }
    if !accounts.isEmpty {
      try connection.each("SELECT id, name FROM account WHERE id IN \(list: accounts.sorted())") { row in
        timeline.accounts[try row.next()] = try row.next(String.self)
      }
    }
  }

}
