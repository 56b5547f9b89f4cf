/// A link by which a client reads its dossier: for whom, in which language, until when.

package struct ShareDraft: Hashable, Sendable {
  /// In our own words; the reader does not see it.
  package var recipient: String
  package var language: Language
  package var period: DossierPeriod
  /// The last day on which it opens.
  package var lastDay: CalendarDate
  /// Whether PDF and Excel can be taken from the page.
  package var files: Bool

  package init(recipient: String, language: Language, period: DossierPeriod, lastDay: CalendarDate, files: Bool) {
    (self.recipient, self.language, self.period, self.lastDay, self.files) = (recipient, language, period, lastDay, files)
  }

  package static let recipientLimit = 200
  package static let codeLengths = 4...64
  /// Days a link opens where nobody says otherwise, and at most.
  package static let usualDays = 30
  package static let mostDays = 366
}

package struct ShareNote: Codable, Hashable, Sendable {
  package let share: ShareID
  package let recipient: String
  package init(share: ShareID, recipient: String) { (self.share, self.recipient) = (share, recipient) }
}
