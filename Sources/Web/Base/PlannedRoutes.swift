import Domain
import HTTPTypes

// Routes the shell links to whose features are still to come; each feature takes its enum from here to its own folder.
extension Routes {
  enum Imports {
    static let list = Route<Void>(.get, "/imports", .may(.importClients))
    static let start = Route<Void>(.get, "/imports/new", .may(.importClients))
  }
}
extension Routes { enum Exports { static let page = Route<Void>(.get, "/export", .may(.exportClients)) } }
