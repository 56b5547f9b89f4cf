import ArgumentParser
import Database
import Domain
import Foundation
import Store

/// The flags of outgoing mail. The two secrets have none: a command line can be read by everyone on the machine.
struct MailOptions: ParsableArguments {
  @Option(help: ArgumentHelp(SettingTable.smtpServer.help, valueName: "host:port")) var smtpServer: String?
  @Option(help: ArgumentHelp(SettingTable.smtpSecurity.help, valueName: "word")) var smtpSecurity: String?
  @Option(help: ArgumentHelp(SettingTable.smtpUser.help, valueName: "name")) var smtpUser: String?
  @Option(help: ArgumentHelp(SettingTable.smtpSender.help, valueName: "name <address>")) var smtpSender: String?
  @Option(help: ArgumentHelp(SettingTable.smtpCA.help, valueName: "file")) var smtpCa: String?
  @Option(help: ArgumentHelp(SettingTable.mailSenders.help, valueName: "number")) var mailSenders: String?

  var flags: [String: String?] {
    [
      "smtp-server": smtpServer, "smtp-security": smtpSecurity, "smtp-user": smtpUser, "smtp-sender": smtpSender, "smtp-ca": smtpCa,
      "mail-senders": mailSenders,
    ]
  }
}

extension Base {
  func mailSetup() async throws -> MailSetup {
    let ca = values.text(SettingTable.smtpCA)
    if !ca.isEmpty, !FileManager.default.isReadableFile(atPath: ca) {
      throw StartFailure("DOSSIER_SMTP_CA (--smtp-ca): the file \(ca) cannot be read")
    }
    return MailSetup(server: try fixedServer(ca), key: try sealKey(), place: try await place(), caFile: ca.isEmpty ? nil : ca)
  }

  private func fixedServer(_ ca: String) throws -> MailServer? {
    let given = values.text(SettingTable.smtpServer)
    guard !given.isEmpty else { return nil }
    let cut = given.lastIndex(of: ":")
    let host = String(cut.map { given[..<$0] } ?? given[...])
    guard let port = cut.map({ Int(given[given.index(after: $0)...]) }) ?? 587, 1...65_535 ~= port, MailServer.isHost(host) else {
      throw StartFailure("DOSSIER_SMTP_SERVER (--smtp-server): “\(given)” is not HOST:PORT")
    }
    let word = values.text(SettingTable.smtpSecurity)
    guard let security = MailSecurity(rawValue: word) else {
      throw StartFailure("DOSSIER_SMTP_SECURITY (--smtp-security): “\(word)” is none of starttls, tls, none")
    }
    let (name, address) = try sender()
    return MailServer(
      host: host, port: port, security: security, username: values.text(SettingTable.smtpUser), secret: values.text(SettingTable.smtpSecret),
      senderName: name, senderAddress: address, caFile: ca.isEmpty ? nil : ca)
  }

  private func sender() throws -> (name: String, address: String) {
    let given = values.text(SettingTable.smtpSender)
    let parts = given.split(separator: "<", maxSplits: 1)
    let raw = given.hasSuffix(">") ? String((parts.last ?? "").dropLast()) : given
    guard let address = EmailAddress(raw) else {
      throw StartFailure("DOSSIER_SMTP_SENDER (--smtp-sender): “\(given)” is neither an address nor NAME <ADDRESS>")
    }
    return (given.hasSuffix(">") && parts.count == 2 ? String((parts.first ?? "").trimmingBlanks) : "", address.text)
  }

  /// From the settings, else from a file beside the base, made at the first start: not in the base, so not in its backups.
  private func sealKey() throws -> SealKey? {
    let given = values.text(SettingTable.sealKey)
    if !given.isEmpty {
      guard let key = SealKey(hex: given) else { throw StartFailure("DOSSIER_SEAL_KEY: not 64 hex digits") }
      return key
    }
    let folder = values.text(SettingTable.data), path = folder + "/seal.key"
    if let text = try? String(contentsOfFile: path, encoding: .utf8) {
      guard let key = SealKey(hex: text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
        throw StartFailure("\(path): not 64 hex digits; take the file away to begin with a new key, and type the mail server's password anew")
      }
      return key
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let bytes = Secret.random(SealKey.length)
    guard FileManager.default.createFile(atPath: path, contents: Data(Secret.hex(bytes).utf8), attributes: [.posixPermissions: 0o600]) else {
      throw StartFailure("\(path) cannot be written")
    }
    return SealKey(bytes)
  }

  /// What changes when a base is copied or moved: of a file its machine, path and inode; of a cluster its own number and the database's.
  /// It is kept hashed, since a copy need not tell where the original lies.
  private func place() async throws -> String {
    let name: String
    switch url.place {
    case .sqlite(let path):
      let full = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      let inode = (try? FileManager.default.attributesOfItem(atPath: full)[.systemFileNumber] as? NSNumber)?.uint64Value ?? 0
      let machine = (try? String(contentsOfFile: "/etc/machine-id", encoding: .utf8)) ?? ""
      name = "\(machine.trimmingCharacters(in: .whitespacesAndNewlines)) \(inode) \(full)"
    case .postgres:
      name = try await database.read { connection in
        try connection.value("""
          SELECT (SELECT system_identifier::text FROM pg_control_system()) || ' ' || oid::text FROM pg_database WHERE datname = current_database()
          """, as: String.self) ?? ""
      }
    }
    return Secret.hex(Secret.hash(of: name).prefix(16))
  }
}

extension HoldReason {
  /// For whoever starts the program.
  var sentence: String {
    switch self {
    case .restored: "this base was restored from a backup, and the original may still be sending"
    case .moved: "this base lies elsewhere than when it last sent, so it may be a copy"
    case .person: "someone stopped it on the settings page"
    }
  }
}
