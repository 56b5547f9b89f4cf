import Domain
import Markup
import Store

/// Automatic entries in the reader's words. They are stored as values, so that they read in any language.
struct EventWords {
  private let timeline: Timeline
  private let party: PartyID
  private let w: Words
  private let namesDeals: Bool

  init(_ timeline: Timeline, party: PartyID, _ words: Words, namesDeals: Bool) {
    self.timeline = timeline
    self.party = party
    w = words
    self.namesDeals = namesDeals
  }

  func sentence(_ entry: TimelineEntry) -> String {
    switch entry.event {
    case nil: w("history.event.unreadable")
    case .partyCreated: w("history.event.created")
    case .partyChanged(let changes): w("history.event.changed", ["fields": changes.map { field($0.field) }.joined(separator: ", ")])
    case .partyArchived: w("history.event.archived")
    case .partyRemoved: w("history.event.removed")
    case .partyRestored: w("history.event.restored")
    case .imported(let note):
      note.lastContact.map { w("history.event.imported_contact", ["date": w.formats.date($0)]) } ?? w("history.event.imported")
    case .merged(let note): w("history.event.merged", ["name": note.name])
    case .ownerChanged(let change): owner(change)
    case .managerChanged(let change): manager(change)
    case .tieBegan(let tie): self.tie("began", tie)
    case .tieChanged(let tie): self.tie("changed", tie)
    case .tieEnded(let tie): self.tie("ended", tie)
    case .factAdded(let fact): w("history.event.fact_added", ["text": fact.text])
    case .factChanged(let fact): w("history.event.fact_changed", ["text": fact.text])
    case .factEnded(let fact): w("history.event.fact_ended", ["text": fact.text])
    case .factRestored(let fact): w("history.event.fact_restored", ["text": fact.text])
    case .dossierAdded(let note): w("history.event.dossier_added", ["text": note.what])
    case .dossierChanged(let note): w("history.event.dossier_changed", ["text": note.what])
    case .dossierRemoved(let note): w("history.event.dossier_removed", ["text": note.what])
    case .dossierRestored(let note): w("history.event.dossier_restored", ["text": note.what])
    case .deal(let event): DealEventWords(timeline, w, namesDeals: namesDeals).sentence(event)
    case .dossierShared(let note): shared("shared", note)
    case .dossierOpened(let note): shared("opened", note)
    case .dossierUnshared(let note): shared("unshared", note)
    case .snoozed(let note): snoozed(note)
    case .reasonPassed(let note): passed(note)
    case .promise(let change, let note): PromiseEventWords(w).sentence(change, note)
    case .taskDone(let task): w("history.event.task_done", ["title": task.title])
    case .taskReopened(let task): w("history.event.task_reopened", ["title": task.title])
    }
  }

  /// Both values of each changed field.
  func details(_ entry: TimelineEntry) -> HTML {
    switch entry.event {
    case .partyChanged(let changes):
      let lines = changes.map { change -> HTML in "<p class=\"diff\">\(field(change.field)): \(difference(change.old, change.new))</p>" }
      return "<details><summary>\(w("history.event.values"))</summary>\(lines)</details>"
    case .promise(_, let note): return PromiseEventWords(w).details(note)
    case .factChanged(let fact):
      guard let old = fact.old else { return "" }
      return "<details><summary>\(w("history.event.values"))</summary><p class=\"diff\">\(difference(old, fact.text))</p></details>"
    default: return ""
    }
  }

  private func difference(_ old: String, _ new: String) -> HTML {
    let before: HTML = old.isEmpty ? "" : "<del>\(old)</del> "
    let after: HTML = new.isEmpty ? "" : "<ins>\(new)</ins>"
    return before + after
  }

  private func field(_ name: String) -> String {
    let key = "clients.field.\(name)"
    return w.catalog.has(key) ? w(key) : w("history.event.own_field")
  }

  private func owner(_ change: OwnerChange) -> String {
    let from = change.from.flatMap { timeline.accounts[$0] }, to = change.to.flatMap { timeline.accounts[$0] }
    return switch (from, to) {
    case (let from?, let to?): w("history.event.owner", ["from": from, "to": to])
    case (nil, let to?): w("history.event.owner_set", ["to": to])
    case (let from?, nil): w("history.event.owner_unset", ["from": from])
    case (nil, nil): w("history.event.owner_changed")
    }
  }

  private func shared(_ what: String, _ note: ShareNote) -> String {
    if note.recipient.isEmpty { return w("history.event.dossier_\(what)") }
    return w("history.event.dossier_\(what)_for", ["name": note.recipient])
  }

  private func manager(_ change: ManagerChange) -> String {
    let from = change.from.flatMap { timeline.people[$0] }, to = change.to.flatMap { timeline.people[$0] }
    return switch (from, to) {
    case (let from?, let to?): w("history.event.manager", ["from": from, "to": to])
    case (nil, let to?): w("history.event.manager_set", ["to": to])
    case (let from?, nil): w("history.event.manager_unset", ["from": from])
    case (nil, nil): w("history.event.manager_changed")
    }
  }

  private func snoozed(_ note: SnoozeNote) -> String {
    let date = w.formats.date(note.until)
    switch (note.untilAnswer, note.why.isEmpty) {
    case (true, true): return w("history.event.snoozed_answer")
    case (true, false): return w("history.event.snoozed_answer_why", ["why": note.why])
    case (false, true): return w("history.event.snoozed", ["date": date])
    case (false, false): return w("history.event.snoozed_why", ["date": date, "why": note.why])
    }
  }

  private func passed(_ note: ReasonPassing) -> String {
    let to = timeline.accounts[note.to] ?? w("history.someone"), what = w("today.kind.\(note.kind.rawValue)")
    if note.text.isEmpty { return w("history.event.reason_passed", ["what": what, "to": to]) }
    return w("history.event.reason_passed_text", ["what": what, "text": note.text, "to": to])
  }

  /// Told from the side of whoever's page it is on.
  private func tie(_ what: String, _ tie: TieNote) -> String {
    let other = party == tie.person ? tie.company : tie.person
    let name = timeline.people[other] ?? w("history.someone")
    let side = party == tie.person ? "company" : "person"
    if tie.role.isEmpty { return w("history.event.tie_\(what).\(side)", ["name": name]) }
    return w("history.event.tie_\(what)_role.\(side)", ["name": name, "role": tie.role])
  }
}
