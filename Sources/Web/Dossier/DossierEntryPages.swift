import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Adding an entry, changing it, taking it out; from the dossier, and from the timeline in two clicks.
enum DossierEntryPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Dossier.new) { call, client in
      let entry = call.query["entry"].flatMap { HistoryID($0) }
      let subject = try await call.read { try DossierFormSubject($0, client, linked: [entry].compactMap(\.self)) }
      var pairs = [
        ("section", call.query["section"] ?? DossierSection.cost.rawValue), ("date", call.today.description),
        ("currency", subject.base.code), ("project", call.query["project"] ?? ""),
      ]
      if let entry { pairs.append(("evidence", entry.description)) }
      return call.answer(page(call, subject, Form(pairs), [], .new))
    }
    book.on(Routes.Dossier.add, add)
    book.on(Routes.Dossier.edit) { call, id in
      let (entry, subject) = try await read(call, id)
      return call.answer(page(call, subject, DossierForm.form(entry.draft, version: entry.version), [], .old(entry)))
    }
    book.on(Routes.Dossier.save, save)
    book.on(Routes.Dossier.remove, remove)
    book.on(Routes.Dossier.show, show)
    book.on(Routes.Dossier.fromHistory, fromHistory)
  }

  enum Kind: Sendable {
    case new
    case old(DossierEntry)
    case proposed(StoredProposal)
  }

  private static func read(_ call: Call, _ id: DossierEntryID) async throws -> (DossierEntry, DossierFormSubject) {
    try await call.read { reader in
      let (entry, isRemoved) = try reader.dossierEntry(id)
      guard !isRemoved else { throw Refusal.notFound }
      return (entry, try DossierFormSubject(reader, entry.clientID, linked: entry.draft.evidence))
    }
  }

  private static func add(_ call: Call, _ client: ClientID) async throws -> Response {
    let form = try await call.form()
    let back = Routes.Dossier.page(client), today = call.today
    return try await call.submit {
      let draft = try DossierForm.draft(form, today: today)
      return try await call.write { tx in
        try tx.leaveUndo(ofAddingEntry: tx.addDossierEntry(draft, to: client), returnTo: back)
      }
    } again: { messages in
      page(call, try await subject(call, client, form), form, messages, .new)
    } then: { call.redirect(to: back, undo: $0) }
  }

  static func subject(_ call: Call, _ client: ClientID, _ form: Form) async throws -> DossierFormSubject {
    try await call.read { try DossierFormSubject($0, client, linked: form.all("evidence").compactMap { HistoryID($0) }) }
  }

  private static func save(_ call: Call, _ id: DossierEntryID) async throws -> Response {
    let form = try await call.form()
    let (old, subject) = try await read(call, id)
    let back = Routes.Dossier.page(old.clientID), today = call.today
    do {
      return try await call.submit {
        let draft = try DossierForm.draft(form, today: today), version = try version(form)
        return try await call.write { tx in
          try tx.changeDossierEntry(id, to: draft, version: version)
          return try tx.leaveUndo(ofChangingEntry: id, version: version + 1, from: old.draft, returnTo: back)
        }
      } again: { messages in
        page(call, subject, form, messages, .old(old))
      } then: { call.redirect(to: back, undo: $0) }
    } catch Refusal.conflict {
      let (now, subject) = try await read(call, id)
      return call.answer(page(call, subject, form, [], .old(now), conflict: now), status: .conflict)
    }
  }

  private static func remove(_ call: Call, _ id: DossierEntryID) async throws -> Response {
    let version = try version(try await call.form())
    let (back, undo) = try await call.write { tx in
      let back = Routes.Dossier.page(try tx.dossierEntry(id).entry.clientID)
      try tx.removeDossierEntry(id, version: version)
      return (back, try tx.leaveUndo(ofRemovingEntry: id, version: version + 1, returnTo: back))
    }
    return call.redirect(to: back, undo: undo)
  }

  private static func show(_ call: Call, _ id: DossierEntryID) async throws -> Response {
    let form = try await call.form()
    let version = try version(form), audience = DossierAudience(rawValue: form["audience"]) ?? .inner
    let (back, undo) = try await call.write { tx in
      let old = try tx.dossierEntry(id).entry
      let back = Routes.Dossier.page(old.clientID)
      try tx.setAudience(audience, of: id, version: version)
      return (back, try tx.leaveUndo(ofChangingEntry: id, version: version + 1, from: old.draft, returnTo: back))
    }
    return call.redirect(to: back, undo: undo)
  }

  /// What was said or done becomes an entry of ours at once; words and amount can be given then.
  private static func fromHistory(_ call: Call, _ id: HistoryID) async throws -> Response {
    let w = call.words, zone = call.words.zone
    let (back, undo) = try await call.write { tx in
      let timeline = try tx.entryPage(id)
      guard let entry = timeline.entries.first, entry.supersededBy == nil, entry.kind != .withdrawal else { throw Refusal.notFound }
      let line = (entry.subject.isEmpty ? entry.body : entry.subject).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      let title = line.isEmpty ? entry.channel.map { w("history.channel.\($0.rawValue)") } ?? w("dossier.event") : line
      let free = try tx.freeHelp(of: id)
      let draft = DossierEntryDraft(
        section: free == nil ? .loyalty : .cost, date: zone.date(entry.occurredAt), what: String(title.prefix(DossierLimits.what)),
        evidence: [id])
      let back = Routes.Dossier.page(entry.clientID)
      return (back, try tx.leaveUndo(ofAddingEntry: tx.addDossierEntry(draft, to: entry.clientID), returnTo: back))
    }
    return call.redirect(to: back, undo: undo)
  }

  static func version(_ form: Form) throws -> Int {
    guard let version = Int(form["version"]), version > 0, version < Int.max else { throw WebError.preconditionRequired }
    return version
  }

  static func page(
    _ call: Call, _ subject: DossierFormSubject, _ form: Form, _ messages: [FieldMessage], _ kind: Kind, conflict: DossierEntry? = nil
  ) -> Page {
    let w = call.words
    var fields = DossierFields(call, subject, form, messages)
    let body = fields.html()
    let back = Routes.Dossier.page(subject.client)
    let title: String, action: String, submit: String, version: Int?
    switch kind {
    case .new: (title, action, submit, version) = (w("dossier.add_for", ["name": subject.name]), Routes.Dossier.add(subject.client), w("dossier.save"), nil)
    case .old(let entry):
      (title, action, submit) = (w("dossier.edit_for", ["name": subject.name]), Routes.Dossier.save(entry.id), w("dossier.save"))
      version = conflict?.version ?? Int(form["version"]) ?? entry.version
    case .proposed(let proposal):
      (title, action, submit) = (w("dossier.add_for", ["name": subject.name]), Routes.Proposals.save(proposal.id), w("dossier.accept"))
      version = Int(form["version"]) ?? proposal.version
    }
    let hidden: HTML = version.map { "<input type=\"hidden\" name=\"version\" value=\"\(String($0))\">" } ?? ""
    let theirs: HTML = conflict.map { now in
      """
      <div class="note warn" role="alert">\(call.icon("warn"))<p>\(w("dossier.conflict")) <b>\(now.draft.what)</b> \
      \(now.draft.amount.map { w.formats.money($0.money) } ?? "")</p></div>
      """
    } ?? ""
    return FormPage(
      title: title, back: back, backTitle: w("dossier.title", ["name": subject.name]), action: action, submit: submit,
      summary: fields.fields.summary + theirs, fields: body + hidden
    ).page(call)
  }
}
