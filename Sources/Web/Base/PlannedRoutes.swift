import Domain
import HTTPTypes

// Routes the shell links to whose features are still to come; each feature takes its enum from here to its own folder.
extension Routes {
  enum Clients {
    static let list = Route<Void>(.get, "/clients", .may(.viewClients))
    static let new = Route<Void>(.get, "/clients/new", .may(.editClients))
    static let people = Route<Void>(.get, "/people", .may(.viewClients))
  }
}
extension Routes { enum Search { static let palette = Route<Void>(.get, "/palette", .may(.viewClients)) } }
extension Routes { enum History { static let logAnywhere = Route<Void>(.get, "/contacts/new", .may(.logContacts)) } }
extension Routes {
  enum Imports {
    static let list = Route<Void>(.get, "/imports", .may(.importClients))
    static let start = Route<Void>(.get, "/imports/new", .may(.importClients))
  }
}
extension Routes { enum Exports { static let page = Route<Void>(.get, "/export", .may(.exportClients)) } }
