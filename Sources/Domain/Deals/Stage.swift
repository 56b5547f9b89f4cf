/// Where a deal stands, in terms every pipeline shares; a company's own stages each are in one of them.
package enum DealPhase: String, CaseIterable, Codable, Hashable, Sendable {
  /// Not decided yet.
  case open
  /// Agreed, not begun.
  case won
  /// We are at work.
  case delivery
  case finished
  case lost

  /// The client said yes, whatever came after.
  package var isWon: Bool { self == .won || self == .delivery || self == .finished }
  /// Nothing more is to be done.
  package var isClosed: Bool { self == .finished || self == .lost }
}

/// A stage of the pipeline as a company sets it. A built-in one has no name of its own: its key names a message.
package struct DealStage: Hashable, Sendable {
  package let id: StageID
  package let key: String
  package let name: String?
  package let phase: DealPhase
  /// Per cent.
  package let probability: Int
  package let position: Int
  package let isArchived: Bool
  package let version: Int

  package init(
    id: StageID, key: String, name: String?, phase: DealPhase, probability: Int, position: Int = 0, isArchived: Bool = false,
    version: Int = 1
  ) {
    self.id = id
    self.key = key
    self.name = name
    self.phase = phase
    self.probability = probability
    self.position = position
    self.isArchived = isArchived
    self.version = version
  }

  package var ref: StageRef { StageRef(id: id, key: key, name: name) }
}

/// A stage or a reason as an entry of the history names it, whatever became of it since.
package struct StageRef: Codable, Hashable, Sendable {
  package let id: StageID
  package let key: String
  package let name: String?
  package init(id: StageID, key: String, name: String?) { (self.id, self.key, self.name) = (id, key, name) }
}

/// What a company sets about a stage.
package struct StageDraft: Hashable, Sendable {
  /// Nil keeps a built-in stage's name.
  package var name: String?
  package var phase: DealPhase
  package var probability: Int

  package init(name: String?, phase: DealPhase, probability: Int) {
    (self.name, self.phase, self.probability) = (name, phase, probability)
  }

  package static let nameLimit = 60
}

/// Why deals are lost, in a company's own list.
package struct LossReason: Hashable, Sendable {
  package let id: ReasonID
  package let key: String
  package let name: String?
  package let isArchived: Bool
  package let version: Int

  package init(id: ReasonID, key: String, name: String?, isArchived: Bool = false, version: Int = 1) {
    self.id = id
    self.key = key
    self.name = name
    self.isArchived = isArchived
    self.version = version
  }

  package static let nameLimit = 100
}
