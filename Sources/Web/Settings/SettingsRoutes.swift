import Domain
import HTTPTypes

extension Routes {
  /// The own account, and what managers set for everyone.
  enum Settings {
    static let profile = Route<Void>(.get, "/settings", .signedIn)
    static let changeProfile = Route<Void>(.post, "/settings", .signedIn)
    static let changePassword = Route<Void>(.post, "/settings/password", .signedIn)
    static let endSession = Route<String>(.post, "/settings/sessions/:id/end", .signedIn)
    static let endOtherSessions = Route<Void>(.post, "/settings/sessions/end", .signedIn)
    static let users = Route<Void>(.get, "/settings/users", .may(.manageAccounts))
    static let newUser = Route<Void>(.get, "/settings/users/new", .may(.manageAccounts))
    static let inviteUser = Route<Void>(.post, "/settings/users", .may(.manageAccounts))
    static let user = Route<AccountID>(.get, "/settings/users/:id", .may(.manageAccounts))
    static let changeUser = Route<AccountID>(.post, "/settings/users/:id", .may(.manageAccounts))
    static let userLink = Route<AccountID>(.post, "/settings/users/:id/link", .may(.manageAccounts))
    static let closeUser = Route<AccountID>(.post, "/settings/users/:id/closing", .may(.manageAccounts))
    static let reopenUser = Route<AccountID>(.post, "/settings/users/:id/reopening", .may(.manageAccounts))
    static let teams = Route<Void>(.get, "/settings/teams", .may(.manageAccounts))
    static let createTeam = Route<Void>(.post, "/settings/teams", .may(.manageAccounts))
    static let renameTeam = Route<TeamID>(.post, "/settings/teams/:id", .may(.manageAccounts))
    static let removeTeam = Route<TeamID>(.post, "/settings/teams/:id/removal", .may(.manageAccounts))
    static let tokens = Route<Void>(.get, "/settings/tokens", .may(.useTokens))
    static let createToken = Route<Void>(.post, "/settings/tokens", .may(.useTokens))
    static let revokeToken = Route<TokenID>(.post, "/settings/tokens/:id/revocation", .may(.useTokens))
    static let installation = Route<Void>(.get, "/settings/installation", .may(.manageInstallation))
    static let changeInstallation = Route<Void>(.post, "/settings/installation", .may(.manageInstallation))
  }
}
