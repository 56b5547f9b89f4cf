import Domain
import HTTPTypes
import Store

extension Routes {
  enum Promises {
    static let list = Route<Void>(.get, "/promises", .may(.viewPromises))
    static let share = Route<Void>(.get, "/promises/kept-on-time", .may(.viewPromises))
    static let newAnywhere = Route<Void>(.get, "/promises/new", .may(.editPromises))
    static let addAnywhere = Route<Void>(.post, "/promises/new", .may(.editPromises))
    /// What was typed into a contact's form, looked through for promises while it is typed.
    static let recognition = Route<Void>(.post, "/promises/recognition", .may(.editPromises))
    static let new = Route<ClientID>(.get, "/clients/:id/promises/new", .may(.editPromises))
    static let add = Route<ClientID>(.post, "/clients/:id/promises/new", .may(.editPromises))
    static let page = Route<PromiseID>(.get, "/promises/:id", .may(.viewPromises))
    static let edit = Route<PromiseID>(.get, "/promises/:id/edit", .may(.editPromises))
    static let save = Route<PromiseID>(.post, "/promises/:id/edit", .may(.editPromises))
    static let keepForm = Route<PromiseID>(.get, "/promises/:id/keeping", .may(.editPromises))
    static let keep = Route<PromiseID>(.post, "/promises/:id/keeping", .may(.editPromises))
    static let breakForm = Route<PromiseID>(.get, "/promises/:id/breaking", .may(.editPromises))
    static let breakIt = Route<PromiseID>(.post, "/promises/:id/breaking", .may(.editPromises))
    static let withdrawForm = Route<PromiseID>(.get, "/promises/:id/withdrawal", .may(.editPromises))
    static let withdraw = Route<PromiseID>(.post, "/promises/:id/withdrawal", .may(.editPromises))
    static let renegotiateForm = Route<PromiseID>(.get, "/promises/:id/renegotiation", .may(.editPromises))
    static let renegotiate = Route<PromiseID>(.post, "/promises/:id/renegotiation", .may(.editPromises))
    static let cancel = Route<PromiseID>(.post, "/promises/:id/cancellation", .may(.editPromises))
    static let reopen = Route<PromiseID>(.post, "/promises/:id/reopening", .may(.editPromises))
    static let evidenceForm = Route<PromiseID>(.get, "/promises/:id/evidence", .may(.editPromises))
    static let addEvidence = Route<PromiseID>(.post, "/promises/:id/evidence", .may(.editPromises))
    static let removeEvidence = Route<EvidenceID>(.post, "/evidence/:id/removal", .may(.editPromises))
    static let schedule = Route<Void>(.get, "/settings/promises", .may(.manageFields))
    static let changeSchedule = Route<Void>(.post, "/settings/promises", .may(.manageFields))
  }
}

/// Promises on both sides: making them, what becomes of them, lists, the share kept on time, reminders.
enum Promises {
  static func register(_ book: inout RouteBook) {
    PromiseListPage.register(&book)
    PromiseSharePage.register(&book)
    PromisePages.register(&book)
    PromiseAnywhere.register(&book)
    PromiseSteps.register(&book)
    PromisePage.register(&book)
    PromiseEvidencePages.register(&book)
    PromiseOffer.register(&book)
    PromiseSchedulePage.register(&book)
  }
}
