import Database
package import Domain

extension Store {
  /// What is kept of mail beside the history goes when filing it can no longer be undone.
  package func forgetMail(at now: Instant) async throws {
    let due = try await database.read { try $0.exists("SELECT 1 FROM captured_mail WHERE forget_at < \(now)") }
    guard due else { return }
    try await database.write { connection in
      let mails = try connection.values("SELECT id FROM captured_mail WHERE forget_at < \(now) ORDER BY forget_at LIMIT 1000", as: CapturedMailID.self)
      try connection.emptyMail(mails)
    }
  }
}

extension Connection {
  /// That it was taken stays, so that it is not taken again.
  func emptyMail(_ mails: [CapturedMailID]) throws {
    guard !mails.isEmpty else { return }
    let hashes = try values("SELECT DISTINCT hash FROM captured_file WHERE mail_id IN \(list: mails)", as: String.self)
    try run("DELETE FROM captured_file WHERE mail_id IN \(list: mails)")
    try run("UPDATE captured_mail SET subject = '', body = '', outsiders = '[]', forget_at = NULL WHERE id IN \(list: mails)")
    try dropUnusedFiles(hashes)
  }

  /// Contents that nothing points at any more.
  func dropUnusedFiles(_ hashes: [String]) throws {
    guard !hashes.isEmpty else { return }
    try run("""
      DELETE FROM stored_file WHERE hash IN \(list: hashes)
        AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.hash = stored_file.hash)
        AND NOT EXISTS (SELECT 1 FROM import WHERE import.file_hash = stored_file.hash)
        AND NOT EXISTS (SELECT 1 FROM deal_document WHERE deal_document.hash = stored_file.hash)
        AND NOT EXISTS (SELECT 1 FROM purchase_import WHERE purchase_import.file_hash = stored_file.hash)
        AND NOT EXISTS (SELECT 1 FROM captured_file WHERE captured_file.hash = stored_file.hash)
      """)
  }
}
