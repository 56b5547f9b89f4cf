import Domain
import Store

/// Promises as the API takes and gives them.
extension PromiseAPI {
  static let stateFilters: [APIParameter] = [
    APIParameter("state", .choice(PromiseFilter.State.self), "`open` when absent; `overdue` and `today` are open ones."),
    APIParameter("side", .choice(PromiseSide.self), "Who promised."), APIParameter("from", .date, "Due on that day or later."),
    APIParameter("until", .date, "Due on that day or earlier."),
  ]
  static let filters = stateFilters + [
    APIParameter("owner", .id, "The account that keeps it or sees to it."), APIParameter("team", .id, "That account's team."),
    APIParameter("client", .id, "A client's."),
  ]
  static let shareFilters: [APIParameter] = [
    APIParameter("from", .date, "A year ago when absent."), APIParameter("until", .date, "Today when absent."),
    APIParameter("side", .choice(PromiseSide.self), "`us` when absent."), APIParameter("owner", .id, "Of one account."),
    APIParameter("team", .id, "Of one team."), APIParameter("client", .id, "Of one client."),
  ]

  private static let terms: [SchemaField] = [
    .may("note", .text(max: PromiseTerms.noteLimit)), .may("personId", Schema.id.orNull, "To whom at the client, or who of it."),
    .may("ownerId", .id, "The account that keeps it or sees to it; one's own when absent."),
  ]
  private static let due: [SchemaField] = [
    .must("dueDate", .date), .may("dueTime", .text(max: 8), "16:00; the whole day when absent."),
    .may("zone", .text(max: 64), "IANA name of the zone whose clock is meant; the account's when absent."),
  ]
  static let input = Schema.object(Shape("PromiseInput", [
    .must("side", .choice(PromiseSide.self), "`us`: we promised."), .must("what", .text(1...PromiseTerms.whatLimit)),
  ] + due + terms + [.may("entryId", .id, "The client's entry it was made in.")]))
  static let patch = Schema.object(Shape("PromisePatch", [
    .may("side", .choice(PromiseSide.self)), .may("what", .text(1...PromiseTerms.whatLimit)),
  ] + terms))
  static let keeping = Schema.shape("PromiseKeeping", .may("keptAt", .instant, "When it was done; now when absent."))
  static let reason = Schema.shape("PromiseReason", .may("reason", .text(max: PromiseTerms.reasonLimit)))
  static let renegotiation = Schema.object(Shape("PromiseRenegotiation", due + [.must("reason", .text(1...PromiseTerms.reasonLimit))]))

  private static let evidence = Schema.shape("PromiseEvidence",
    .must("id", .id), .must("entryId", Schema.id.orNull), .must("attachmentId", Schema.id.orNull),
    .must("url", Schema.text(max: PromiseEvidence.linkLimit).orNull))
  static let promise = Schema.shape("Promise",
    .must("id", .id), .must("version", .version), .must("clientId", .id), .must("side", .choice(PromiseSide.self)),
    .must("what", .text(max: PromiseTerms.whatLimit)), .must("note", .text(max: PromiseTerms.noteLimit)), .must("personId", Schema.id.orNull),
    .must("ownerId", .id), .must("dueDate", .date), .must("dueTime", Schema.text(max: 8).orNull), .must("zone", .text(max: 64)),
    .must("dueAt", .instant, "The last moment at which it is kept on time."), .must("state", .choice(PromiseState.self)),
    .must("madeAt", .instant), .must("settledAt", Schema.instant.orNull), .must("moves", .integer(0...Int64.max), "How often another date was agreed."),
    .must("keptOnTime", .boolean), .must("entryId", Schema.id.orNull), .may("evidence", .list(of: evidence, max: 100), "Of one promise; a list has none."))
  static let page = Schema.shape("PromisePage",
    .must("promises", .list(of: promise, max: 200)), .must("next", Schema.text(max: 2000).orNull))
  static let share = Schema.shape("KeptOnTime",
    .must("months", .list(of: .shape("KeptOnTimeMonth",
      .must("month", .date, "Its first day."), .must("onTime", .integer(0...Int64.max)), .must("counted", .integer(0...Int64.max))), max: 1200)))
}

extension JSONWriter {
  mutating func promise(_ promise: StoredPromise, _ evidence: [EvidenceLine]? = nil) {
    let value = promise.value
    object { w in
      w.field("id", promise.id)
      w.field("version", promise.version)
      w.field("clientId", promise.clientID)
      w.field("side", word: value.terms.side)
      w.field("what", value.terms.what)
      w.field("note", value.terms.note)
      w.field("personId", value.terms.personID)
      w.field("ownerId", value.terms.ownerID)
      w.field("dueDate", value.due.date)
      w.field("dueTime", value.due.time?.description)
      w.field("zone", value.due.zone.name)
      w.field("dueAt", value.due.deadline)
      w.field("state", word: value.state)
      w.field("madeAt", value.madeAt)
      w.field("settledAt", value.settledAt)
      w.field("moves", value.moves)
      w.field("keptOnTime", value.wasKeptOnTime)
      w.field("entryId", promise.entryID)
      if let evidence {
        w.name("evidence")
        w.array(evidence) { $0.evidence($1) }
      }
    }
  }

  private mutating func evidence(_ line: EvidenceLine) {
    var (entry, file, url): (HistoryID?, AttachmentID?, String?) = (nil, nil, nil)
    switch line.evidence {
    case .entry(let id): entry = id
    case .attachment(let id): file = id
    case .link(let text): url = text
    }
    object { w in
      w.field("id", line.id)
      w.field("entryId", entry)
      w.field("attachmentId", file)
      w.field("url", url)
    }
  }
}
