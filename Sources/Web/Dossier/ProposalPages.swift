import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Deciding a proposal: into the dossier as it is, into it in other words, or away.
enum ProposalPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Proposals.accept, accept)
    book.on(Routes.Proposals.edit) { call, id in
      let (proposal, language) = try await read(call, id)
      let draft = ProposalWords(call.site.words(language, zone: call.words.zone.name)).draft(proposal)
      let subject = try await call.read { try DossierFormSubject($0, proposal.clientID, linked: draft.evidence) }
      var form = DossierForm.form(draft, version: proposal.version)
      if draft.amount == nil { form.set("currency", subject.base.code) }
      return call.answer(DossierEntryPages.page(call, subject, form, [], .proposed(proposal)))
    }
    book.on(Routes.Proposals.save, save)
    book.on(Routes.Proposals.dismiss, dismiss)
  }

  /// With the language its words are written in: the client's, else the company's.
  private static func read(_ call: Call, _ id: DossierProposalID) async throws -> (StoredProposal, Language) {
    try await call.read { reader in
      let proposal = try reader.proposal(id)
      return (proposal, try reader.dossierLanguage(of: proposal.clientID))
    }
  }

  private static func accept(_ call: Call, _ id: DossierProposalID) async throws -> Response {
    let form = try await call.form()
    let version = try DossierEntryPages.version(form), isForClient = form["audience"] == DossierAudience.client.rawValue
    let (proposal, language) = try await read(call, id)
    var draft = ProposalWords(call.site.words(language, zone: call.words.zone.name)).draft(proposal)
    draft.audience = isForClient ? .client : .inner
    let back = Routes.Dossier.page(proposal.clientID)
    let undo = try await call.write { [draft] tx in
      try tx.acceptProposal(id, as: draft, version: version)
      return try tx.leaveUndo(ofAccepting: id, returnTo: back)
    }
    return call.redirect(to: back, undo: undo)
  }

  private static func save(_ call: Call, _ id: DossierProposalID) async throws -> Response {
    let form = try await call.form()
    let (proposal, _) = try await read(call, id)
    let back = Routes.Dossier.page(proposal.clientID), today = call.today
    return try await call.submit {
      let draft = try DossierForm.draft(form, today: today), version = try DossierEntryPages.version(form)
      return try await call.write { tx in
        try tx.acceptProposal(id, as: draft, version: version)
        return try tx.leaveUndo(ofAccepting: id, returnTo: back)
      }
    } again: { messages in
      DossierEntryPages.page(call, try await DossierEntryPages.subject(call, proposal.clientID, form), form, messages, .proposed(proposal))
    } then: { call.redirect(to: back, undo: $0) }
  }

  private static func dismiss(_ call: Call, _ id: DossierProposalID) async throws -> Response {
    let version = try DossierEntryPages.version(try await call.form())
    let (back, undo) = try await call.write { tx in
      let back = Routes.Dossier.page(try tx.proposal(id).clientID)
      try tx.dismissProposal(id, version: version)
      return (back, try tx.leaveUndo(ofDismissing: id, returnTo: back))
    }
    return call.redirect(to: back, undo: undo)
  }
}

/// What waits to be decided, on the client's dossier.
enum ProposalPanel {
  static func html(_ proposals: [StoredProposal], _ call: Call) -> HTML {
    guard !proposals.isEmpty else { return "" }
    let w = call.words
    return """
      <section class="card no-print" aria-labelledby="proposals"><header><h2 id="proposals">\(w("dossier.proposals")) <span class="count">\(proposals.count)</span></h2></header>
      <p class="meta">\(w("dossier.proposals_text"))</p><ul class="items">\(proposals.map { item($0, call) })</ul></section>
      """
  }

  private static func item(_ stored: StoredProposal, _ call: Call) -> HTML {
    let w = call.words
    let draft = ProposalWords(w).draft(stored)
    let amount: HTML = draft.amount.map { " <b>\(w.formats.money($0.money))</b>" } ?? ""
    let origin: HTML = stored.historyID.map { " · <a href=\"\(Routes.History.entry($0))\">\(w("dossier.from_entry"))</a>" } ?? ""
    let section = w("dossier.section_title", ["number": "\(stored.section.number)", "title": w("dossier.section.\(stored.section)")])
    let named = ["what": draft.what]
    let client: HTML = call.may(.showToClient) ? """
      <button class="small" name="audience" value="client" aria-label="\(w("dossier.accept_client_named", named))">\(w("dossier.accept_client"))</button>
      """ : ""
    return """
      <li><div>\(draft.what)\(amount)<p class="meta">\(w.formats.date(draft.date)) · \(section)\(origin)</p></div>
      <form class="actions" method="post" action="\(Routes.Proposals.accept(stored.id))"><input type="hidden" name="version" value="\(stored.version)">\
      <button class="small" aria-label="\(w("dossier.accept_named", named))">\(call.icon("check"))\(w("dossier.accept"))</button>\(client)\
      <a class="button small" href="\(Routes.Proposals.edit(stored.id))" data-dialog aria-label="\(w("dossier.edit_named", named))">\(w("dossier.edit"))</a>\
      <button class="small quiet" formaction="\(Routes.Proposals.dismiss(stored.id))" aria-label="\(w("dossier.dismiss_named", named))">\(w("dossier.dismiss"))</button></form></li>
      """
  }
}

/// A proposal's sentences. They are made in the client's language when they go into the dossier, in the reader's while they wait.
struct ProposalWords {
  private let w: Words
  init(_ words: Words) { w = words }

  func draft(_ stored: StoredProposal) -> DossierEntryDraft {
    let proposal = stored.proposal
    let slots = slots(proposal)
    let key = "dossier.rule.\(proposal.rule.rawValue)"
    let variant = proposal.slots["project"] == nil && w.catalog.has("\(key).what_plain") ? "\(key).what_plain" : "\(key).what"
    let days = proposal.slots["days"].flatMap { Int($0) }
    let what = days.map { w.count(variant, $0, slots) } ?? w(variant, slots)
    let workings = proposal.money != nil && w.catalog.has("\(key).workings") ? w("\(key).workings", slots) : ""
    return DossierEntryDraft(
      section: stored.section, project: proposal.deal, date: proposal.date, what: String(what.prefix(DossierLimits.what)),
      why: w("\(key).why"), amount: proposal.money.map { DossierAmount($0, basis: proposal.basis ?? .estimated, workings: workings) },
      evidence: [stored.historyID].compactMap(\.self))
  }

  /// Dates, amounts and times as this language writes them.
  private func slots(_ proposal: Proposal) -> [String: String] {
    var slots = proposal.slots
    for name in ["to", "ended"] {
      if let date = slots[name].flatMap({ CalendarDate($0) }) { slots[name] = w.formats.date(date) }
    }
    if let currency = proposal.money?.currency {
      for name in ["high", "low", "hour"] {
        if let money = slots[name].flatMap({ Money($0, currency: currency, decimal: .point) }) { slots[name] = w.formats.money(money) }
      }
    }
    if let minutes = slots["minutes"].flatMap({ Int($0) }) {
      slots["time"] = w("dossier.duration", ["hours": w.formats.integer(minutes / 60), "minutes": w.formats.integer(minutes % 60)])
    }
    return slots
  }
}
