/// What the program writes into the history by itself: each kind with the values that tell it later, in any language.
/// People and accounts are named by id, so that a correction of a name shows and an erasure holds.
package enum HistoryEvent: Hashable, Sendable {
  case partyCreated
  case partyChanged([FieldChange])
  case partyArchived
  /// Into the bin.
  case partyRemoved
  /// From the archive or the bin.
  case partyRestored
  case ownerChanged(OwnerChange)
  case tieBegan(TieNote)
  case tieChanged(TieNote)
  case tieEnded(TieNote)
  /// The person who decides for the client is another.
  case managerChanged(ManagerChange)
  /// Made or changed by an import; which one is in the entry's own column.
  case imported(ImportNote)
  case merged(MergeNote)
  case factAdded(FactNote)
  case factChanged(FactNote)
  case factEnded(FactNote)
  case factRestored(FactNote)
  case dossierAdded(DossierNote)
  case dossierChanged(DossierNote)
  case dossierRemoved(DossierNote)
  case dossierRestored(DossierNote)
  case deal(DealEvent)
  case dossierShared(ShareNote)
  case dossierOpened(ShareNote)
  case dossierUnshared(ShareNote)
  case snoozed(SnoozeNote)
  case reasonPassed(ReasonPassing)
  case promise(PromiseChange, PromiseNote)
  case taskDone(TaskNote)
  case taskReopened(TaskNote)

  package var kind: HistoryKind {
    switch self {
    case .partyCreated: .partyCreated
    case .partyChanged: .partyChanged
    case .partyArchived: .partyArchived
    case .partyRemoved: .partyRemoved
    case .partyRestored: .partyRestored
    case .ownerChanged: .ownerChanged
    case .tieBegan: .tieBegan
    case .tieChanged: .tieChanged
    case .tieEnded: .tieEnded
    case .managerChanged: .managerChanged
    case .imported: .imported
    case .merged: .merged
    case .factAdded: .factAdded
    case .factChanged: .factChanged
    case .factEnded: .factEnded
    case .factRestored: .factRestored
    case .dossierAdded: .dossierAdded
    case .dossierChanged: .dossierChanged
    case .dossierRemoved: .dossierRemoved
    case .dossierRestored: .dossierRestored
    case .deal(let event): event.kind
    case .dossierShared: .dossierShared
    case .dossierOpened: .dossierOpened
    case .dossierUnshared: .dossierUnshared
    case .snoozed: .snoozed
    case .reasonPassed: .reasonPassed
    case .promise(let change, _): change.kind
    case .taskDone: .taskDone
    case .taskReopened: .taskReopened
    }
  }
}

/// One field of a client: its stored name (`name`, `tags`, `field.12` for a custom one) with both values as people read them.
package struct FieldChange: Codable, Hashable, Sendable {
  package let field: String
  package let old: String
  package let new: String

  /// - Parameter field: `clients.field.<field>` is its name in the catalogues, where there is one.
  package init(_ field: String, old: String?, new: String?) {
    self.field = field
    self.old = old ?? ""
    self.new = new ?? ""
  }
}

package struct OwnerChange: Codable, Hashable, Sendable {
  package let from: AccountID?
  package let to: AccountID?
  package init(from: AccountID?, to: AccountID?) { (self.from, self.to) = (from, to) }
}

package struct TieNote: Codable, Hashable, Sendable {
  package let company: PartyID
  package let person: PersonID
  package let role: String
  package let isManager: Bool
  package let from: CalendarDate?
  package let until: CalendarDate?

  package init(
    company: PartyID, person: PersonID, role: String = "", isManager: Bool = false, from: CalendarDate? = nil,
    until: CalendarDate? = nil
  ) {
    self.company = company
    self.person = person
    self.role = role
    self.isManager = isManager
    self.from = from
    self.until = until
  }
}

package struct ManagerChange: Codable, Hashable, Sendable {
  package let from: PersonID?
  package let to: PersonID?
  package init(from: PersonID?, to: PersonID?) { (self.from, self.to) = (from, to) }
}

package struct ImportNote: Codable, Hashable, Sendable {
  /// The day of the last contact, where the file told one: the program knows no more of it.
  package let lastContact: CalendarDate?
  package init(lastContact: CalendarDate? = nil) { self.lastContact = lastContact }
}

package struct MergeNote: Codable, Hashable, Sendable {
  /// The record that went up in this one.
  package let other: PartyID
  package let name: String
  package init(other: PartyID, name: String) { (self.other, self.name) = (other, name) }
}

package struct FactNote: Codable, Hashable, Sendable {
  package let fact: FactID
  package let kind: FactKind
  package let text: String
  /// The words before a change.
  package let old: String?
  package init(fact: FactID, kind: FactKind, text: String, old: String? = nil) {
    self.fact = fact
    self.kind = kind
    self.text = text
    self.old = old
  }
}

package struct DossierNote: Codable, Hashable, Sendable {
  package let entry: DossierEntryID
  package let section: DossierSection
  package let what: String
  package init(entry: DossierEntryID, section: DossierSection, what: String) {
    (self.entry, self.section, self.what) = (entry, section, what)
  }
}

/// Laid aside on the page Today.
package struct SnoozeNote: Codable, Hashable, Sendable {
  package let until: CalendarDate
  package let untilAnswer: Bool
  package let why: String
  package init(until: CalendarDate, untilAnswer: Bool, why: String) { (self.until, self.untilAnswer, self.why) = (until, untilAnswer, why) }
}

/// A single matter given to a colleague.
package struct ReasonPassing: Codable, Hashable, Sendable {
  package let kind: ReasonKind
  package let to: AccountID
  package let text: String
  package init(kind: ReasonKind, to: AccountID, text: String) { (self.kind, self.to, self.text) = (kind, to, text) }
}

package struct TaskNote: Codable, Hashable, Sendable {
  package let task: TaskID
  package let title: String
  package init(task: TaskID, title: String) { (self.task, self.title) = (task, title) }
}
