package import Domain
import Database

/// A file as it came in, ready to be kept.
package struct FileDraft: Sendable {
  package let name: String
  package let mediaType: String
  package let bytes: [UInt8]
  package init(name: String, mediaType: String, bytes: [UInt8]) {
    self.name = name
    self.mediaType = mediaType
    self.bytes = bytes
  }
}

extension Transaction {
  /// Keeps files with an entry of the actor's own making. Equal contents are stored once, by their SHA-256.
  package func attach(_ files: [FileDraft], to entry: HistoryID) throws {
    guard !files.isEmpty else { return }
    try require(.logContacts)
    let history = try self.entry(entry)
    guard actor.mayCorrect(entryBy: history.authorID), !history.kind.isAutomatic else {
      throw Refusal.forbidden(.logContacts)
    }
    for file in files {
      let hash = try store(file.bytes)
      let id: AttachmentID = try connection.required("""
        INSERT INTO attachment (history_id, client_id, hash, name, media_type, size, created_at)
        VALUES (\(entry), \(history.clientID), \(hash), \(file.name), \(file.mediaType), \(file.bytes.count), \(now))
        RETURNING id
        """)
      audit(.created, .attachment, id.rawValue)
    }
  }

  /// - Returns: the content's SHA-256 in hex, by which it is kept.
  package func store(_ bytes: [UInt8]) throws -> String {
    let hash = Secret.hex(Secret.sha256(bytes))
    // Asked first, so that a large content known already is not sent to the database again.
    guard try !connection.exists("SELECT 1 FROM stored_file WHERE hash = \(hash)") else { return hash }
    try connection.run("""
      INSERT INTO stored_file (hash, size, content, created_at) VALUES (\(hash), \(bytes.count), \(bytes), \(now))
      ON CONFLICT (hash) DO NOTHING
      """)
    return hash
  }
}

package struct StoredAttachment: Sendable {
  package let attachment: Attachment
  package let hash: String
  package let bytes: [UInt8]
}

extension Session {
  /// The file with its content, if its client is visible to this actor.
  package func attachment(_ id: AttachmentID) throws -> StoredAttachment {
    guard let found = try connection.first("""
      SELECT a.id, a.name, a.media_type, a.size, a.hash, f.content
      FROM attachment a JOIN stored_file f ON f.hash = a.hash JOIN party p ON p.id = a.client_id
      WHERE a.id = \(id) AND \(visible())
      """, { row in
        StoredAttachment(
          attachment: Attachment(id: try row.next(), name: try row.next(), mediaType: try row.next(), size: try row.next()),
          hash: try row.next(), bytes: try row.next())
      }) else { throw Refusal.notFound }
    return found
  }
}
