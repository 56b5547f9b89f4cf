/// A fact about a client as a person enters it (D4): what we know, how we know it, and until when it holds.
package struct FactDraft: Hashable, Sendable {
  package var kind: FactKind
  package var text: String
  /// The date the fact is about; a birthday may lack its year.
  package var date: PartialDate?
  /// How we know: "call, 3 May", "their web page".
  package var source: String
  /// The last day it is known to hold; facts age.
  package var endsOn: CalendarDate?

  package init(kind: FactKind, text: String, date: PartialDate? = nil, source: String = "", endsOn: CalendarDate? = nil) {
    self.kind = kind
    self.text = text
    self.date = date
    self.source = source
    self.endsOn = endsOn
  }

  /// A date of the client's, or of its family, is thought of every year.
  package var recurs: Bool { date != nil && (kind == .date || kind == .family) }

  package static let textLimit = 2000
  package static let sourceLimit = 200
}
