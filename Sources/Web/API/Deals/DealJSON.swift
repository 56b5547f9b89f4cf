import Domain
import Store

/// A project as other programs read it.
extension JSONWriter {
  mutating func minor(_ name: String, _ value: Int64?) {
    self.name(name)
    if let value { integer(value) } else { null() }
  }

  mutating func deal(_ deal: StoredDeal, _ lines: [DealLine]) {
    let draft = deal.draft, price = draft.price, period = draft.period
    object { w in
      w.field("id", deal.id)
      w.field("version", deal.version)
      w.field("clientId", deal.clientID)
      w.field("name", draft.name)
      w.field("stageId", deal.stage.id)
      w.field("phase", word: deal.stage.phase)
      w.field("stageSince", deal.stageSince)
      w.field("reasonId", deal.reason?.id)
      w.field("words", deal.lostNote)
      w.field("number", draft.number)
      w.field("ownerId", draft.ownerID)
      w.field("currency", price.currency.code)
      w.minor("list", price.list)
      w.field("discount", price.discount.value)
      w.minor("agreed", price.agreed)
      w.minor("final", price.final)
      w.field("probability", draft.probability)
      w.field("expectedOn", draft.expectedOn)
      w.field("plannedFrom", period.plannedFrom)
      w.field("plannedUntil", period.plannedUntil)
      w.field("actualFrom", period.actualFrom)
      w.field("actualUntil", period.actualUntil)
      w.field("urgent", draft.isUrgent)
      w.field("note", draft.note)
      w.name("lines")
      w.array(lines) { $0.dealLine($1) }
      w.field("changedAt", deal.changedAt)
    }
  }

  private mutating func dealLine(_ line: DealLine) {
    object { w in
      w.field("id", line.id)
      w.field("text", line.draft.text)
      w.field("offeringId", line.draft.offeringID)
      w.minor("quantityMilli", line.draft.quantity.milli)
      w.field("unit", line.draft.unit)
      w.minor("unitPrice", line.draft.unitPrice)
      w.field("discount", line.draft.discount.value)
      w.minor("unitCost", line.draft.unitCost)
      w.minor("gross", line.gross)
      w.minor("net", line.net)
    }
  }
}
