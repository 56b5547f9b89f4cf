import Domain
import HTTPTypes
import Store

extension Routes {
  enum Facts {
    static let new = Route<PartyID>(.get, "/clients/:id/facts/new", .may(.logContacts))
    static let add = Route<PartyID>(.post, "/clients/:id/facts/new", .may(.logContacts))
    static let edit = Route<FactID>(.get, "/facts/:id/edit", .may(.logContacts))
    static let save = Route<FactID>(.post, "/facts/:id/edit", .may(.logContacts))
    static let end = Route<FactID>(.post, "/facts/:id/end", .may(.logContacts))
    static let restore = Route<FactID>(.post, "/facts/:id/restore", .may(.logContacts))
  }
}

/// What is known about a client: preferences, family, dates, what to avoid.
enum Facts {
  static func register(_ book: inout RouteBook) {
    FactPages.register(&book)
  }
}
