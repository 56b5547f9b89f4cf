/// What a mail says, in no language yet: sentences named by their keys with values in their slots. It is kept with the mail and put
/// into the reader's words, dates and zone when it is sent, so that whatever asks for a mail needs no catalogue.

package struct Letter: Codable, Hashable, Sendable {
  package var subject: Phrase
  package var opening: [Phrase]
  package var sections: [LetterSection]
  /// The one thing to do, as a button.
  package var action: LetterLink?
  /// Small print: why one gets this.
  package var closing: [Phrase]

  package init(
    subject: Phrase, opening: [Phrase] = [], sections: [LetterSection] = [], action: LetterLink? = nil, closing: [Phrase] = []
  ) {
    (self.subject, self.opening, self.sections, self.action, self.closing) = (subject, opening, sections, action, closing)
  }
}

package struct LetterSection: Codable, Hashable, Sendable {
  package var title: Phrase?
  package var items: [LetterItem]
  package init(title: Phrase? = nil, items: [LetterItem]) { (self.title, self.items) = (title, items) }
}

package struct LetterItem: Codable, Hashable, Sendable {
  package var text: Phrase
  /// Within this installation: `/clients/12`.
  package var path: String?
  package var details: [Phrase]
  package init(_ text: Phrase, path: String? = nil, details: [Phrase] = []) {
    (self.text, self.path, self.details) = (text, path, details)
  }
}

package struct LetterLink: Codable, Hashable, Sendable {
  package var text: Phrase
  package var path: String
  package init(_ text: Phrase, path: String) { (self.text, self.path) = (text, path) }
}

/// One sentence: of the catalogue, or as it stands (what a person wrote).
package struct Phrase: Codable, Hashable, Sendable {
  package let key: String?
  package let text: String?
  package let slots: [String: Slot]

  package static func words(_ key: String, _ slots: [String: Slot] = [:]) -> Phrase { Phrase(key: key, text: nil, slots: slots) }
  package static func plain(_ text: String) -> Phrase { Phrase(key: nil, text: text, slots: [:]) }

  package enum Slot: Codable, Hashable, Sendable {
    case text(String)
    /// Chooses the plural form.
    case count(Int)
    case date(CalendarDate)
    /// `today`, `tomorrow`, `in 3 days`, else the date.
    case day(CalendarDate)
    case moment(Instant)
    /// Another sentence of the catalogue.
    case words(String)
  }
}
