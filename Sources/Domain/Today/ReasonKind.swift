/// Why someone is needed today. Every kind has its line here; the store says what "done" means for it (`ReasonSources`), the page
/// how it looks (`ReasonFaces`).
package enum ReasonKind: String, Sendable, CaseIterable, Codable, Hashable {
  /// A promise of ours, or of the client, falls due. Subject: the promise.
  case promise
  /// A promise was not kept, and the escalation came to this account. Subject: the promise.
  case promiseEscalated = "promise_escalated"
  /// Someone new decides at the client: introduce ourselves. Subject: the tie that began.
  case managerChanged = "manager_changed"
  /// A client came from a colleague. Subject: the client.
  case handedOver = "handed_over"
  /// A task of our own. Subject: the task; it may have no client.
  case task
  /// A birthday, of a client or of someone who works there. Subject: the party.
  case birthday
  /// Another day that comes every year. Subject: the fact.
  case yearly
  /// The client waits longer for a contact than it should. Subject: the client.
  case tooRarely = "too_rarely"
  /// A year has passed since the client's dossier was looked at. Subject: the client.
  case valueReview = "value_review"
  /// Whoever decides at the client is new and has no dossier. Subject: the client.
  case dossierForManager = "dossier_for_manager"
  /// An opportunity that a colleague noticed waits for this account's answer. Subject: the opportunity.
  case opportunity
  /// What became of an opportunity that this account noticed. Subject: the opportunity.
  case opportunityAnswered = "opportunity_answered"
  /// A mail that nobody has said yet whose it is. Subject: the mail; it has no client.
  case unfiledMail = "unfiled_mail"

  /// Under which heading of the page it stands.
  package var group: ReasonGroup {
    switch self {
    case .promise, .promiseEscalated: .promises
    case .managerChanged, .handedOver: .acquaintance
    case .valueReview, .dossierForManager: .value
    case .task: .tasks
    case .opportunity, .opportunityAnswered: .tasks
    case .unfiledMail: .mail
    case .birthday, .yearly: .dates
    case .tooRarely: .rarely
    }
  }

  /// What must be done by its day is shown before days off; care waits until after them.
  package var hasDeadline: Bool {
    switch self {
    case .promise, .promiseEscalated, .task, .birthday, .yearly: true
    case .managerChanged, .handedOver, .tooRarely, .valueReview, .dossierForManager: false
    case .opportunity, .opportunityAnswered, .unfiledMail: false
    }
  }
}

/// The headings, most pressing first. The numbers are kept with every reason: they may be added to, not changed.
package enum ReasonGroup: Int, Sendable, CaseIterable, Codable, Hashable {
  case promises = 10
  case feedback = 20
  case acquaintance = 30
  case tasks = 40
  case mail = 45
  case lapsing = 50
  case dates = 60
  case value = 65
  case rarely = 70
}
