/// Who may change which account, and what must never happen: an installation without an owner, people raising themselves.

/// Why an account was left as it is. Each has its own sentence on the page.
package enum AccountRefusal: String, Error, Sendable, CaseIterable {
  /// The last owner would be closed or get another role.
  case lastOwner = "last_owner"
  /// Nobody changes the own role or scope, or closes the own account.
  case ownRights = "own_rights"
  /// Only an owner makes, changes or closes an owner.
  case ownersOnly = "owners_only"
  case closed
  /// The one-time link was used, replaced, or is too old.
  case linkGone = "link_gone"
  case teamInUse = "team_in_use"
  case wrongPassword = "wrong_password"
}

package struct AccountRights: Sendable, Hashable {
  package var role: Role
  package var scope: Scope
  package var teamID: TeamID?

  package init(role: Role, scope: Scope, teamID: TeamID? = nil) {
    self.role = role
    self.scope = scope
    self.teamID = teamID
  }

  /// Owners see everything: whoever can give oneself any right needs no narrower one.
  package var settled: AccountRights { role == .owner ? AccountRights(role: role, scope: .all, teamID: teamID) : self }
}

package enum AccountRules {
  /// Whether an account of that role is this actor's to change.
  package static func isFor(_ actor: Actor, _ role: Role) -> Bool { role != .owner || actor.role == .owner }

  /// Someone new, or someone who comes back.
  package static func mayMake(_ role: Role, by actor: Actor) throws(AccountRefusal) {
    if role == .owner, actor.role != .owner { throw .ownersOnly }
  }

  /// - Parameter owners: accounts with that role that can log in, this one included.
  package static func mayChange(
    _ id: AccountID, _ old: AccountRights, to new: AccountRights, by actor: Actor, owners: Int
  ) throws(AccountRefusal) {
    if old.role == .owner || new.role == .owner, actor.role != .owner { throw .ownersOnly }
    if old.role == .owner, new.role != .owner, owners <= 1 { throw .lastOwner }
    if id == actor.id, old != new, actor.role != .owner || old.role != new.role { throw .ownRights }
  }

  package static func mayClose(_ id: AccountID, _ role: Role, by actor: Actor, owners: Int) throws(AccountRefusal) {
    if role == .owner, actor.role != .owner { throw .ownersOnly }
    if role == .owner, owners <= 1 { throw .lastOwner }
    if id == actor.id { throw .ownRights }
  }
}
