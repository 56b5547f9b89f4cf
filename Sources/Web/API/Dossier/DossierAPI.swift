import Domain
import HTTPTypes
import Markup
import Store

extension Routes.API {
  private static let period = APIParameter("period", .text(3...24), "`all`, a year, or two days `2026-01-01..2026-06-30`.")
  static let dossier = APIRoute<ClientID>(.get, "/clients/:id/dossier", .viewDossier, APIOperation(
    id: "readDossier", group: .dossiers, summary: "A client's value dossier as we read it", query: [period], answer: .found(DossierSchema.inner)))
  static let clientDossier = APIRoute<ClientID>(.get, "/clients/:id/dossier/client", .viewDossier, APIOperation(
    id: "readClientDossier", group: .dossiers, summary: "A client's value dossier as the client reads it",
    details: "Made of entries marked for the client, without anything that is ours.", query: [period], answer: .found(DossierSchema.client)))
  static let addDossierEntry = APIRoute<ClientID>(.post, "/clients/:id/dossier", .editDossier, APIOperation(
    id: "addDossierEntry", group: .dossiers, summary: "Add an entry", body: .json(DossierSchema.input), answer: .made(DossierSchema.entry),
    traits: [.repeatable]))
  static let dossierEntry = APIRoute<DossierEntryID>(.get, "/dossier/:id", .viewDossier, APIOperation(
    id: "readDossierEntry", group: .dossiers, summary: "An entry", answer: .found(DossierSchema.entry)))
  static let changeDossierEntry = APIRoute<DossierEntryID>(.patch, "/dossier/:id", .editDossier, APIOperation(
    id: "changeDossierEntry", group: .dossiers, summary: "Change an entry by a merge patch", body: .mergePatch(DossierSchema.patch),
    answer: .changed(DossierSchema.entry), traits: [.versioned, .repeatable]))
  static let removeDossierEntry = APIRoute<DossierEntryID>(.post, "/dossier/:id/removal", .editDossier, APIOperation(
    id: "removeDossierEntry", group: .dossiers, summary: "Take an entry out", answer: .nothing, traits: [.repeatable]))
  static let proposals = APIRoute<ClientID>(.get, "/clients/:id/proposals", .viewDossier, APIOperation(
    id: "listProposals", group: .dossiers, summary: "What is proposed for a dossier, newest first",
    answer: .found(.shape("DossierProposals", .must("proposals", .list(of: DossierSchema.proposal, max: 50))))))
  static let acceptProposal = APIRoute<DossierProposalID>(.post, "/proposals/:id/acceptance", .editDossier, APIOperation(
    id: "acceptProposal", group: .dossiers, summary: "Make a proposal an entry, in the client's language",
    details: "409 where it is decided already.", body: .json(.shape("Acceptance", .may("isForClient", .boolean)), isOptional: true),
    answer: .made(DossierSchema.entry), traits: [.repeatable, .unique]))
  static let dismissProposal = APIRoute<DossierProposalID>(.post, "/proposals/:id/dismissal", .editDossier, APIOperation(
    id: "dismissProposal", group: .dossiers, summary: "Dismiss a proposal; it does not come back", details: "409 where it is decided already.",
    answer: .changed(DossierSchema.proposal), traits: [.repeatable, .unique]))
  static let rates = APIRoute<Void>(.get, "/rates", .viewDossier, APIOperation(
    id: "listRates", group: .dossiers, summary: "The exchange rates the company keeps",
    answer: .found(.shape("Rates", .must("rates", .list(of: DossierSchema.rate, max: 2000))))))
  static let addRate = APIRoute<Void>(.post, "/rates", .manageRates, APIOperation(
    id: "addRate", group: .dossiers, summary: "Keep a rate", details: "Amounts it concerns are valued anew at once.",
    body: .json(DossierSchema.rateInput), answer: .made(DossierSchema.rate), traits: [.repeatable, .unique]))
  static let removeRate = APIRoute<RateID>(.post, "/rates/:id/removal", .manageRates, APIOperation(
    id: "removeRate", group: .dossiers, summary: "Take a rate away", answer: .nothing, traits: [.repeatable]))
}

enum DossierAPI {
  static func register(_ api: inout APIBook) {
    api.get(Routes.API.dossier) { reader, request, client in
      let dossier = try reader.dossier(of: client, try period(request))
      try request.call.saw(.party, client.rawValue)
      return APIAnswer { w in
        w.object { w in
          w.dossierHead(dossier.head, dossier.headline, dossier.totals)
          w.name("entries")
          w.array(dossier.entries) { $0.dossierEntry($1) }
        }
      }
    }
    api.get(Routes.API.clientDossier) { reader, request, client in
      let dossier = try reader.clientDossier(of: client, try period(request))
      try request.call.saw(.party, client.rawValue)
      return APIAnswer { w in
        w.object { w in
          w.dossierHead(dossier.head, dossier.headline, dossier.totals)
          w.name("entries")
          w.array(dossier.entries) { $0.clientEntry($1) }
        }
      }
    }
    api.change(Routes.API.addDossierEntry) { tx, request, client in
      let blank = DossierEntryDraft(section: .cost, date: CalendarDate(daysSince1970: 0), what: "")
      return try answer(tx, try tx.addDossierEntry(try draft(request.body, over: blank, tx), to: client), status: 201)
    }
    api.get(Routes.API.dossierEntry) { reader, _, id in try answer(reader, id) }
    api.change(Routes.API.changeDossierEntry) { tx, request, id in
      let (old, isRemoved) = try tx.dossierEntry(id)
      guard !isRemoved else { throw Refusal.notFound }
      let version = try request.expected(old.version)
      try tx.changeDossierEntry(id, to: try draft(request.body, over: old.draft, tx), version: version)
      return try answer(tx, id)
    }
    api.change(Routes.API.removeDossierEntry) { tx, _, id in
      try tx.removeDossierEntry(id, version: try tx.dossierEntry(id).entry.version)
      return APIAnswer.nothing
    }
    registerProposals(&api)
    registerRates(&api)
  }

  private static func registerProposals(_ api: inout APIBook) {
    api.get(Routes.API.proposals) { reader, request, client in
      _ = try reader.partyName(client)
      let words = speech(request, try reader.dossierLanguage(of: client))
      let proposals = try reader.proposals(of: client)
      return APIAnswer { w in
        w.object { w in
          w.name("proposals")
          w.array(proposals) { $0.proposal($1, words) }
        }
      }
    }
    api.change(Routes.API.acceptProposal) { tx, request, id in
      let stored = try tx.proposal(id)
      var draft = speech(request, try tx.dossierLanguage(of: stored.clientID)).draft(stored)
      if request.body["isForClient"]?.bool == true { draft.audience = .client }
      return try answer(tx, try tx.acceptProposal(id, as: draft, version: stored.version), status: 201)
    }
    api.change(Routes.API.dismissProposal) { tx, request, id in
      let stored = try tx.proposal(id)
      try tx.dismissProposal(id, version: stored.version)
      let now = try tx.proposal(id)
      let words = speech(request, try tx.dossierLanguage(of: stored.clientID))
      return APIAnswer(200, version: now.version) { $0.proposal(now, words) }
    }
  }

  private static func registerRates(_ api: inout APIBook) {
    api.get(Routes.API.rates) { reader, _ in
      let rates = try reader.rates()
      return APIAnswer { w in
        w.object { w in
          w.name("rates")
          w.array(rates) { $0.rate($1) }
        }
      }
    }
    api.change(Routes.API.addRate) { tx, request in
      let base = try tx.baseCurrency()
      var check = Validation()
      let currency = check.parsed(request.body["currency"]?.text, field: "currency", key: "dossier.error.currency", required: true) { Currency($0) }
      if currency == base { check.fail("currency", key: "dossier.error.rate_base", slots: ["currency": base.code]) }
      let from = check.parsed(request.body["from"]?.text, field: "from", key: "dossier.error.date", required: true) { CalendarDate($0) }
      let value = check.parsed(request.body["value"]?.text, field: "value", key: "dossier.error.rate", required: true) { RateValue($0) }
      try check.check()
      guard let currency, let from, let value else { throw InvalidForm(check.messages) }
      let line = try tx.rate(try tx.addRate(ExchangeRate(currency: currency, base: base, from: from, value: value)))
      return APIAnswer(201, version: line.version, location: Routes.API.rates.route.template) { $0.rate(line) }
    }
    api.change(Routes.API.removeRate) { tx, _, id in
      try tx.removeRate(id)
      return APIAnswer.nothing
    }
  }

  private static func speech(_ request: APIRequest, _ language: Language) -> ProposalWords {
    ProposalWords(request.call.site.words(language, zone: request.call.words.zone.name))
  }

  private static func period(_ request: APIRequest) throws -> DossierPeriod {
    guard let text = request["period"] else { return .all }
    guard let period = DossierPeriod(text) else { throw InvalidForm([FieldMessage(field: "period", key: "dossier.error.date")]) }
    return period
  }

  private static func answer(_ session: some Session, _ id: DossierEntryID, status: Int = 200) throws -> APIAnswer {
    let (entry, isRemoved) = try session.dossierEntry(id)
    guard !isRemoved else { throw Refusal.notFound }
    return APIAnswer(status, version: entry.version, location: status == 201 ? Routes.API.dossierEntry(id) : nil) { $0.dossierEntry(entry) }
  }

  private static func draft(_ body: JSONObject, over old: DossierEntryDraft, _ session: some Session) throws -> DossierEntryDraft {
    var draft = old
    var check = Validation()
    func text(_ name: String, _ before: String) -> String { body[name].map { $0.filled ?? "" } ?? before }
    if let section = body["section"]?.text.flatMap(DossierSection.init(rawValue:)) { draft.section = section }
    if let date = body["date"]?.text.flatMap({ CalendarDate($0) }) { draft.date = date }
    if draft.date.year < 1900 || draft.date > session.today { check.fail("date", key: "dossier.error.future") }
    draft.what = text("what", draft.what)
    if draft.what.isEmpty { check.fail("what", key: "field.required") }
    (draft.why, draft.proof, draft.note) = (text("why", draft.why), text("proof", draft.proof), text("note", draft.note))
    if let story = body["story"]?.object {
      draft.story = DossierStory(asked: story["asked"]?.text ?? "", did: story["did"]?.text ?? "", took: story["took"]?.text ?? "")
    }
    if let amount = body["amount"] { draft.amount = amount.object.flatMap { self.amount($0, &check) } }
    if let project = body["projectId"] { draft.project = project.integer.map(DealID.init(rawValue:)) }
    if case .bool(let isForClient)? = body["isForClient"] { draft.audience = isForClient ? .client : .inner }
    if case .array(let evidence)? = body["evidence"] { draft.evidence = evidence.compactMap { $0.integer.map(HistoryID.init(rawValue:)) } }
    try check.check()
    return draft
  }

  private static func amount(_ body: JSONObject, _ check: inout Validation) -> DossierAmount? {
    guard let currency = body["currency"]?.text.flatMap({ Currency($0) }) else {
      check.fail("amount.currency", key: "dossier.error.currency")
      return nil
    }
    let text = body["amount"]?.text, field = "amount.amount", key = "dossier.error.amount"
    guard let basis = body["basis"]?.text.flatMap(AmountBasis.init(rawValue:)), !(text ?? "").trimmingBlanks.isEmpty else {
      check.fail(field, key: key)
      return nil
    }
    guard let money = check.money(text, field: field, key: key, in: currency, decimal: .point) else { return nil }
    return DossierAmount(money, basis: basis, workings: body["workings"]?.text ?? "")
  }
}

extension JSONWriter {
  fileprivate mutating func proposal(_ stored: StoredProposal, _ words: ProposalWords) {
    let draft = words.draft(stored)
    object { w in
      w.field("id", stored.id)
      w.field("version", stored.version)
      w.field("clientId", stored.clientID)
      w.field("rule", word: stored.proposal.rule)
      w.field("section", word: stored.section)
      w.field("state", word: stored.state)
      w.field("what", draft.what)
      w.field("date", draft.date)
      w.field("money", draft.amount?.money)
      w.field("projectId", stored.proposal.deal)
      w.field("entryId", stored.historyID)
      w.field("madeAt", stored.madeAt)
    }
  }

  fileprivate mutating func rate(_ line: RateLine) {
    object { w in
      w.field("id", line.id)
      w.field("version", line.version)
      w.field("currency", line.rate.currency.code)
      w.field("base", line.rate.base.code)
      w.field("from", line.rate.from)
      w.field("value", line.rate.value.plain)
      w.field("recordedAt", line.recordedAt)
    }
  }
}
