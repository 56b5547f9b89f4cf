/// What happens to deals as the JSON it is stored as, and back, in the manner of every history event.
extension DealEvent {
  var payload: String { HistoryEvent.text(note) }

  private var note: any Encodable {
    switch self {
    case .began(let note), .removed(let note), .restored(let note): note
    case .stage(let change): change
    case .price(let change): change
    case .period(let change): change
    case .requirement(let note): note
    case .changed(let changes): changes
    case .person(let note): note
    case .document(let note): note
    case .opportunity(let note): note
    case .purchase(let note): note
    case .purchasesWithdrawn(let note): note
    }
  }

  init?(kind: HistoryKind, payload: String) {
    switch kind {
    case .dealBegan: self.init(payload) { .began($0) }
    case .dealStage: self.init(payload) { .stage($0) }
    case .dealPrice: self.init(payload) { .price($0) }
    case .dealPeriod: self.init(payload) { .period($0) }
    case .dealRequirement: self.init(payload) { .requirement($0) }
    case .dealChanged: self.init(payload) { .changed($0) }
    case .dealPerson: self.init(payload) { .person($0) }
    case .dealDocument: self.init(payload) { .document($0) }
    case .dealRemoved: self.init(payload) { .removed($0) }
    case .dealRestored: self.init(payload) { .restored($0) }
    case .opportunity: self.init(payload) { .opportunity($0) }
    case .purchase: self.init(payload) { .purchase($0) }
    case .purchasesWithdrawn: self.init(payload) { .purchasesWithdrawn($0) }
    default: return nil
    }
  }

  private init?<Value: Decodable>(_ payload: String, _ make: (Value) -> DealEvent) {
    guard let value = HistoryEvent.value(payload, as: Value.self) else { return nil }
    self = make(value)
  }
}
