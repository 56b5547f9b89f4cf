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

/// Which of them a list has; what is nil does not matter.
package struct OpportunityFilter: Hashable, Sendable {
  package var state: OpportunityState?
  package var client: ClientID?
  /// Whose answer it waits for, or waited.
  package var to: AccountID?
  package init(state: OpportunityState? = nil, client: ClientID? = nil, to: AccountID? = nil) {
    (self.state, self.client, self.to) = (state, client, to)
  }
}

package struct OpportunityDraft: Hashable, Sendable {
  package var text: String
  package var to: AccountID
  package init(text: String, to: AccountID) { (self.text, self.to) = (text, to) }

  package static let textLimit = 2000
  package static let answerLimit = 1000
}
