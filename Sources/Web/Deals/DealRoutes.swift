import Domain
import HTTPTypes

extension Routes {
  /// Projects: from the first interest to the end of the work.
  enum Deals {
    static let list = Route<Void>(.get, "/deals", .may(.viewDeals))
    static let board = Route<Void>(.get, "/deals/board", .may(.viewDeals))
    static let forecast = Route<Void>(.get, "/deals/forecast", .may(.viewDeals))
    static let new = Route<Void>(.get, "/deals/new", .may(.editDeals))
    static let create = Route<Void>(.post, "/deals", .may(.editDeals))
    static let newFor = Route<ClientID>(.get, "/clients/:id/deals/new", .may(.editDeals))
    static let createFor = Route<ClientID>(.post, "/clients/:id/deals/new", .may(.editDeals))
    static let page = Route<DealID>(.get, "/deals/:id", .may(.viewDeals))
    static let edit = Route<DealID>(.get, "/deals/:id/edit", .may(.editDeals))
    static let save = Route<DealID>(.post, "/deals/:id/edit", .may(.editDeals))
    static let move = Route<DealID>(.post, "/deals/:id/stage", .may(.editDeals))
    static let loss = Route<DealID>(.get, "/deals/:id/loss", .may(.editDeals))
    static let lose = Route<DealID>(.post, "/deals/:id/loss", .may(.editDeals))
    static let remove = Route<DealID>(.post, "/deals/:id/removal", .may(.editDeals))

    static let newLine = Route<DealID>(.get, "/deals/:id/lines/new", .may(.editDeals))
    static let addLine = Route<DealID>(.post, "/deals/:id/lines/new", .may(.editDeals))
    static let line = Route<LineID>(.get, "/deal-lines/:id", .may(.editDeals))
    static let changeLine = Route<LineID>(.post, "/deal-lines/:id", .may(.editDeals))
    static let removeLine = Route<LineID>(.post, "/deal-lines/:id/removal", .may(.editDeals))

    static let newMember = Route<DealID>(.get, "/deals/:id/members/new", .may(.editDeals))
    static let addMember = Route<DealID>(.post, "/deals/:id/members/new", .may(.editDeals))
    static let removeMember = Route<MemberID>(.post, "/deal-members/:id/removal", .may(.editDeals))
    static let newContact = Route<DealID>(.get, "/deals/:id/contacts/new", .may(.editDeals))
    static let addContact = Route<DealID>(.post, "/deals/:id/contacts/new", .may(.editDeals))
    static let removeContact = Route<DealContactID>(.post, "/deal-contacts/:id/removal", .may(.editDeals))
    static let newRequirement = Route<DealID>(.get, "/deals/:id/requirements/new", .may(.editDeals))
    static let addRequirement = Route<DealID>(.post, "/deals/:id/requirements/new", .may(.editDeals))
    static let removeRequirement = Route<RequirementID>(.post, "/deal-requirements/:id/removal", .may(.editDeals))
    static let newDocument = Route<DealID>(.get, "/deals/:id/documents/new", .may(.editDeals))
    static let addDocuments = Route<DealID>(.post, "/deals/:id/documents/new", .may(.editDeals))
    static let document = Route<DocumentID>(.get, "/deal-documents/:id", .may(.viewDeals))
    static let removeDocument = Route<DocumentID>(.post, "/deal-documents/:id/removal", .may(.editDeals))
  }

  /// What someone noticed at a client, handed to sales.
  enum Opportunities {
    static let mine = Route<Void>(.get, "/opportunities", .may(.viewDeals))
    static let new = Route<ClientID>(.get, "/clients/:id/opportunities/new", .may(.logContacts))
    static let create = Route<ClientID>(.post, "/clients/:id/opportunities/new", .may(.logContacts))
    static let take = Route<OpportunityID>(.get, "/opportunities/:id/project", .may(.editDeals))
    static let taken = Route<OpportunityID>(.post, "/opportunities/:id/project", .may(.editDeals))
    static let decline = Route<OpportunityID>(.get, "/opportunities/:id/refusal", .may(.editDeals))
    static let declined = Route<OpportunityID>(.post, "/opportunities/:id/refusal", .may(.editDeals))
    static let read = Route<OpportunityID>(.post, "/opportunities/:id/reading", .may(.viewDeals))
  }

  /// What a company sets for its projects.
  enum Pipeline {
    static let stages = Route<Void>(.get, "/settings/stages", .may(.manageDeals))
    static let createStage = Route<Void>(.post, "/settings/stages", .may(.manageDeals))
    static let stage = Route<StageID>(.get, "/settings/stages/:id", .may(.manageDeals))
    static let changeStage = Route<StageID>(.post, "/settings/stages/:id", .may(.manageDeals))
    static let raiseStage = Route<StageID>(.post, "/settings/stages/:id/up", .may(.manageDeals))
    static let lowerStage = Route<StageID>(.post, "/settings/stages/:id/down", .may(.manageDeals))
    static let stageRemoval = Route<StageID>(.get, "/settings/stages/:id/removal", .may(.manageDeals))
    static let removeStage = Route<StageID>(.post, "/settings/stages/:id/removal", .may(.manageDeals))
    static let restoreStage = Route<StageID>(.post, "/settings/stages/:id/restoration", .may(.manageDeals))
    static let createReason = Route<Void>(.post, "/settings/loss-reasons", .may(.manageDeals))
    static let reason = Route<ReasonID>(.get, "/settings/loss-reasons/:id", .may(.manageDeals))
    static let renameReason = Route<ReasonID>(.post, "/settings/loss-reasons/:id", .may(.manageDeals))
    static let archiveReason = Route<ReasonID>(.post, "/settings/loss-reasons/:id/archive", .may(.manageDeals))
    static let offerings = Route<Void>(.get, "/settings/offerings", .may(.manageDeals))
    static let newOffering = Route<Void>(.get, "/settings/offerings/new", .may(.manageDeals))
    static let createOffering = Route<Void>(.post, "/settings/offerings", .may(.manageDeals))
    static let offering = Route<OfferingID>(.get, "/settings/offerings/:id", .may(.manageDeals))
    static let changeOffering = Route<OfferingID>(.post, "/settings/offerings/:id", .may(.manageDeals))
    static let archiveOffering = Route<OfferingID>(.post, "/settings/offerings/:id/archive", .may(.manageDeals))
  }
}

/// Projects and deals: board, list, page, opportunities, and what a company sets for them.
enum Deals {
  static func register(_ book: inout RouteBook) {
    BoardPage.register(&book)
    DealListPages.register(&book)
    DealPage.register(&book)
    DealFormPages.register(&book)
    DealSteps.register(&book)
    DealLinePages.register(&book)
    DealPartPages.register(&book)
    OpportunityPages.register(&book)
    StagePages.register(&book)
    OfferingPages.register(&book)
  }
}
