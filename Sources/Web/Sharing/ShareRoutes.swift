import Domain
import HTTPTypes

extension Routes {
  /// The dossier going out: for our people.
  enum DossierFiles {
    /// As the client sees it, ready to be printed. `lang` and `period` choose the reader's language and the years.
    static let print = Route<ClientID>(.get, "/clients/:id/dossier/print", .may(.viewDossier))
    static let pdf = Route<ClientID>(.get, "/clients/:id/dossier/pdf", .may(.viewDossier))
    static let excel = Route<ClientID>(.get, "/clients/:id/dossier/excel", .may(.viewDossier))
  }

  enum Shares {
    static let list = Route<ClientID>(.get, "/clients/:id/shares", .may(.viewDossier))
    static let create = Route<ClientID>(.post, "/clients/:id/shares", .may(.showToClient))
    static let withdraw = Route<ShareID>(.post, "/shares/:id/withdrawal", .may(.showToClient))
  }

  /// What a link opens, for whoever has it. The id is the token.
  enum Shared {
    static let page = Route<String>(.get, "/d/:id", .everyone)
    static let code = Route<String>(.post, "/d/:id", .everyone)
    static let pdf = Route<String>(.get, "/d/:id/pdf", .everyone)
    static let excel = Route<String>(.get, "/d/:id/excel", .everyone)
  }
}

/// The dossier's ways out: print, PDF, Excel, links.
enum Sharing {
  static func register(_ book: inout RouteBook) {
    DossierFiles.register(&book)
    SharePages.register(&book)
    SharedPages.register(&book)
    Letters.register(&book)
  }
}
