/// Who takes which clients when a colleague leaves or changes (D6): a rule for all of them, over which single clients may be given
/// to somebody else. It is decided here, for all clients at once, so that the same plan always gives the same result.

package enum HandoverReason: String, Sendable, Codable, CaseIterable {
  /// For good: the account is closed and whatever is still open passes to others.
  case leaves
  /// Stays in the company and keeps the account: only what belongs to the clients handed over passes on.
  case changes
  /// One client, from its page.
  case client
}

/// What clients are told apart by when a rule splits them.
package enum SplitTrait: String, Sendable, Codable, CaseIterable { case language, country, tag, relationship }

/// Clients of one language, country, tag or relationship type go to this colleague.
package struct SplitRule: Hashable, Sendable, Codable {
  /// `bg`, `PL`, or the id of a tag or relationship type.
  package let value: String
  package let to: AccountID
  package init(value: String, to: AccountID) { (self.value, self.to) = (value, to) }
}

/// What a plan needs to know of a client.
package struct SplitClient: Hashable, Sendable {
  package let id: ClientID
  /// Of the trait the plan splits by; a client may have several tags.
  package let values: Set<String>
  package init(id: ClientID, values: Set<String> = []) { (self.id, self.values) = (id, values) }
}

package struct HandoverPlan: Hashable, Sendable, Codable {
  package enum Method: String, Sendable, Codable, CaseIterable { case one, evenly, rule }

  package var method: Method
  /// All of them share evenly; with a rule, they share the clients that no rule names.
  package var takers: [AccountID]
  package var trait: SplitTrait?
  /// The first that fits decides.
  package var rules: [SplitRule]
  /// Takes what hangs on no client: tasks of one's own, saved views. The first taker when nil.
  package var rest: AccountID?

  package init(
    method: Method = .one, takers: [AccountID] = [], trait: SplitTrait? = nil, rules: [SplitRule] = [], rest: AccountID? = nil
  ) {
    (self.method, self.takers, self.trait, self.rules, self.rest) = (method, takers, trait, rules, rest)
  }

  package static let takerLimit = 20
  package static let ruleLimit = 100

  package var restTaker: AccountID? { rest ?? takers.first ?? rules.first?.to }
  /// Everyone named anywhere in it.
  package var everyone: Set<AccountID> { Set(takers + rules.map(\.to) + [rest].compactMap(\.self)) }
}

extension HandoverPlan {
  /// Who gets each client; nil where nobody does and the client stays.
  /// - Parameter choices: clients that were given to somebody one by one; nil keeps the client.
  package func assign(_ clients: [SplitClient], choices: [ClientID: AccountID?] = [:]) -> [ClientID: AccountID?] {
    var out: [ClientID: AccountID?] = [:]
    out.reserveCapacity(clients.count)
    var turn = 0
    for client in clients.sorted(by: { $0.id < $1.id }) {
      if let choice = choices[client.id] {
        out[client.id] = .some(choice)
      } else if method == .rule, let rule = rules.first(where: { client.values.contains($0.value) }) {
        out[client.id] = rule.to
      } else if takers.isEmpty {
        out[client.id] = .some(nil)
      } else {
        // One after another: the shares differ by one client at most.
        out[client.id] = takers[turn % takers.count]
        turn &+= 1
      }
    }
    return out
  }

  /// What is missing or wrong before anything can be shown.
  package func check(from: AccountID, reason: HandoverReason, among allowed: Set<AccountID>) throws(InvalidForm) {
    var check = Validation()
    if takers.isEmpty, reason == .leaves || method != .rule { check.fail("takers", key: "handover.error.takers") }
    if method == .evenly, takers.count < 2 { check.fail("takers", key: "handover.error.two_takers") }
    if method == .one, takers.count > 1 { check.fail("takers", key: "handover.error.one_taker") }
    if method == .rule, trait == nil { check.fail("trait", key: "handover.error.trait") }
    if takers.count > Self.takerLimit || rules.count > Self.ruleLimit { check.fail("takers", key: "handover.error.too_many") }
    if everyone.contains(from) { check.fail("takers", key: "handover.error.self") }
    if !everyone.subtracting([from]).isSubset(of: allowed) { check.fail("takers", key: "handover.error.not_available") }
    try check.check()
  }
}
