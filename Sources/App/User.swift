import ArgumentParser
import Domain
import Store
import Web

/// Accounts from the command line: on SQLite while the server is stopped (it owns the file), on PostgreSQL at any time.
struct User: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List accounts, and make one-time links for people who cannot log in.", subcommands: [List.self, Link.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List accounts with their roles.")
    @OptionGroup var options: CommonOptions

    func run() async throws {
      try await Base.with(options.values()) { base in
        for account in try await base.store.accountsAtConsole() {
          print([account.email, account.role.rawValue, account.name, account.isClosed ? "closed" : "open"].joined(separator: "\t"))
        }
      }
    }
  }

  struct Link: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make a one-time link to set a new password; it is good for an hour.")
    @OptionGroup var options: CommonOptions
    @Argument(help: "The account's e-mail.") var email: String

    func run() async throws {
      let token = Secret.text(Secret.random(32))
      let values = try options.values()
      try await Base.with(values) { base in
        guard let key = EmailAddress(email)?.key,
          let account = try await base.store.accountsAtConsole().first(where: { EmailAddress($0.email)?.key == key && !$0.isClosed })
        else { throw StartFailure("No open account has the e-mail “\(email)”; see `dossier user list`.") }
        let purpose = try await base.store.linkAtConsole(for: account.id, tokenHash: Secret.hash(of: token), at: Base.clock())
        let site = try base.site(port: try values.integer(SettingTable.port, in: 1...65_535))
        print("For \(account.name), once:\n  \(site.accessLink(purpose, token: token))")
      }
    }
  }
}
