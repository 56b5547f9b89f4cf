import ArgumentParser
import Foundation

/// One table of options. A value comes from the flag, else from the environment, else from the file given by `--config`
/// (lines of `NAME=value` with the same names as in the environment), else the default stands. A wrong value stops the start
/// with a sentence.
struct Setting: Sendable {
  let name: String
  let environment: String
  let fallback: String
  let isSecret: Bool
  let help: String
}

enum SettingTable {
  static let data = Setting(name: "data", environment: "DOSSIER_DATA", fallback: "data", isSecret: false, help: "Folder for the database file and backups")
  static let database = Setting(
    name: "database", environment: "DOSSIER_DATABASE_URL", fallback: "", isSecret: true,
    help: "sqlite:PATH or postgres://… with one or several hosts; without it a file in the data folder")
  static let host = Setting(name: "host", environment: "DOSSIER_HOST", fallback: "127.0.0.1", isSecret: false, help: "Address to listen on")
  static let port = Setting(name: "port", environment: "DOSSIER_PORT", fallback: "8080", isSecret: false, help: "Port to listen on")
  static let baseURL = Setting(
    name: "base-url", environment: "DOSSIER_BASE_URL", fallback: "", isSecret: false,
    help: "As people reach it, https://… behind a proxy; without it http://HOST:PORT")
  static let connections = Setting(
    name: "connections", environment: "DOSSIER_CONNECTIONS", fallback: "8", isSecret: false,
    help: "Database connections (PostgreSQL) or concurrent readers (SQLite)")
  static let uploadLimit = Setting(
    name: "upload-limit", environment: "DOSSIER_UPLOAD_LIMIT", fallback: "25", isSecret: false, help: "Largest file in an upload, MB")
  static let loginLimit = Setting(
    name: "login-limit", environment: "DOSSIER_LOGIN_LIMIT", fallback: "10", isSecret: false,
    help: "Failed log-ins per account and address within 15 minutes")
  static let pdfPython = Setting(
    name: "pdf-python", environment: "DOSSIER_PDF_PYTHON", fallback: "/usr/bin/python3", isSecret: false,
    help: "A Python that has WeasyPrint, which makes PDF")
  static let trustProxy = Setting(
    name: "trust-proxy", environment: "DOSSIER_TRUST_PROXY", fallback: "no", isSecret: false,
    help: "yes: read the visitor's address from X-Forwarded-For of a proxy on this machine")
  static let workers = Setting(name: "workers", environment: "DOSSIER_WORKERS", fallback: "2", isSecret: false, help: "Jobs run at the same time")
  static let smtpServer = Setting(
    name: "smtp-server", environment: "DOSSIER_SMTP_SERVER", fallback: "", isSecret: false,
    help: "Mail server, HOST:PORT; without it the one on the settings page")
  static let smtpSecurity = Setting(
    name: "smtp-security", environment: "DOSSIER_SMTP_SECURITY", fallback: "starttls", isSecret: false, help: "starttls, tls or none")
  static let smtpUser = Setting(
    name: "smtp-user", environment: "DOSSIER_SMTP_USER", fallback: "", isSecret: false, help: "Name to log in to the mail server with")
  static let smtpSecret = Setting(
    name: "smtp-secret", environment: "DOSSIER_SMTP_SECRET", fallback: "", isSecret: true, help: "Password for it")
  static let smtpSender = Setting(
    name: "smtp-sender", environment: "DOSSIER_SMTP_SENDER", fallback: "", isSecret: false, help: "Who mail is from, NAME <ADDRESS>")
  static let smtpCA = Setting(
    name: "smtp-ca", environment: "DOSSIER_SMTP_CA", fallback: "", isSecret: false,
    help: "File of certificates to trust in place of the system's")
  static let mailSenders = Setting(
    name: "mail-senders", environment: "DOSSIER_MAIL_SENDERS", fallback: "1", isSecret: false,
    help: "Mails this server hands over at the same time; 0: it sends none and reads no mailbox")
  static let sealKey = Setting(
    name: "seal-key", environment: "DOSSIER_SEAL_KEY", fallback: "", isSecret: true,
    help: "64 hex digits that seal kept secrets, the same for all servers of a base; without it a file in the data folder")
  static let logLevel = Setting(
    name: "log-level", environment: "DOSSIER_LOG_LEVEL", fallback: "notice", isSecret: false, help: "debug, info, notice, warning or error")
  static let demo = Setting(
    name: "demo-login", environment: "DOSSIER_DEMO_LOGIN", fallback: "", isSecret: true,
    help: "Password for the accounts of a demo company; without it one is made and printed")

  static let all = [
    data, database, host, port, baseURL, connections, uploadLimit, loginLimit, trustProxy, pdfPython, workers, logLevel, demo,
    smtpServer, smtpSecurity, smtpUser, smtpSecret, smtpSender, smtpCA, mailSenders, sealKey,
  ]
}

/// The flags every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp(SettingTable.data.help, valueName: "folder")) var data: String?
  @Option(help: ArgumentHelp(SettingTable.database.help, valueName: "url")) var database: String?
  @Option(help: ArgumentHelp("File with NAME=value lines", valueName: "file")) var config: String?
  @Option(help: ArgumentHelp(SettingTable.logLevel.help, valueName: "level")) var logLevel: String?

  func values(_ flags: [String: String?] = [:]) throws -> SettingValues {
    var given = ["data": data, "database": database, "log-level": logLevel].compactMapValues { $0 }
    for (name, value) in flags { if let value { given[name] = value } }
    return try SettingValues(flags: given, file: config)
  }
}

struct SettingValues {
  private let flags: [String: String]
  private let file: [String: String]
  private let environment = ProcessInfo.processInfo.environment

  init(flags: [String: String], file path: String?) throws {
    self.flags = flags
    guard let path else { file = [:]; return }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw StartFailure("--config \(path): the file cannot be read") }
    file = try Self.parse(text, path)
    let known = Set(SettingTable.all.map(\.environment))
    if let unknown = file.keys.filter({ !known.contains($0) }).sorted().first {
      throw StartFailure("\(path): unknown setting \(unknown)")
    }
  }

  private static func parse(_ text: String, _ path: String) throws -> [String: String] {
    var out: [String: String] = [:]
    for (number, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = raw.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { throw StartFailure("\(path), line \(number + 1): expected NAME=value") }
      out[pair[0].trimmingCharacters(in: .whitespaces)] = pair[1].trimmingCharacters(in: .whitespaces)
    }
    return out
  }

  func text(_ setting: Setting) -> String {
    flags[setting.name] ?? environment[setting.environment] ?? file[setting.environment] ?? setting.fallback
  }

  func integer(_ setting: Setting, in range: ClosedRange<Int>) throws -> Int {
    let raw = text(setting)
    guard let value = Int(raw), range.contains(value) else {
      throw StartFailure("\(setting.environment) (--\(setting.name)): “\(raw)” is not a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  func isYes(_ setting: Setting) throws -> Bool {
    switch text(setting).lowercased() {
    case "yes", "true", "1": return true
    case "no", "false", "0": return false
    case let raw: throw StartFailure("\(setting.environment) (--\(setting.name)): “\(raw)” is neither yes nor no")
    }
  }
}

/// Why a command cannot go on, as one sentence for whoever started it.
struct StartFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
