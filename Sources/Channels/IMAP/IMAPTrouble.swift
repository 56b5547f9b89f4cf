/// Why mail could not be read; its words are libcurl's or the server's own, fit to show.
package enum IMAPTrouble: Error, Hashable, Sendable {
  /// No way to the server: no such name, nobody there, no TLS that can be trusted.
  case cannotConnect(String)
  case logInRefused(String)
  case noSuchFolder(String)
  /// The mail is not there any more.
  case noSuchMail
  /// More bytes than were asked for.
  case tooLarge
  case server(String)

  package var words: String {
    switch self {
    case .cannotConnect(let words), .logInRefused(let words), .noSuchFolder(let words), .server(let words): words
    case .noSuchMail: "The mail is not there any more."
    case .tooLarge: "The server sent more than is taken."
    }
  }
}
