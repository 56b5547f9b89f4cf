/// One line of a value dossier as a person writes it, and as it is read for us.

/// Bounds of an entry. So many of the largest amounts, a hundred times larger in another currency, add up within 64 bits.
package enum DossierLimits {
  package static let entries = 5000
  package static let evidence = 20
  package static let what = 300
  package static let text = 4000
  package static let proof = 300
}

/// A value in money with how it is known.
package struct DossierAmount: Hashable, Sendable, Codable {
  package var money: Money
  package var basis: AmountBasis
  /// How it was worked out, in words the client may read: "14 hours at 45 €".
  package var workings: String

  package init(_ money: Money, basis: AmountBasis, workings: String = "") {
    (self.money, self.basis, self.workings) = (money, basis, workings)
  }
}

/// A special condition as a short story.
package struct DossierStory: Hashable, Sendable, Codable {
  package var asked: String
  package var did: String
  package var took: String

  package init(asked: String = "", did: String = "", took: String = "") { (self.asked, self.did, self.took) = (asked, did, took) }
  package static let none = DossierStory()
  package var isEmpty: Bool { asked.isEmpty && did.isEmpty && took.isEmpty }
}

package struct DossierEntryDraft: Hashable, Sendable, Codable {
  package var section: DossierSection
  package var project: DealID?
  package var date: CalendarDate
  package var what: String
  /// Why it mattered to the client.
  package var why: String
  /// Of section 5; empty elsewhere.
  package var story: DossierStory
  package var amount: DossierAmount?
  /// What proves it, in words the client may read: "invoice 204", "your letter of 3 May".
  package var proof: String
  package var audience: DossierAudience
  /// Ours alone, whatever the audience.
  package var note: String
  /// The history entries it rests on. Seen by us alone, their files too.
  package var evidence: [HistoryID]

  package init(
    section: DossierSection, project: DealID? = nil, date: CalendarDate, what: String, why: String = "",
    story: DossierStory = .none, amount: DossierAmount? = nil, proof: String = "", audience: DossierAudience = .inner,
    note: String = "", evidence: [HistoryID] = []
  ) {
    self.section = section
    self.project = project
    self.date = date
    self.what = what
    self.why = why
    self.story = story
    self.amount = amount
    self.proof = proof
    self.audience = audience
    self.note = note
    self.evidence = evidence
  }
}

/// A history entry that proves something, with its files.
package struct DossierEvidence: Hashable, Sendable {
  package struct File: Hashable, Sendable {
    package let id: AttachmentID
    package let name: String
    package init(id: AttachmentID, name: String) { (self.id, self.name) = (id, name) }
  }
  package let id: HistoryID
  package let at: Instant
  package let kind: HistoryKind
  package let channel: Channel?
  package let direction: Direction?
  package let subject: String
  package var files: [File] = []

  package init(id: HistoryID, at: Instant, kind: HistoryKind, channel: Channel?, direction: Direction?, subject: String) {
    (self.id, self.at, self.kind, self.channel, self.direction, self.subject) = (id, at, kind, channel, direction, subject)
  }
}

/// An entry of the inner dossier: all that is known of it. Never changed, and a reference: entries are sorted, filtered and grouped by
/// the hundred, where each copy of so many texts would cost more than the sum it is for.
package final class DossierEntry: Sendable {
  package let id: DossierEntryID
  package let clientID: ClientID
  package let draft: DossierEntryDraft
  package let projectName: String?
  /// In the company's currency; nil without an amount or without a rate.
  package let value: Money?
  package let evidence: [DossierEvidence]
  package let authorID: AccountID?
  package let author: String?
  package let recordedAt: Instant
  package let version: Int

  package init(
    id: DossierEntryID, clientID: ClientID, draft: DossierEntryDraft, projectName: String?, value: Money?,
    evidence: [DossierEvidence], authorID: AccountID?, author: String?, recordedAt: Instant, version: Int
  ) {
    self.id = id
    self.clientID = clientID
    self.draft = draft
    self.projectName = projectName
    self.value = value
    self.evidence = evidence
    self.authorID = authorID
    self.author = author
    self.recordedAt = recordedAt
    self.version = version
  }
}
