import Database
import Domain

extension Connection {
  /// The words go; that a promise was made stays.
  func erasePromises(of parties: [PartyID]) throws {
    try run("DELETE FROM promise_evidence WHERE promise_id IN (SELECT id FROM promise WHERE client_id IN \(list: parties))")
    try run("""
      UPDATE promise SET what = '–', note = '', person_id = NULL, remind_at = NULL, version = version + 1,
        settled_at = CASE WHEN state = 'open' THEN due_at ELSE settled_at END, state = CASE WHEN state = 'open' THEN 'cancelled' ELSE state END
      WHERE client_id IN \(list: parties)
      """)
    try run("UPDATE promise SET person_id = NULL, version = version + 1 WHERE person_id IN \(list: parties)")
  }
}
