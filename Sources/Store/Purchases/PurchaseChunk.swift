import Database
package import Domain

/// A piece of a list of purchases: the dry run says what it would do, the run does it.
extension Transaction {
  package func beginPurchaseCheck(_ id: PurchaseImportID, _ job: LeasedJob) throws {
    try hold(job)
    try connection.run("DELETE FROM purchase_import_row WHERE import_id = \(id)")
    try connection.run("UPDATE purchase_import SET added = 0, changed = 0, same = 0, wrong = 0 WHERE id = \(id)")
  }

  /// - Parameter isTry: nothing is written but counts and wrong rows.
  package func purchaseChunk(
    _ id: PurchaseImportID, _ chunk: [ReadPurchase], through: Int, isTry: Bool, job: LeasedJob
  ) throws {
    try hold(job)
    let clients = try PurchaseClients(self, chunk.map(\.client))
    let numbers = try purchases(numbered: chunk.compactMap { $0.draft?.number })
    var counts = ImportCounts(), rows: [[SQLValue]] = []
    for read in chunk {
      let outcome = try take(read, id, clients, numbers, isTry: isTry)
      switch outcome {
      case .done(.created, _): counts.added += 1
      case .done(.same, _): counts.same += 1
      case .done(.changed, let before):
        counts.changed += 1
        if let before, !isTry {
          let kept = PurchaseBefore(draft: before.draft, versionAfter: before.version + 1)
          rows.append(row(id, read, "changed", purchase: before.id, before: try JSON.text(kept)))
        }
      case .wrong(let problems):
        counts.wrong += 1
        rows.append(row(id, read, "wrong", problems: try JSON.text(problems), cells: try JSON.text(read.cells)))
      }
    }
    try connection.insert(
      into: "purchase_import_row", ["import_id", "row", "outcome", "purchase_id", "before", "problems", "cells"], rows: rows)
    try connection.run("""
      UPDATE purchase_import SET added = added + \(counts.added), changed = changed + \(counts.changed), same = same + \(counts.same),
        wrong = wrong + \(counts.wrong), next_row = \(isTry ? 0 : through) WHERE id = \(id)
      """)
  }

  private enum Taken {
    case done(PurchaseOutcome, before: Purchase?)
    case wrong([RowProblem])
  }

  private func take(
    _ read: ReadPurchase, _ id: PurchaseImportID, _ clients: PurchaseClients, _ numbers: [String: Purchase], isTry: Bool
  ) throws -> Taken {
    guard let draft = read.draft else { return .wrong(read.problems) }
    switch clients.match(read.client) {
    case .none: return .wrong([RowProblem(column: nil, "purchases.problem.unknown_client")])
    case .several: return .wrong([RowProblem(column: nil, "purchases.problem.several_clients")])
    case .one(let client):
      if let number = draft.number, let old = numbers[number] {
        guard old.clientID == client else { return .wrong([RowProblem(column: nil, "purchases.problem.other_client", value: number)]) }
        if old.draft == draft { return .done(.same, before: nil) }
        if isTry { return .done(.changed, before: nil) }
      } else if draft.number == nil, try isKnown(draft, client, id, rank: read.rank) {
        return .done(.same, before: nil)
      }
      if isTry { return .done(.created, before: nil) }
      do {
        let kept = try attempt { try keepPurchase(draft, of: client, source: .imported, importID: id.rawValue) }
        return .done(kept.outcome, before: kept.before)
      } catch is Refusal { return .wrong([RowProblem(column: nil, "purchases.problem.other_client", value: draft.number ?? "")]) }
        catch let invalid as InvalidForm {
          return .wrong(invalid.messages.map { RowProblem(column: nil, $0.key, value: $0.slots["value"] ?? "") })
        }
        catch DatabaseError.unique { return .wrong([RowProblem(column: nil, "purchases.problem.other_client", value: draft.number ?? "")]) }
    }
  }

  /// Of purchases without a number as many are known as came in before this import.
  private func isKnown(_ draft: PurchaseDraft, _ client: ClientID, _ id: PurchaseImportID, rank: Int) throws -> Bool {
    let count: Int = try connection.value("""
      SELECT count(*) FROM purchase WHERE client_id = \(client) AND bought_on = \(draft.boughtOn) AND amount_minor = \(draft.amount.minor)
        AND currency = \(draft.amount.currency) AND number IS NULL AND (import_id IS NULL OR import_id <> \(id))
      """) ?? 0
    return count > rank
  }

  private func row(
    _ id: PurchaseImportID, _ read: ReadPurchase, _ outcome: String, purchase: PurchaseID? = nil, before: String? = nil,
    problems: String? = nil, cells: String? = nil
  ) -> [SQLValue] {
    [
      id.sqlValue, read.row.sqlValue, outcome.sqlValue, purchase.sqlValue, before.sqlValue, problems.sqlValue, cells.sqlValue,
    ]
  }

  package func endPurchases(_ id: PurchaseImportID, as state: ImportState, _ job: LeasedJob) throws {
    try hold(job)
    try connection.run("""
      UPDATE purchase_import SET state = \(state), total = added + changed + same + wrong, ended_at = \(now), version = version + 1
      WHERE id = \(id) AND job_id = \(job.id)
      """)
  }

  /// The first piece of a run starts from nothing: counts and wrong rows were the dry run's.
  package func beginPurchaseRun(_ id: PurchaseImportID, _ job: LeasedJob) throws -> PurchaseImport {
    try hold(job)
    let found = try purchaseImport(id)
    if found.nextRow == 0 { try beginPurchaseCheck(id, job) }
    return found
  }

  /// Takes back a piece of what the import brought: purchases it made go, those it changed are as before. What was changed since
  /// stays. Its entries make way for one that says so.
  /// - Returns: how many it looked at; 0 when nothing is left.
  package func undoPurchaseChunk(_ id: PurchaseImportID, limit: Int, _ job: LeasedJob) throws -> Int {
    try hold(job)
    let made = try connection.rows("""
      SELECT id, client_id, history_id FROM purchase WHERE import_id = \(id) AND version = 1 ORDER BY client_id, id LIMIT \(limit)
      """) { (id: try $0.next(PurchaseID.self), client: try $0.next(ClientID.self), entry: try $0.next(HistoryID?.self)) }
    for (client, own) in Dictionary(grouping: made, by: \.client).sorted(by: { $0.key < $1.key }) {
      let entry = try record(.deal(.purchasesWithdrawn(PurchasesNote(count: own.count))), client: client)
      for one in own { if let old = one.entry { try supersede(old, by: entry, of: client) } }
    }
    if !made.isEmpty {
      try connection.run("DELETE FROM purchase_line WHERE purchase_id IN \(list: made.map(\.id))")
      try connection.run("DELETE FROM purchase WHERE id IN \(list: made.map(\.id))")
      return made.count
    }
    let changed = try connection.rows("""
      SELECT row, purchase_id, before FROM purchase_import_row WHERE import_id = \(id) AND outcome = 'changed' ORDER BY row DESC LIMIT \(limit)
      """) { (row: try $0.next(Int.self), purchase: try $0.next(PurchaseID.self), before: try $0.next(String.self)) }
    for one in changed {
      let before: PurchaseBefore = try JSON.value(one.before)
      if let now = try? purchase(one.purchase), now.version == before.versionAfter { try changePurchase(now, to: before.draft) }
      try connection.run("DELETE FROM purchase_import_row WHERE import_id = \(id) AND row = \(one.row)")
    }
    return changed.count
  }
}

private struct PurchaseBefore: Codable {
  let draft: PurchaseDraft
  let versionAfter: Int
}

/// Which clients the rows of a piece are about: a read for each kind of key.
struct PurchaseClients {
  enum Match { case none, several, one(ClientID) }
  private var numbers: [String: Set<ClientID>] = [:]
  private var emails: [String: Set<ClientID>] = [:]
  private var phones: [String: Set<ClientID>] = [:]
  private var names: [String: Set<ClientID>] = [:]

  init(_ session: some Session, _ wanted: [PurchaseClient]) throws {
    let scope: SQL = "p.is_client AND p.deleted_at IS NULL AND \(session.visible())"
    func read(_ values: [String], _ query: (SQL) -> SQL) throws -> [String: Set<ClientID>] {
      let values = Set(values).sorted()
      guard !values.isEmpty else { return [:] }
      var out: [String: Set<ClientID>] = [:]
      try session.connection.each(query("\(list: values)")) { row in
        out[try row.next(String.self), default: []].insert(try row.next(ClientID.self))
      }
      return out
    }
    func points(_ kind: String) -> (SQL) -> SQL {
      { "SELECT c.value_key, p.id FROM contact_point c JOIN party p ON p.id = c.party_id WHERE c.kind = \(kind) AND c.value_key IN \($0) AND \(scope)" }
    }
    numbers = try read(wanted.compactMap(\.number)) { "SELECT p.own_number, p.id FROM party p WHERE p.own_number IN \($0) AND \(scope)" }
    emails = try read(wanted.compactMap(\.email), points("email"))
    phones = try read(wanted.compactMap(\.phone), points("phone"))
    names = try read(wanted.compactMap(\.name)) {
      "SELECT p.name_sort, p.id FROM party p WHERE p.name_sort IN \($0) AND p.archived_at IS NULL AND \(scope)"
    }
  }

  /// The surest key that anyone has decides.
  func match(_ client: PurchaseClient) -> Match {
    let tries = [
      client.number.flatMap { numbers[$0] }, client.email.flatMap { emails[$0] }, client.phone.flatMap { phones[$0] },
      client.name.flatMap { names[$0] },
    ]
    guard let found = tries.compactMap(\.self).first, let only = found.first else { return .none }
    return found.count == 1 ? .one(only) : .several
  }
}
