package import Database
package import Domain
import Foundation

/// What can be taken back. The operation that was done leaves a payload saying how; taking it back is a change of its own,
/// with its own history and audit, done by whoever did the first.
package struct UndoNotice: Sendable {
  package let id: UndoID
  package let kind: String
  package let payload: String
  /// The sentence that says what was done.
  package let summaryKey: String
  package let summarySlots: [String: String]
  package let returnTo: String
}

extension Transaction {
  /// - Parameter lifetime: a day; imports and the bin have longer ones of their own.
  package func leaveUndo(
    _ kind: String, payload: some Encodable, summary key: String, _ slots: [String: String] = [:], returnTo: String,
    lifetime: Int64 = Instant.day
  ) throws -> UndoID {
    try connection.required("""
      INSERT INTO undo (account_id, kind, payload, summary_key, summary_slots, return_to, created_at, expires_at)
      VALUES (\(actor.id), \(kind), \(try JSON.text(payload)), \(key), \(try JSON.text(slots)), \(returnTo), \(now),
              \(now.adding(milliseconds: lifetime)))
      RETURNING id
      """)
  }

  /// Marks it used, once; nil when it is gone, used, expired or someone else's.
  package func takeUndo(_ id: UndoID) throws -> UndoNotice? {
    guard let notice = try undoNotice(id) else { return nil }
    let used = try connection.run("UPDATE undo SET used_at = \(now) WHERE id = \(id) AND used_at IS NULL")
    return used == 1 ? notice : nil
  }
}

extension Session {
  package func undoNotice(_ id: UndoID) throws -> UndoNotice? {
    try connection.first("""
      SELECT id, kind, payload, summary_key, summary_slots, return_to FROM undo
      WHERE id = \(id) AND account_id = \(actor.id) AND used_at IS NULL AND expires_at > \(now)
      """) { row in
      UndoNotice(
        id: try row.next(), kind: try row.next(), payload: try row.next(), summaryKey: try row.next(),
        summarySlots: try JSON.value(try row.next()), returnTo: try row.next())
    }
  }
}

/// Codable values as JSON text with sorted keys, so that equal values are equal text.
package enum JSON {
  package static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
  package static func value<T: Decodable>(_ text: String, as type: T.Type = T.self) throws -> T {
    try JSONDecoder().decode(T.self, from: Data(text.utf8))
  }
}
