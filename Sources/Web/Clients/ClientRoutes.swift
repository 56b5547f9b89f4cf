import Domain
import HTTPTypes

extension Routes {
  enum Clients {
    static let list = Route<Void>(.get, "/clients", .may(.viewClients))
    static let people = Route<Void>(.get, "/people", .may(.viewClients))
    static let new = Route<Void>(.get, "/clients/new", .may(.editClients))
    static let create = Route<Void>(.post, "/clients", .may(.editClients))
    static let lookalikes = Route<Void>(.post, "/clients/lookalikes", .may(.editClients))
    static let bulk = Route<Void>(.post, "/clients/bulk", .may(.viewClients))
    static let page = Route<ClientID>(.get, "/clients/:id", .may(.viewClients))
    static let edit = Route<ClientID>(.get, "/clients/:id/edit", .may(.editClients))
    static let update = Route<ClientID>(.post, "/clients/:id", .may(.editClients))
    static let access = Route<ClientID>(.get, "/clients/:id/access", .may(.viewClients))
    static let owner = Route<ClientID>(.get, "/clients/:id/owner", .may(.editClients))
    static let changeOwner = Route<ClientID>(.post, "/clients/:id/owner", .may(.editClients))
    static let tags = Route<ClientID>(.get, "/clients/:id/tags", .may(.editClients))
    static let changeTags = Route<ClientID>(.post, "/clients/:id/tags", .may(.editClients))
    static let archive = Route<ClientID>(.post, "/clients/:id/archive", .may(.removeClients))
    static let unarchive = Route<ClientID>(.post, "/clients/:id/unarchive", .may(.removeClients))
    static let remove = Route<ClientID>(.post, "/clients/:id/removal", .may(.removeClients))
    static let restore = Route<ClientID>(.post, "/clients/:id/restoration", .may(.removeClients))
  }

  /// Those at a client.
  enum People {
    static let page = Route<PersonID>(.get, "/people/:id", .may(.viewClients))
    static let edit = Route<PersonID>(.get, "/people/:id/edit", .may(.editClients))
    static let update = Route<PersonID>(.post, "/people/:id", .may(.editClients))
    static let new = Route<ClientID>(.get, "/clients/:id/people/new", .may(.editClients))
    static let add = Route<ClientID>(.post, "/clients/:id/people", .may(.editClients))
    static let tie = Route<TieID>(.get, "/ties/:id", .may(.editClients))
    static let changeTie = Route<TieID>(.post, "/ties/:id", .may(.editClients))
    static let endTie = Route<TieID>(.post, "/ties/:id/end", .may(.editClients))
  }

  /// Saved views of a list.
  enum Views {
    static let new = Route<Void>(.get, "/views/new", .may(.viewClients))
    static let save = Route<Void>(.post, "/views", .may(.viewClients))
    static let remove = Route<ViewID>(.post, "/views/:id/removal", .may(.viewClients))
  }
}
