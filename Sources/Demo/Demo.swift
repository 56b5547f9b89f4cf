package import Domain
package import Store
import Database

/// What kind of demo is wanted.
package struct DemoOrder: Sendable, Hashable {
  package var clients: Int
  package var seed: UInt64
  /// Entries in all: a base for measuring, written in bulk. Nil for a company whose story is told.
  package var history: Int?
  /// Contacts of the one very busy client of a base for measuring.
  package var big: Int?
  /// Open promises of one employee with two thousand clients, in a base for measuring.
  package var promises: Int?

  /// Dossier entries of a base for measuring, 300 of them at one client.
  package var dossier: Int?

  package init(
    clients: Int = 400, seed: UInt64 = 1, history: Int? = nil, big: Int? = nil, promises: Int? = nil, dossier: Int? = nil
  ) {
    (self.clients, self.seed, self.history, self.big) = (clients, seed, history, big)
    (self.promises, self.dossier) = (promises, dossier)
  }
}

package struct DemoReport: Sendable {
  package struct Login: Sendable {
    package let name: String
    package let email: String
    package let role: Role
  }
  package let company: String
  package let logins: [Login]
  package let clients: Int
  package let people: Int
  package let entries: Int
  package let bigClient: ClientID?
}

package enum DemoRefusal: Error, CustomStringConvertible {
  case notEmpty

  package var description: String {
    "The base is not empty: a demo company is only made in a new one, so that made-up clients never mix with real ones."
  }
}

extension Store {
  /// Fills an empty base. The same order at the same moment gives the same rows, on either engine.
  /// - Parameter passwordHash: of the one password of all accounts.
  package func makeDemo(_ order: DemoOrder, passwordHash: String, at now: Instant) async throws -> DemoReport {
    let owner = Agency.owner
    let actor = Actor(
      id: owner.id, name: owner.name, role: .owner, scope: .all, teamID: nil, language: owner.language, zone: owner.zone)
    let terms = try await write(as: actor, at: now) { try $0.foundAgency(passwordHash: passwordHash) }
    var tales = Tales(order, now: now, terms: terms)
    var writer = TaleWriter()
    var bigClient: ClientID?
    for start in stride(from: 0, to: order.clients, by: Self.batch) {
      let told = (start..<min(start + Self.batch, order.clients)).map { tales.tell($0) }
      let before = writer
      let made: [MadeClient]
      (writer, made) = try await write(as: actor, at: now) { tx in
        var writer = before
        let made = try writer.write(told, first: start, in: tx)
        return (writer, made)
      }
      if start == 0, tales.hasBigClient { bigClient = made.first?.id }
    }
    try await tellTasks(order, at: now)
    try await order.history == nil ? tellTheRest(order, as: actor, at: now) : fillTheRest(order, busiest: bigClient, as: actor, at: now)
    // A base that came at once is unknown to PostgreSQL's planner until its autovacuum has passed by.
    try await write(as: actor, at: now) { if $0.connection.dialect == .postgres { try $0.connection.run("ANALYZE") } }
    return DemoReport(
      company: Agency.company, logins: Agency.logins, clients: order.clients, people: writer.people, entries: writer.entries,
      bigClient: bigClient)
  }

  /// What hangs on the clients' stories.
  private func tellTheRest(_ order: DemoOrder, as actor: Actor, at now: Instant) async throws {
    try await CareDemo(store: self, now: now).write(as: actor)
    try await write(as: actor, at: now) { tx in
      try tx.tellDossiers(seed: order.seed)
      try tx.shareDemoDossiers()
      try tx.tellHandovers()
      try tx.setUpMailboxes()
      try tx.tellPurchases(seed: order.seed)
    }
    try await tellOpportunities(at: now)
    try await tellMail(at: now)
  }

  private func fillTheRest(_ order: DemoOrder, busiest: ClientID?, as actor: Actor, at now: Instant) async throws {
    if let promises = order.promises { try await LoadPromises.write(promises, in: self, as: actor, at: now) }
    if let count = order.dossier { try await write(as: actor, at: now) { try $0.fillDossiers(count, busiest: busiest) } }
  }

  /// Clients in one transaction: large enough for the engines' bulk roads, small enough for memory.
  private static let batch = 2000
}

/// Either way of making up clients.
private enum Tales {
  case told(ClientTales)
  case bulk(BulkTales)

  init(_ order: DemoOrder, now: Instant, terms: ClientTales.Terms) {
    if let history = order.history {
      self = .bulk(BulkTales(order, history: history, now: now, terms: terms))
    } else {
      self = .told(ClientTales(seed: order.seed, now: now, terms: terms))
    }
  }

  var hasBigClient: Bool { if case .bulk(let bulk) = self { bulk.bigIndex != nil } else { false } }

  mutating func tell(_ index: Int) -> Tale {
    switch self {
    case .told(var tales):
      defer { self = .told(tales) }
      return tales.tell(index)
    case .bulk(var tales):
      defer { self = .bulk(tales) }
      return tales.tell(index)
    }
  }
}
