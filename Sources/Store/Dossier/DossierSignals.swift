import Database
import Domain

/// What the history tells becomes what the rules of the dossier read, in the transaction of the event.
extension Transaction {
  func dossierHears(_ event: HistoryEvent, client: ClientID, entry: HistoryID) throws {
    if case .managerChanged(let change) = event, change.to != nil { try managerCame(to: client) }
    if case .promise(let change, let note) = event, change != .made { return try dossierHears(note.promise, client: client, entry: entry) }
    let signal: DossierSignal? =
      switch event {
      case .deal(let event): try signal(event)
      default: nil
      }
    guard let signal else { return }
    try carryOut(ProposalRules.verdicts(on: signal, today), client: client, from: entry)
  }

  /// The client came back: after a project's end that is support.
  func dossierHears(_ contact: Contact, client: ClientID, entry: HistoryID) throws {
    guard contact.direction == .incoming else { return }
    let day = zone.date(contact.occurredAt)
    guard let ended = try endedDeal(of: client, on: day) else { return }
    try carryOut(ProposalRules.verdicts(on: .contactAfter(ended), day), client: client, from: entry)
  }

  /// As the promise is after the change, on the day it was kept. Short notice counts from when it was given: another date agreed
  /// two days ahead is no haste.
  private func dossierHears(_ id: PromiseID, client: ClientID, entry: HistoryID) throws {
    let kept = try connection.first("""
      SELECT what, made_at, due_at, settled_at, on_time FROM promise WHERE id = \(id) AND side = 'us' AND state = 'kept'
      """) { row in
      let what = try row.next(String.self), made = try row.next(Instant.self), due = try row.next(Instant.self)
      let day = zone.date(try row.next(Instant.self)), hours = Int(clamping: max(0, made.milliseconds(to: due)) / Instant.hour)
      return (day: day, signal: DossierSignal.promiseKept(id.rawValue, what: what, hours: hours, isOnTime: try row.next()))
    }
    let verdicts = ProposalRules.verdicts(on: kept?.signal ?? .promiseReopened(id.rawValue), kept?.day ?? today)
    try carryOut(verdicts, client: client, from: entry)
  }

  private func signal(_ event: DealEvent) throws -> DossierSignal? {
    switch event {
    case .price(let change): return try standing(change.deal).map { .dealStands($0) }
    case .stage(let change): return try standing(change.deal).map { .dealStands($0) }
    case .changed(let changes): return try standing(changes.deal).map { .dealStands($0) }
    case .removed(let note), .restored(let note): return try standing(note.deal).map { .dealStands($0) }
    case .period(let change):
      guard let days = change.movedDays, let to = change.new.plannedUntil ?? change.new.plannedFrom,
        let deal = try standing(change.deal)
      else { return nil }
      return .periodMoved(deal, days: days, to: to, priceStayed: change.priceStayed)
    case .requirement(let note):
      if note.change == .removed { return .requirementRemoved(note.requirement.rawValue) }
      return try standing(note.deal).map {
        .requirementAdded($0, requirement: note.requirement.rawValue, text: note.text, priceStayed: note.absorbed)
      }
    default: return nil
    }
  }

  /// As the deal is after the change, whoever made it.
  private func standing(_ id: DealID) throws -> DealStanding? {
    try connection.first("""
      SELECT d.name, d.currency, d.list_minor, d.agreed_minor, d.final_minor, d.deleted_at, s.phase, d.urgent
      FROM deal d JOIN deal_stage s ON s.id = d.stage_id WHERE d.id = \(id)
      """) { row in
      let name = try row.next(String.self), currency = try row.next(Currency.self)
      func money() throws -> Money? { try row.next(Int64?.self).map { Money(minor: $0, currency: currency) } }
      let list = try money(), agreed = try money(), final = try money()
      let isRemoved = try row.next(Int64?.self) != nil, phase = try row.next(DealPhase.self)
      return DealStanding(
        id: id, name: name, list: list, agreed: agreed, final: final, isWon: phase.isWon && !isRemoved, isUrgent: try row.next())
    }
  }
}
