import Database
import Domain
import Store

/// The mailboxes of the demo company: the one that everybody copies mail to, and a colleague's own. They wait, for there is no server.
extension Transaction {
  func setUpMailboxes() throws {
    let month = today.adding(days: -30)
    for one in DemoMailbox.all {
      guard let keeper = Agency.colleagues.first(where: { $0.email.hasPrefix(one.keeper + "@") }) else { continue }
      let address = "\(one.name)@\(DemoMailbox.domain)"
      let id: MailboxID = try connection.required("""
        INSERT INTO mailbox (address, address_key, account_id, takes, host, port, security, username, since, look_at, paused_at, created_at,
          created_by)
        VALUES (\(address), \(address), \(keeper.id), \(one.takes), \("imap.\(DemoMailbox.domain)"), 993, \(MailSecurity.tls), \(address),
          \(month), \(now), \(now), \(now), \(actor.id)) RETURNING id
        """)
      try connection.insert(into: "mailbox_folder", ["mailbox_id", "name", "position"], rows: one.folders.enumerated().map { position, folder in
        [id.sqlValue, folder.sqlValue, position.sqlValue]
      })
    }
  }
}

private struct DemoMailbox {
  static let domain = "gluharche.example"
  let name: String
  let keeper: String
  let takes: MailboxTakes
  let folders: [String]

  static let all = [
    DemoMailbox(name: "clients", keeper: "maria", takes: .all, folders: ["INBOX"]),
    DemoMailbox(name: "hannah", keeper: "hannah", takes: .known, folders: ["INBOX", "Sent"]),
  ]
}
