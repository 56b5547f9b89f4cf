import Domain
import Markup
import Store

/// What happened to a deal, an opportunity or a purchase, in the reader's words.
struct DealEventWords {
  private let timeline: Timeline
  private let w: Words
  private let namesDeals: Bool

  /// - Parameter namesDeals: false on the page of a deal, where every line is about it.
  init(_ timeline: Timeline, _ words: Words, namesDeals: Bool) {
    (self.timeline, w, self.namesDeals) = (timeline, words, namesDeals)
  }

  func sentence(_ event: DealEvent) -> String {
    switch event {
    case .began(let note): told("began", note.name)
    case .removed(let note): told("removed", note.name)
    case .restored(let note): told("restored", note.name)
    case .stage(let change): stage(change)
    case .price(let change): price(change)
    case .period(let change): period(change)
    case .requirement(let note): told(requirement(note), note.name, ["text": note.text])
    case .changed(let changes): told("changed", changes.name, ["fields": fields(changes.changes)])
    case .person(let note): person(note)
    case .document(let note): told("document_\(note.change.rawValue)", note.name, ["document": note.document])
    case .opportunity(let note): opportunity(note)
    case .purchase(let note): purchase(note)
    case .purchasesWithdrawn(let note): w.count("deals.event.purchases_withdrawn", note.count)
    }
  }

  /// - Parameter name: the deal's, left out where it is known.
  private func told(_ key: String, _ name: String, _ slots: [String: String] = [:]) -> String {
    namesDeals
      ? w("deals.event.\(key)", slots.merging(["name": name]) { $1 }) : w("deals.own_event.\(key)", slots)
  }

  private func stage(_ change: DealStageChange) -> String {
    let to = DealWords.stage(change.to, w)
    if change.toPhase == .lost {
      let reason = change.reason.map { DealWords.reason(key: $0, name: change.reasonName, w) } ?? ""
      return reason.isEmpty ? told("lost", change.name) : told("lost_because", change.name, ["reason": reason])
    }
    if change.isReopened { return told("reopened", change.name, ["stage": to]) }
    if change.toPhase == .finished { return told("finished", change.name) }
    if change.toPhase.isWon, !change.fromPhase.isWon {
      guard let price = change.price else { return told("won", change.name) }
      return told("won_for", change.name, ["price": w.formats.money(price)])
    }
    return told("stage", change.name, ["from": DealWords.stage(change.from, w), "to": to])
  }

  private func price(_ change: DealPriceChange) -> String {
    let money = { (price: DealPrice, minor: Int64?) in price.money(minor).map { w.formats.money($0) } ?? "–" }
    let old = change.old, new = change.new
    if old.final != new.final, new.final != nil {
      return told("price_final", change.name, ["from": money(new, new.agreed), "to": money(new, new.final)])
    }
    if old.discount != new.discount, new.discount > .none {
      return told("discount", change.name, ["percent": DealWords.percent(new.discount, w), "price": money(new, new.agreed)])
    }
    if old.agreed == nil { return told("price_set", change.name, ["price": money(new, new.agreed ?? new.list)]) }
    return told("price", change.name, ["from": money(old, old.agreed), "to": money(new, new.agreed)])
  }

  private func period(_ change: DealPeriodChange) -> String {
    guard let days = change.movedDays else {
      return told("period_set", change.name, ["period": DealWords.period(change.new, w)])
    }
    let until = change.new.plannedUntil ?? change.new.plannedFrom
    let key = days > 0 ? "period_later" : "period_sooner"
    return told(
      change.priceStayed && change.price != nil ? key + "_same_price" : key, change.name,
      ["date": until.map { w.formats.date($0) } ?? "–"])
  }

  private func requirement(_ note: DealRequirementNote) -> String {
    note.change == .removed ? "requirement_removed" : note.absorbed ? "requirement_absorbed" : "requirement"
  }

  private func person(_ note: DealPersonNote) -> String {
    let who = note.account.flatMap { timeline.accounts[$0] } ?? note.person.flatMap { timeline.people[$0] } ?? w("history.someone")
    let key = "person_\(note.change.rawValue)" + (note.role.isEmpty ? "" : "_role")
    return told(key, note.name, ["who": who, "role": note.role])
  }

  private func opportunity(_ note: OpportunityNote) -> String {
    let by = timeline.accounts[note.noticedBy] ?? w("history.someone"), to = timeline.accounts[note.to] ?? w("history.someone")
    let key = "deals.event.opportunity_\(note.state.rawValue)" + (note.state == .declined && !note.answer.isEmpty ? "_because" : "")
    return w(key, ["text": note.text, "by": by, "to": to, "reason": note.answer])
  }

  private func purchase(_ note: PurchaseNote) -> String {
    let amount = w.formats.money(note.amount)
    let key = note.amount.minor < 0 ? "deals.event.returned" : "deals.event.purchase"
    if !note.what.isEmpty { return w(key + "_what", ["amount": amount, "what": note.what]) }
    return w(key, ["amount": amount])
  }

  private func fields(_ changes: [FieldChange]) -> String {
    changes.map { w("deals.changed.\($0.field)") }.joined(separator: ", ")
  }
}

/// The words a deal is told with wherever it stands.
enum DealWords {
  static func stage(_ stage: StageRef, _ w: Words) -> String { stage.name ?? w("deals.stage.\(stage.key)") }
  static func stage(_ stage: DealStage, _ w: Words) -> String { Self.stage(stage.ref, w) }
  static func reason(key: String, name: String?, _ w: Words) -> String { name ?? w("deals.reason.\(key)") }
  static func reason(_ reason: LossReason, _ w: Words) -> String { Self.reason(key: reason.key, name: reason.name, w) }
  static func percent(_ share: BasisPoints, _ w: Words) -> String { w.formats.percent(Double(share.value) / Double(Pricing.whole), digits: 2) }

  /// `1.5`, `1 200`: no zeros at the end.
  static func quantity(_ quantity: Quantity, _ w: Words) -> String {
    w.formats.decimal(Double(quantity.milli) / 1000, digits: 3)
  }

  /// The real period where there is one, else the planned: "3 May – 6 June 2024".
  static func period(_ period: DealPeriod, _ w: Words) -> String {
    range(period.actualFrom ?? period.plannedFrom, period.actualUntil ?? period.plannedUntil, w)
  }

  static func range(_ from: CalendarDate?, _ until: CalendarDate?, _ w: Words) -> String {
    switch (from, until) {
    case (let from?, let until?): "\(w.formats.date(from)) – \(w.formats.date(until))"
    case (let from?, nil): w("deals.since", ["date": w.formats.date(from)])
    case (nil, let until?): w("deals.until", ["date": w.formats.date(until)])
    case (nil, nil): "–"
    }
  }
}
