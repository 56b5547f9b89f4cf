/// What happened that a dossier may tell of, as values: rules read nothing else.

/// A deal as it stands after a change.
package struct DealStanding: Hashable, Sendable {
  package let id: DealID
  package let name: String
  /// Before discounts.
  package let list: Money?
  package let agreed: Money?
  package let final: Money?
  /// The client said yes, and it was not lost or removed since.
  package let isWon: Bool
  package let isUrgent: Bool

  package init(id: DealID, name: String, list: Money?, agreed: Money?, final: Money?, isWon: Bool, isUrgent: Bool) {
    (self.id, self.name, self.list, self.agreed, self.final) = (id, name, list, agreed, final)
    (self.isWon, self.isUrgent) = (isWon, isUrgent)
  }
}

/// A project that is over.
package struct EndedDeal: Hashable, Sendable {
  package let id: DealID
  package let name: String
  package let ended: CalendarDate
  package init(id: DealID, name: String, ended: CalendarDate) { (self.id, self.name, self.ended) = (id, name, ended) }
}

package enum DossierSignal: Hashable, Sendable {
  case dealStands(DealStanding)
  /// The planned end or beginning became another; positive is later.
  case periodMoved(DealStanding, days: Int, to: CalendarDate, priceStayed: Bool)
  case requirementAdded(DealStanding, requirement: Int64, text: String, priceStayed: Bool)
  case requirementRemoved(Int64)
  /// A contact marked as free help, after which project's end if none is going on.
  case freeHelp(HistoryID, about: String, minutes: Int?, hour: Money?, after: EndedDeal?)
  /// The client came to us after its last project was over.
  case contactAfter(EndedDeal)
  case promiseKept(Int64, what: String, hours: Int, isOnTime: Bool)
  case promiseReopened(Int64)
}
