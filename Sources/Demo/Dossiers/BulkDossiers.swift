import Database
import Domain
import Store

/// Entries for measuring: spread evenly over all clients, 300 of them at the first.
extension Transaction {
  func fillDossiers(_ count: Int, busiest: ClientID?) throws {
    let clients = try connection.values("SELECT id FROM party WHERE is_client ORDER BY id", as: ClientID.self)
    guard let busy = busiest ?? clients.first else { return }
    var left = count
    func rows(of client: ClientID, _ number: Int) -> [[SQLValue]] {
      (0..<number).map { index in row(client, Int(client.rawValue) &* 31 &+ index) }
    }
    let many = min(300, left)
    try write(rows(of: busy, many))
    left -= many
    var waiting: [[SQLValue]] = []
    let others = clients.filter { $0 != busy }
    for (place, client) in others.enumerated() where left > 0 {
      let share = left / max(1, others.count - place)
      waiting += rows(of: client, share)
      left -= share
      if waiting.count >= 20_000 {
        try write(waiting)
        waiting.removeAll(keepingCapacity: true)
      }
    }
    try write(waiting)
    try rebuildDossierTotals()
  }

  private func row(_ client: ClientID, _ number: Int) -> [SQLValue] {
    let one = DossierCase.all[number % DossierCase.all.count]
    let language = Language.allCases[number % Language.allCases.count]
    let words = one.words[language] ?? DossierCase.Words(what: "work", why: "", workings: "", proof: "")
    let minor = one.unit.map { $0 * one.count * 100 + Int64(number % 997) }
    let day = CalendarDate(daysSince1970: 17_900 + number &* 7 % 2400)
    return [
      client.sqlValue, one.section.rawValue.sqlValue, day.sqlValue, words.what.sqlValue, words.why.sqlValue, words.asked.sqlValue,
      words.did.sqlValue, words.took.sqlValue, minor.sqlValue, minor.map { _ in "EUR" }.sqlValue, minor.map { _ in one.basis.rawValue }.sqlValue,
      one.workings(in: language, .eur).sqlValue, minor.sqlValue, words.proof.sqlValue, one.isForClient.sqlValue, words.note.sqlValue, Agency.owner.id.sqlValue,
      now.sqlValue,
    ]
  }

  private func write(_ rows: [[SQLValue]]) throws {
    guard !rows.isEmpty else { return }
    try connection.insert(
      into: "dossier_entry",
      [
        "client_id", "section", "date", "what", "why", "asked", "did", "took", "amount_minor", "currency", "basis", "workings",
        "value_minor", "proof", "for_client", "note", "author_id", "recorded_at",
      ], rows: rows)
  }
}
