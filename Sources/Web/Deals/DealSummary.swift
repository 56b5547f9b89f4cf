import Domain
import Markup
import Store

/// What a project comes to, in rows of a definition list: price, period, decision. Never what it costs us.
enum DealSummary {
  static func rows(_ deal: StoredDeal, _ call: Call) -> HTML {
    priceRows(deal, call) + periodRows(deal, call)
  }

  static func priceRows(_ deal: StoredDeal, _ call: Call) -> HTML {
    let w = call.words
    let price = deal.draft.price
    var out: HTML = ""
    func add(_ key: String, _ minor: Int64?) {
      if let money = price.money(minor) { out += row(w(key), "\(w.formats.money(money))") }
    }
    if price.list != price.agreed { add("deals.field.list", price.list) }
    if price.discount > .none { out += row(w("deals.field.discount_label"), "\(DealWords.percent(price.discount, w))") }
    add("deals.field.agreed", price.agreed)
    if price.final != price.agreed || price.final != nil { add("deals.field.final", price.final) }
    if let given = price.given { out += row(w("deals.given"), "\(w.formats.money(given))") }
    return out
  }

  static func periodRows(_ deal: StoredDeal, _ call: Call) -> HTML {
    let w = call.words
    let period = deal.draft.period
    var out: HTML = ""
    if period.plannedFrom != nil || period.plannedUntil != nil {
      out += row(w("deals.planned"), "\(DealWords.range(period.plannedFrom, period.plannedUntil, w))")
    }
    if period.actualFrom != nil || period.actualUntil != nil {
      out += row(w("deals.actual"), "\(DealWords.range(period.actualFrom, period.actualUntil, w))")
    }
    if let expected = deal.draft.expectedOn, deal.stage.phase == .open {
      out += row(w("deals.field.expected"), w.dateTag(expected))
    }
    if deal.stage.phase == .open { out += row(w("deals.field.probability"), "\(w.formats.percent(Double(deal.probability) / 100))") }
    return out
  }

  static func row(_ label: String, _ value: HTML) -> HTML { "<dt>\(label)</dt><dd>\(value)</dd>" }

  /// The stage as a chip: its colour only repeats what the word says.
  static func chip(_ stage: DealStage, _ w: Words) -> HTML {
    let tone =
      switch stage.phase {
      case .open: "info"
      case .won, .delivery: "accent"
      case .finished: "ok"
      case .lost: ""
      }
    return "<span class=\"chip \(tone)\">\(DealWords.stage(stage, w))</span>"
  }
}
