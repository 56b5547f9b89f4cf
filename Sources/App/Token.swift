import ArgumentParser
import Domain
import Store

/// API tokens from the command line: on SQLite while the server is stopped (it owns the file), on PostgreSQL at any time.
struct Token: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make, list and revoke tokens of the API.", subcommands: [Add.self, List.self, Revoke.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make a token for an account; it is printed once.")
    @OptionGroup var options: CommonOptions
    @Option(help: ArgumentHelp("The account it acts for", valueName: "email")) var account: String
    @Option(help: "What it is for") var name: String
    @Option(help: ArgumentHelp("What it may do, of what the account may: \(TokenScope.allCases.map(\.rawValue).joined(separator: ","))", valueName: "list"))
    var scopes: String

    func run() async throws {
      let wanted = try Token.scopes(scopes)
      guard (1...100).contains(name.unicodeScalars.count) else { throw StartFailure("--name: 1 to 100 characters.") }
      // The prefix lets scanners of leaked secrets find it.
      let token = "dsr_" + Secret.text(Secret.random(32))
      try await Base.with(options.values()) { base in
        let actor = try await Token.actor(account, base)
        _ = try await base.store.write(as: actor, at: Base.clock()) {
          try $0.createToken(name, scopes: wanted, tokenHash: Secret.hash(of: token))
        }
      }
      print(token)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List tokens, newest first; their secrets are not kept.")
    @OptionGroup var options: CommonOptions

    func run() async throws {
      try await Base.with(options.values()) { base in
        for token in try await base.store.tokens.all() {
          let state = token.revokedAt.map { "revoked \($0.iso)" } ?? token.usedAt.map { "used \($0.iso)" } ?? "unused"
          print([token.id.description, token.accountName, token.name, token.scopes.text, state].joined(separator: "\t"))
        }
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Revoke a token, by its number in the list.")
    @OptionGroup var options: CommonOptions
    @Argument var id: String

    func run() async throws {
      guard let id = TokenID(id) else { throw StartFailure("“\(id)” is no number of a token; see `dossier token list`.") }
      try await Base.with(options.values()) { base in
        guard let actor = try await base.store.tokens.holder(of: id) else { throw StartFailure("There is no token \(id).") }
        do { try await base.store.write(as: actor, at: Base.clock()) { try $0.revokeToken(id) } } catch Refusal.notFound {
          throw StartFailure("The token \(id) is revoked already.")
        }
      }
      print("Token \(id) is revoked.")
    }
  }

  private static func scopes(_ text: String) throws -> Set<TokenScope> {
    let names = text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    let known = Set(names.compactMap(TokenScope.init(rawValue:)))
    if let unknown = names.first(where: { TokenScope(rawValue: $0) == nil }) {
      throw StartFailure("--scopes: “\(unknown)” is none of \(TokenScope.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard !known.isEmpty else { throw StartFailure("--scopes: at least one.") }
    return known
  }

  private static func actor(_ email: String, _ base: Base) async throws -> Actor {
    guard let address = EmailAddress(email) else { throw StartFailure("--account: “\(email)” is no e-mail address.") }
    guard let actor = try await base.store.tokens.holder(withEmail: address) else {
      throw StartFailure("Nobody who may use tokens has the account \(address).")
    }
    return actor
  }
}
