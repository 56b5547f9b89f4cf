/// What someone noticed at a client and handed to sales, on its way.
package enum OpportunityState: String, CaseIterable, Codable, Hashable, Sendable {
  /// Nobody answered yet.
  case waiting
  /// It became a deal.
  case taken
  case declined
  /// What the deal came to.
  case won, lost
}

package struct OpportunityDraft: Hashable, Sendable {
  package var text: String
  package var to: AccountID
  package init(text: String, to: AccountID) { (self.text, self.to) = (text, to) }

  package static let textLimit = 2000
  package static let answerLimit = 1000
}
