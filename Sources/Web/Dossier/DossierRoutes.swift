import Domain
import HTTPTypes
import Store

extension Routes {
  enum Dossier {
    static let page = Route<ClientID>(.get, "/clients/:id/dossier", .may(.viewDossier))
    static let preview = Route<ClientID>(.get, "/clients/:id/dossier/client", .may(.viewDossier))
    static let new = Route<ClientID>(.get, "/clients/:id/dossier/new", .may(.editDossier))
    static let add = Route<ClientID>(.post, "/clients/:id/dossier/new", .may(.editDossier))
    static let edit = Route<DossierEntryID>(.get, "/dossier/:id/edit", .may(.editDossier))
    static let save = Route<DossierEntryID>(.post, "/dossier/:id/edit", .may(.editDossier))
    static let remove = Route<DossierEntryID>(.post, "/dossier/:id/removal", .may(.editDossier))
    static let show = Route<DossierEntryID>(.post, "/dossier/:id/audience", .may(.showToClient))
    static let fromHistory = Route<HistoryID>(.post, "/history/:id/dossier", .may(.editDossier))
  }

  enum Proposals {
    static let accept = Route<DossierProposalID>(.post, "/proposals/:id/acceptance", .may(.editDossier))
    static let edit = Route<DossierProposalID>(.get, "/proposals/:id/edit", .may(.editDossier))
    static let save = Route<DossierProposalID>(.post, "/proposals/:id/edit", .may(.editDossier))
    static let dismiss = Route<DossierProposalID>(.post, "/proposals/:id/dismissal", .may(.editDossier))
  }

  enum Rates {
    static let page = Route<Void>(.get, "/settings/rates", .may(.manageRates))
    static let add = Route<Void>(.post, "/settings/rates", .may(.manageRates))
    static let settings = Route<Void>(.post, "/settings/dossier", .may(.manageRates))
    static let edit = Route<RateID>(.get, "/settings/rates/:id", .may(.manageRates))
    static let save = Route<RateID>(.post, "/settings/rates/:id", .may(.manageRates))
    static let remove = Route<RateID>(.post, "/settings/rates/:id/removal", .may(.manageRates))
  }
}

/// The value dossier: a client's page, its client's face, entries, proposals, rates.
enum Dossiers {
  static func register(_ book: inout RouteBook) {
    DossierPage.register(&book)
    DossierEntryPages.register(&book)
    ProposalPages.register(&book)
    RatePages.register(&book)
    ValuePages.register(&book)
  }
}
