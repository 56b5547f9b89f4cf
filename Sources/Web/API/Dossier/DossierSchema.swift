import Domain
import Store

/// Dossiers as the API takes and gives them. Amounts are decimal text, since a JSON number is not exact.
enum DossierSchema {
  static let amount = Schema.object(Shape("DossierAmount", [
    .must("amount", .text(1...30), "`1200.50`: a point, no groups; from zero to \(Money.largest) of the currency's smallest units."), .must("currency", .text(3...3), "ISO 4217."),
    .must("basis", .choice(AmountBasis.self), "How it is known."), .may("workings", .text(max: DossierLimits.text), "How it was worked out; the client may read it."),
  ]))
  static let money = Schema.object(Shape("DossierMoney", [.must("amount", .text(max: 30)), .must("currency", .text(max: 3))]))
  static let story = Schema.object(Shape("DossierStory", ["asked", "did", "took"].map { .may($0, .text(max: DossierLimits.text)) }))

  private static let written: [SchemaField] = [
    .may("why", .text(max: DossierLimits.text), "Why it mattered."), .may("story", story, "Of a special condition."),
    .may("amount", amount.orNull), .may("proof", .text(max: DossierLimits.proof), "What proves it; the client may read it."),
  ]
  private static let own: [SchemaField] = [
    .may("projectId", Schema.id.orNull), .may("isForClient", .boolean, "Whether the client may read it; false when absent."),
    .may("note", .text(max: DossierLimits.text), "Ours alone."),
    .may("evidence", .list(of: .id, max: DossierLimits.evidence), "History entries it rests on."),
  ]
  private static let section = Schema.choice(DossierSection.written.map(\.rawValue))
  static let input = Schema.object(Shape(
    "DossierEntryInput", [.must("section", section), .must("date", .date), .must("what", .text(1...DossierLimits.what))] + written + own))
  static let patch = Schema.object(Shape(
    "DossierEntryPatch", [.may("section", section), .may("date", .date), .may("what", .text(1...DossierLimits.what))] + written + own))

  private static let shown: [SchemaField] = [
    .must("section", section), .must("date", .date), .must("what", .text(max: DossierLimits.what)), .must("project", Schema.text(max: 300).orNull),
    .must("value", money.orNull, "In the company's currency; null without an amount or a rate on that day."),
  ] + written.map(\.always)
  static let entry = Schema.object(Shape(
    "DossierEntry",
    [.must("id", .id), .must("version", .version), .must("clientId", .id), .must("authorId", Schema.id.orNull), .must("recordedAt", .instant)]
      + shown + own.map(\.always)))
  static let clientEntry = Schema.object(Shape("ClientDossierEntry", shown))

  private static let sum: [SchemaField] = [
    .must("total", money), .must("entries", .integer(0...Int64.max)),
    .must("unconverted", .list(of: money, max: 200), "Amounts without a rate, which the total leaves out."),
  ]
  static let sumShape = Schema.object(Shape("DossierSum", sum))
  static let headline = Schema.object(Shape("DossierHeadline", [
    .must("since", Schema.date.orNull), .must("years", .integer(0...Int64.max)), .must("projects", .integer(0...Int64.max)),
    .must("given", sumShape), .must("benefit", sumShape), .must("promisesKept", Schema.integer(0...Int64.max).orNull),
    .must("promisesDue", Schema.integer(0...Int64.max).orNull),
  ]))
  static func face(_ name: String, _ entry: Schema) -> Schema {
    .object(Shape(name, [
      .must("clientId", .id), .must("client", .text(max: 300)), .must("currency", .text(max: 3)), .must("period", .text(max: 30)),
      .must("headline", headline), .must("sections", .list(of: .object(Shape("\(name)Section", [.must("section", section), .must("sum", sumShape)])), max: 4)),
      .must("all", sumShape), .must("entries", .list(of: entry, max: DossierLimits.entries), "Oldest first."),
    ]))
  }
  static let inner = face("Dossier", entry)
  static let client = face("ClientDossier", clientEntry)

  static let rateInput = Schema.object(Shape("RateInput", [
    .must("currency", .text(3...3)), .must("from", .date, "In force from that day."), .must("value", .text(1...20), "What one unit is worth in the company's currency: `0.2345`."),
  ]))
  static let rate = Schema.object(Shape("Rate", [
    .must("id", .id), .must("version", .version), .must("currency", .text(max: 3)), .must("base", .text(max: 3)), .must("from", .date),
    .must("value", .text(max: 20)), .must("recordedAt", .instant),
  ]))
  static let proposal = Schema.object(Shape("DossierProposal", [
    .must("id", .id), .must("version", .version), .must("clientId", .id), .must("rule", .choice(ProposalRule.self)), .must("section", section),
    .must("state", .choice(StoredProposal.State.self)), .must("what", .text(max: DossierLimits.what), "In the client's language."),
    .must("date", .date), .must("money", money.orNull), .must("projectId", Schema.id.orNull), .must("entryId", Schema.id.orNull, "The history entry it comes from."),
    .must("madeAt", .instant),
  ]))
}

extension JSONWriter {
  mutating func field(_ name: String, _ money: Money?) {
    self.name(name)
    guard let money else { return null() }
    self.money(money)
  }

  mutating func money(_ money: Money) {
    object { w in
      w.field("amount", money.plain)
      w.field("currency", money.currency.code)
    }
  }

  mutating func sum(_ sum: DossierSum) {
    object { w in
      w.field("total", sum.total)
      w.field("entries", sum.entries)
      w.name("unconverted")
      w.array(sum.unconverted) { $0.money($1) }
    }
  }

  /// What both faces show.
  private mutating func shown(_ line: some DossierLine) {
    field("section", word: line.section)
    field("date", line.date)
    field("what", line.what)
    field("project", line.projectName)
    field("value", line.value)
    field("why", line.why)
    name("story")
    object { w in
      w.field("asked", line.story.asked)
      w.field("did", line.story.did)
      w.field("took", line.story.took)
    }
    name("amount")
    if let amount = line.amount {
      object { w in
        w.field("amount", amount.money.plain)
        w.field("currency", amount.money.currency.code)
        w.field("basis", word: amount.basis)
        w.field("workings", amount.workings)
      }
    } else {
      null()
    }
    field("proof", line.proof)
  }

  mutating func dossierEntry(_ entry: DossierEntry) {
    object { w in
      w.field("id", entry.id)
      w.field("version", entry.version)
      w.field("clientId", entry.clientID)
      w.field("authorId", entry.authorID)
      w.field("recordedAt", entry.recordedAt)
      w.shown(entry)
      w.field("projectId", entry.draft.project)
      w.field("isForClient", entry.draft.audience == .client)
      w.field("note", entry.draft.note)
      w.name("evidence")
      w.array(entry.draft.evidence) { $0.integer($1.rawValue) }
    }
  }

  mutating func clientEntry(_ entry: ClientDossier.Entry) { object { $0.shown(entry) } }

  mutating func dossierHead(_ head: DossierHead, _ headline: DossierHeadline, _ totals: DossierTotals) {
    field("clientId", head.clientID)
    field("client", head.client)
    field("currency", head.base.code)
    field("period", head.period.description)
    name("headline")
    object { w in
      w.field("since", headline.since)
      w.field("years", headline.years)
      w.field("projects", headline.projects)
      w.name("given")
      w.sum(headline.given)
      w.name("benefit")
      w.sum(headline.benefit)
      w.field("promisesKept", headline.promises?.kept)
      w.field("promisesDue", headline.promises?.due)
    }
    name("sections")
    array(DossierSection.written) { w, section in
      w.object { w in
        w.field("section", word: section)
        w.name("sum")
        w.sum(totals.of(section))
      }
    }
    name("all")
    sum(totals.all)
  }
}
