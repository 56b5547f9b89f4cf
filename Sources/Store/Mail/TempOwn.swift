import Database
import Domain
extension Connection {
  func ownAddresses(among keys: [String]) throws -> Set<String> {
    let ours = try values("""
      SELECT email_key FROM account WHERE email_key IN \(list: keys)
      UNION ALL SELECT address_key FROM mailbox WHERE address_key IN \(list: keys)
      UNION ALL SELECT sender_address FROM mail_server
      """, as: String.self)
    return Set(keys).intersection(ours.compactMap { EmailAddress($0)?.key })
  }
}
