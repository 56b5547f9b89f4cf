import Domain
import HTTPTypes
package import Store

extension Routes {
  /// The door: coming in, going out, and what a one-time link opens.
  enum Accounts {
    static let logIn = Route<Void>(.get, "/login", .everyone)
    static let sendLogIn = Route<Void>(.post, "/login", .everyone)
    static let logOut = Route<Void>(.post, "/logout", .signedIn)
    static let welcome = Route<Void>(.get, "/welcome", .everyone)
    static let begin = Route<Void>(.post, "/welcome", .everyone)
    static let invitation = Route<Void>(.get, "/invitation", .everyone)
    static let acceptInvitation = Route<Void>(.post, "/invitation", .everyone)
    static let newPassword = Route<Void>(.get, "/new-password", .everyone)
    static let setPassword = Route<Void>(.post, "/new-password", .everyone)
  }
}

extension Site {
  /// Where the first owner's account is made; the token is in this link alone.
  package func welcomeLink(token: String) -> String { link(Routes.Accounts.welcome(), token) }

  /// Where a one-time link for an existing account leads.
  package func accessLink(_ purpose: LinkPurpose, token: String) -> String {
    link(purpose == .password ? Routes.Accounts.newPassword() : Routes.Accounts.invitation(), token)
  }

  func link(_ path: String, _ token: String) -> String { settings.baseURL + path + URLText.query([("token", token)]) }

  /// A new secret for a cookie, a link or an API token.
  func newToken() -> String { Secret.text(random(32)) }
}
