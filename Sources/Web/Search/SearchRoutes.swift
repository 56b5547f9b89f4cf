import Domain
import HTTPTypes

extension Routes {
  enum Search {
    static let page = Route<Void>(.get, "/search", .may(.viewClients))
    /// Options of the palette.
    static let palette = Route<Void>(.get, "/palette", .may(.viewClients))
    /// Options of a picker: clients, and people who are at one.
    static let pickClient = Route<Void>(.get, "/pick/clients", .may(.viewClients))
    static let pickPerson = Route<Void>(.get, "/pick/people", .may(.viewClients))
  }
}
