package import Database
package import Domain

/// A transaction with its actor: what queries are written against. `Reader` sees a snapshot; `Transaction` also writes.
package protocol Session {
  var connection: any Connection { get }
  var actor: Actor { get }
  var now: Instant { get }
}

extension Session {
  /// The actor's: there a day begins and ends.
  package var zone: Zone { Zone(actor.zone) ?? .utc }
  package var today: CalendarDate { zone.date(now) }
  /// What begins to show in the course of a day stands on the page from its start.
  var endOfToday: Instant {
    let zone = zone
    return zone.instant(zone.date(now).adding(days: 1))
  }

  /// Refuses before anything is written.
  package func require(_ permission: Permission) throws(Refusal) {
    guard actor.may(permission) else { throw .forbidden(permission) }
  }

  /// The condition that keeps a query to the parties this actor may see. `alias` names the `party` table.
  ///
  /// A person who is no client is visible through the clients he or she is tied to.
  package func visible(_ alias: StaticString = "p") -> SQL {
    let p: SQL = "\(raw: alias)"
    switch actor.scope {
    case .all: return "\(p).erased_at IS NULL"
    case .own:
      return "(\(inScope(p)) OR (NOT \(p).is_client AND \(tied(p))))"
    case .team:
      return "(\(inScope(p)) OR (NOT \(p).is_client AND \(tied(p))))"
    }
  }

  /// The same for a query over clients only: a plain comparison, so that an index serves it.
  package func visibleClients(_ alias: StaticString = "p") -> SQL {
    actor.scope == .all ? "" : " AND \(inScope("\(raw: alias)"))"
  }

  private func inScope(_ p: SQL) -> SQL {
    if actor.scope == .team, let team = actor.teamID {
      return actor.standsInFor.isEmpty
        ? "\(p).team_id = \(team)" : "(\(p).team_id = \(team) OR \(p).owner_id IN \(list: actor.standsInFor))"
    }
    return actor.standsInFor.isEmpty ? "\(p).owner_id = \(actor.id)" : "\(p).owner_id IN \(list: [actor.id] + actor.standsInFor)"
  }

  private func tied(_ p: SQL) -> SQL {
    "EXISTS (SELECT 1 FROM tie JOIN party company ON company.id = tie.company_id WHERE tie.person_id = \(p).id AND \(inScope("company")))"
  }
}

package struct Reader: Session {
  package let connection: any Connection
  package let actor: Actor
  package let now: Instant
  /// Grows with every committed change: the part of an ETag that says the data is the same.
  package let dataVersion: Int64
}
