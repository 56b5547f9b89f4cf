import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The door.
enum Accounts {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Accounts.logIn, LogIn.page)
    book.on(Routes.Accounts.sendLogIn, LogIn.send)
    book.on(Routes.Accounts.logOut) { call in try await call.endSession(to: Routes.Accounts.logIn()) }
    book.on(Routes.Accounts.welcome, Welcome.page)
    book.on(Routes.Accounts.begin, Welcome.send)
    book.on(Routes.Accounts.invitation, Invitation.page)
    book.on(Routes.Accounts.acceptInvitation, Invitation.send)
    book.on(Routes.Accounts.newPassword, NewPassword.page)
    book.on(Routes.Accounts.setPassword, NewPassword.send)
  }
}

/// What the public pages of the door share.
extension Call {
  /// Forms here are short; a larger body is no form of ours.
  func doorForm() async throws -> Form { try await form(limit: 64 << 10) }

  func doorPage(_ title: String, width: String? = "login", summary: HTML = "", _ main: HTML) -> Page {
    Page(title, isPublic: true, width: width, main: """
      <p class="brand">\(icon("logo"))<span>Dossier</span></p>
      \(summary)<h1>\(title)</h1>
      \(main)
      \(languages)
      """)
  }

  /// The page in the other languages, each named in itself.
  private var languages: HTML {
    let kept = query.pairs.filter { $0.0 != "lang" }
    let links = Language.allCases.map { language -> HTML in
      let url = request.uri.path + URLText.query(kept + [("lang", language.rawValue)])
      let code = language.rawValue
      return """
        <a href="\(url)" lang="\(code)" hreflang="\(code)"\(attr: "aria-current", language == words.language ? "true" : nil)>\(language.ownName)</a>
        """
    }
    return "<nav class=\"fine languages\" aria-label=\"\(words("accounts.language_choice"))\">\(links.joined(by: " "))</nav>"
  }

  /// Where a form of the door goes: here, in the language chosen.
  func doorAction(_ path: String) -> String {
    path + URLText.query(query["lang"].map { [("lang", $0)] } ?? [])
  }
}

extension Language {
  package var ownName: String {
    switch self {
    case .en: "English"
    case .ru: "Русский"
    case .pl: "Polski"
    case .bg: "Български"
    }
  }
}

/// A link's page leaks its token by no Referer.
extension Response {
  func withoutReferrer() -> Response {
    var response = self
    response.headers[.referrerPolicy] = "no-referrer"
    return response
  }
}
