/// The kinds of history entries, as stored. A kind is never renamed or reused: what was written stays readable for ever.
package enum HistoryKind: String, CaseIterable, Codable, Hashable, Sendable {
  case contact, note
  /// Takes the place of an entry that should not have been made. The body is the reason.
  case withdrawal

  case partyCreated = "party.created"
  case partyChanged = "party.changed"
  case partyArchived = "party.archived"
  case partyRemoved = "party.removed"
  case partyRestored = "party.restored"
  case ownerChanged = "owner.changed"
  case tieBegan = "tie.began"
  case tieChanged = "tie.changed"
  case tieEnded = "tie.ended"
  case managerChanged = "manager.changed"
  case imported
  case merged
  case factAdded = "fact.added"
  case factChanged = "fact.changed"
  case factEnded = "fact.ended"
  case factRestored = "fact.restored"
  case snoozed = "reason.snoozed"
  case reasonPassed = "reason.passed"
  case promiseMade = "promise.made"
  case promiseChanged = "promise.changed"
  case promiseKept = "promise.kept"
  case promiseBroken = "promise.broken"
  case promiseRenegotiated = "promise.renegotiated"
  case promiseWithdrawn = "promise.withdrawn"
  case promiseCancelled = "promise.cancelled"
  case promiseReopened = "promise.reopened"
  case taskDone = "task.done"
  case taskReopened = "task.reopened"

  case dossierAdded = "dossier.added"
  case dossierChanged = "dossier.changed"
  case dossierRemoved = "dossier.removed"
  case dossierRestored = "dossier.restored"
  case dealBegan = "deal.began"
  case dealStage = "deal.stage"
  case dealPrice = "deal.price"
  case dealPeriod = "deal.period"
  case dealRequirement = "deal.requirement"
  case dealChanged = "deal.changed"
  case dealPerson = "deal.person"
  case dealDocument = "deal.document"
  case dealRemoved = "deal.removed"
  case dealRestored = "deal.restored"
  case opportunity
  case purchase
  case purchasesWithdrawn = "purchases.withdrawn"
  /// A link for the client: made or opened again, first read, withdrawn.
  case dossierShared = "dossier.shared"
  case dossierOpened = "dossier.opened"
  case dossierUnshared = "dossier.unshared"

  /// Written by the program, not by a person.
  package var isAutomatic: Bool {
    switch self {
    case .contact, .note, .withdrawal: false
    default: true
    }
  }

  /// Of the payload's shape. It grows when a payload changes so that old code could not read it.
  package var version: Int { 1 }
}
