import Domain
import Testing

/// Who gets which client: by method, by rule, and over both what was given one by one.
struct HandoverPlanTests {
  static let a = AccountID(1), b = AccountID(2), c = AccountID(3), leaver = AccountID(9)

  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let plan: HandoverPlan
    let clients: [SplitClient]
    var choices: [ClientID: AccountID?] = [:]
    /// By the clients' ids in their order.
    let expected: [AccountID?]
  }

  static func clients(_ values: [Set<String>]) -> [SplitClient] {
    values.enumerated().map { SplitClient(id: ClientID(Int64($0.offset + 1)), values: $0.element) }
  }
  static let four = clients([[], [], [], []])
  static let languages = clients([["bg"], ["ru"], ["bg"], [], ["pl"], []])

  static let cases: [Case] = [
    Case(description: "all to one", plan: HandoverPlan(takers: [a]), clients: four, expected: [a, a, a, a]),
    Case(description: "evenly", plan: HandoverPlan(method: .evenly, takers: [a, b]), clients: four, expected: [a, b, a, b]),
    Case(
      description: "evenly, an odd number", plan: HandoverPlan(method: .evenly, takers: [a, b, c]), clients: four, expected: [a, b, c, a]),
    Case(
      description: "evenly, whatever order they come in", plan: HandoverPlan(method: .evenly, takers: [a, b]), clients: four.reversed(),
      expected: [a, b, a, b]),
    Case(
      description: "a choice takes no turn", plan: HandoverPlan(method: .evenly, takers: [a, b]), clients: four, choices: [ClientID(1): c],
      expected: [c, a, b, a]),
    Case(description: "one client stays", plan: HandoverPlan(takers: [a]), clients: four, choices: [ClientID(2): nil], expected: [a, nil, a, a]),
    Case(
      description: "by language, the rest shared",
      plan: HandoverPlan(method: .rule, takers: [b, c], trait: .language, rules: [SplitRule(value: "bg", to: a), SplitRule(value: "ru", to: b)]),
      clients: languages, expected: [a, b, a, b, c, b]),
    Case(
      description: "nobody for the rest: it stays",
      plan: HandoverPlan(method: .rule, takers: [], trait: .language, rules: [SplitRule(value: "bg", to: a)]), clients: languages,
      expected: [a, nil, a, nil, nil, nil]),
    Case(
      description: "the first rule that fits decides",
      plan: HandoverPlan(method: .rule, takers: [c], trait: .tag, rules: [SplitRule(value: "7", to: b), SplitRule(value: "5", to: a)]),
      clients: clients([["5", "7"], ["5"], ["6"]]), expected: [b, a, c]),
    Case(
      description: "rules of another method are asleep", plan: HandoverPlan(takers: [c], trait: .tag, rules: [SplitRule(value: "5", to: a)]),
      clients: clients([["5"]]), expected: [c]),
    Case(description: "no clients", plan: HandoverPlan(takers: [a]), clients: [], expected: []),
  ]

  @Test(arguments: cases) func assigns(one: Case) {
    let result = one.plan.assign(one.clients, choices: one.choices)
    #expect(result.count == one.clients.count)
    #expect(one.clients.sorted { $0.id < $1.id }.map { result[$0.id] ?? nil } == one.expected)
  }

  @Test(arguments: [2, 3, 7, 20]) func sharesDifferByOneAtMost(takers: Int) {
    let people = (1...takers).map { AccountID(Int64($0)) }
    let clients = (1...1003).map { SplitClient(id: ClientID(Int64($0))) }
    let counts = Dictionary(grouping: HandoverPlan(method: .evenly, takers: people).assign(clients).values.compactMap(\.self), by: \.self).values.map(\.count)
    #expect(counts.count == takers)
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
  }

  @Test(arguments: [
    (HandoverPlan(), HandoverReason.leaves, "handover.error.takers"),
    (HandoverPlan(takers: [a, b]), .leaves, "handover.error.one_taker"),
    (HandoverPlan(method: .evenly, takers: [a]), .leaves, "handover.error.two_takers"),
    (HandoverPlan(method: .rule, takers: [a]), .leaves, "handover.error.trait"),
    (HandoverPlan(method: .rule, takers: [], trait: .tag), .leaves, "handover.error.takers"),
    (HandoverPlan(takers: [leaver]), .leaves, "handover.error.self"),
    (HandoverPlan(takers: [AccountID(77)]), .leaves, "handover.error.not_available"),
    (HandoverPlan(takers: [a], rest: AccountID(77)), .leaves, "handover.error.not_available"),
    (HandoverPlan(method: .evenly, takers: (10...31).map { AccountID($0) }), .changes, "handover.error.too_many"),
  ]) func refuses(plan: HandoverPlan, reason: HandoverReason, key: String) {
    #expect {
      try plan.check(from: Self.leaver, reason: reason, among: [Self.a, Self.b, Self.c])
    } throws: { error in
      (error as? InvalidForm)?.messages.contains { $0.key == key } == true
    }
  }

  @Test func acceptsWhatIsComplete() throws {
    let all: Set = [Self.a, Self.b]
    try HandoverPlan(takers: [Self.a]).check(from: Self.leaver, reason: .leaves, among: all)
    try HandoverPlan(method: .evenly, takers: [Self.a, Self.b]).check(from: Self.leaver, reason: .leaves, among: all)
    // Whoever stays keeps what no rule names.
    try HandoverPlan(method: .rule, trait: .tag).check(from: Self.leaver, reason: .changes, among: all)
  }
}
