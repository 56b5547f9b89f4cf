import Database
package import Domain

/// Everything one must know of a client before talking with them, on one page (D6). Each section is one query and comes from the
/// feature it is about: a feature adds its line to `BriefingSources.all`.
package struct Briefing: Sendable {
  /// Who they are, and who works there.
  package let view: ClientView
  package let parts: [BriefingPart]
  /// How the client came to the reader, if by a handover.
  package let receipt: BriefingReceipt?
}

package struct BriefingReceipt: Sendable {
  package let id: ReceivedID
  package let isRead: Bool
  package let note: String
  package let from: String?
}

package struct BriefingPart: Sendable {
  /// `briefing.part.<key>` is its heading, `briefing.none.<key>` what is said when it is empty.
  package let key: String
  package let lines: [BriefingLine]
}

/// One line, in values: the page puts it into its reader's words.
package struct BriefingLine: Sendable {
  package enum When: Sendable, Hashable {
    case at(Instant)
    case on(CalendarDate)
    /// The year may be missing.
    case day(PartialDate)
  }
  /// A key of the catalogues: what kind of thing it is.
  package var label: String?
  package var text: String
  /// More of it, in the words of whoever wrote it.
  package var detail = ""
  /// How it is known: short, and no tale of its own.
  package var note = ""
  package var when: When?
  /// Who said, did or owes it.
  package var who: String?
  /// What the line says.
  package var amount: Money?
  /// What it is worth, beside its text.
  package var price: Money?
  package var count: Int?
  /// Late, or forbidden.
  package var isPressing = false

  package init(_ text: String, label: String? = nil) { (self.text, self.label) = (text, label) }
}

package struct BriefingSource: Sendable {
  package let key: String
  /// Who may not see this elsewhere does not see it here.
  let permission: Permission
  let read: @Sendable (any Session, ClientID) throws -> [BriefingLine]

  init(_ key: String, _ permission: Permission, read: @escaping @Sendable (any Session, ClientID) throws -> [BriefingLine]) {
    (self.key, self.permission, self.read) = (key, permission, read)
  }
}

/// In the order of the page: what must not be done first, then what is owed.
package enum BriefingSources {
  package static let all: [BriefingSource] = [
    BriefingSource("avoid", .viewFacts) { try $0.briefingFacts(of: $1, avoid: true) },
    BriefingSource("our_promises", .viewPromises) { try $0.briefingPromises(of: $1, by: .us) },
    BriefingSource("their_promises", .viewPromises) { try $0.briefingPromises(of: $1, by: .client) },
    BriefingSource("tasks", .viewTasks) { try $0.briefingTasks(of: $1) },
    BriefingSource("likes", .viewFacts) { try $0.briefingFacts(of: $1, avoid: false) },
    BriefingSource("contacts", .viewHistory) { try $0.briefingContacts(of: $1) },
    BriefingSource("projects", .viewDeals) { try $0.briefingProjects(of: $1) },
    BriefingSource("value", .viewDossier) { try $0.briefingValue(of: $1) },
  ]
}

extension Session {
  package func briefing(of client: ClientID) throws -> Briefing {
    let view = try clientView(client)
    guard view.stored.draft.isClient else { throw Refusal.notFound }
    let parts = try BriefingSources.all.filter { actor.may($0.permission) }.map { BriefingPart(key: $0.key, lines: try $0.read(self, client)) }
    return Briefing(view: view, parts: parts, receipt: try receipt(of: client))
  }

  /// What holds today, of the client and of whoever works there.
  fileprivate func briefingFacts(of client: ClientID, avoid: Bool) throws -> [BriefingLine] {
    let kinds: SQL = avoid ? "f.kind = \(FactKind.avoid)" : "f.kind <> \(FactKind.avoid)"
    return try connection.rows("""
      SELECT f.kind, f.text, f.date, f.source, f.recorded_at, CASE WHEN p.id = \(client) THEN NULL ELSE p.name END FROM fact f JOIN party p ON p.id = f.party_id
      WHERE (f.party_id = \(client) OR f.party_id IN (SELECT person_id FROM tie WHERE company_id = \(client) AND until_date IS NULL))
        AND \(kinds) AND f.ended_at IS NULL AND (f.ends_on IS NULL OR f.ends_on >= \(today)) AND p.deleted_at IS NULL
      ORDER BY CASE f.kind WHEN 'preference' THEN 0 WHEN 'motivator' THEN 1 WHEN 'date' THEN 2 ELSE 3 END, f.recorded_at DESC, f.id DESC LIMIT 30
      """) { row in
      let kind = try row.next(FactKind.self)
      var line = BriefingLine(try row.next(), label: "facts.kind.\(kind.rawValue)")
      line.when = try row.next(PartialDate?.self).map(BriefingLine.When.day)
      line.note = try row.next()
      row.skip()
      line.who = try row.next()
      line.isPressing = avoid
      return line
    }
  }

  /// The newest contacts that still stand.
  fileprivate func briefingContacts(of client: ClientID) throws -> [BriefingLine] {
    try connection.rows("""
      SELECT h.channel, h.direction, h.occurred_at, h.subject, h.body, h.outcome, a.name FROM history h
        LEFT JOIN history_mark m ON m.history_id = h.id LEFT JOIN account a ON a.id = h.author_id
      WHERE h.client_id = \(client) AND NOT h.automatic AND h.kind = 'contact' AND m.superseded_by IS NULL
      ORDER BY h.occurred_at DESC, h.id DESC LIMIT 5
      """) { row in
      let channel = try row.next(Channel?.self), direction = try row.next(Direction?.self)
      let at = try row.next(Instant.self), subject = try row.next(String.self), body = try row.next(String.self)
      let outcome = try row.next(String.self)
      var line = BriefingLine(subject.isEmpty ? body : subject)
      if let channel { line.label = direction.map { "history.title.\(channel.rawValue).\($0.rawValue)" } ?? "history.channel.\(channel.rawValue)" }
      line.detail = [subject.isEmpty ? "" : body, outcome].filter { !$0.isEmpty }.joined(separator: "\n")
      line.when = .at(at)
      line.who = try row.next()
      return line
    }
  }

  /// What is going on first, then what was.
  fileprivate func briefingProjects(of client: ClientID) throws -> [BriefingLine] {
    let deals = try deals(of: client, limit: 30)
    let open = deals.filter { $0.stage.phase != .finished && $0.stage.phase != .lost }
    let over = deals.filter { $0.stage.phase == .finished || $0.stage.phase == .lost }
    return (open + over).prefix(6).map { deal in
      var line = BriefingLine(deal.draft.name, label: deal.stage.name == nil ? "deals.stage.\(deal.stage.key)" : nil)
      line.detail = [deal.stage.name ?? "", deal.draft.note].filter { !$0.isEmpty }.joined(separator: "\n")
      let day = deal.draft.period.actualUntil ?? deal.draft.period.plannedUntil ?? deal.draft.expectedOn
      line.when = day.map(BriefingLine.When.on)
      line.who = deal.ownerName
      line.price = deal.worth
      return line
    }
  }

  /// What the company has done for them, in the company's currency.
  fileprivate func briefingValue(of client: ClientID) throws -> [BriefingLine] {
    let glance = try dossierGlance(of: client)
    guard glance.entries > 0 else { return [] }
    return [("given", glance.given), ("benefit", glance.benefit)].map { key, amount in
      var line = BriefingLine("", label: "briefing.value.\(key)")
      line.amount = amount
      return line
    }
  }
}
