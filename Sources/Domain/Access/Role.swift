/// What an account may do. Which records it may do it to is `Scope`; both are checked inside the transaction.
package enum Role: String, Sendable, CaseIterable, Codable {
  case owner, manager, employee, marketing
  case readOnly = "readonly"

  package func may(_ permission: Permission) -> Bool { Self.granted[self]?.contains(permission) ?? false }

  private static let reading: Set<Permission> = [
    .viewClients, .viewHistory, .viewFacts, .viewPromises, .viewTasks, .viewDossier, .viewDeals, .viewPurchases,
  ]

  private static let granted: [Role: Set<Permission>] = [
    .owner: Set(Permission.allCases),
    .manager: Set(Permission.allCases).subtracting([.manageInstallation]),
    .employee: reading.union([
      .editClients, .logContacts, .editFacts, .removeClients, .useTokens, .editPromises, .editTasks, .editDossier, .showToClient,
      .editDeals, .editPurchases,
    ]),
    .marketing: reading.union([
      .logContacts, .editFacts, .bulkChange, .exportClients, .useTokens, .editPromises, .editTasks, .editDossier,
    ]),
    .readOnly: reading,
  ]
}

package enum Permission: String, Sendable, CaseIterable, Codable {
  case viewClients
  case editClients
  /// Every role that sees clients sees their history and facts; a token's scopes may part them.
  case viewHistory
  case viewFacts
  case editFacts
  /// The inner face of a value dossier: notes and margins, too.
  case viewDossier
  case editDossier
  /// Say that a client may read an entry, and give a dossier to it.
  case showToClient
  /// Exchange rates, and what dossiers take for usual.
  case manageRates
  case viewTasks
  case editTasks
  case viewPromises
  /// Make, keep, break, renegotiate and withdraw.
  case editPromises
  /// Log contacts, correct own entries, pin.
  case logContacts
  /// Archive, bin and restore.
  case removeClients
  /// Change owner or tags of many clients at once.
  case bulkChange
  case importClients
  case exportClients
  /// Tags, custom fields, relationship types.
  case manageFields
  case manageAccounts
  /// Give a colleague's clients, and what is open with them, to others.
  case handOver
  case viewAudit
  case manageInstallation
  case useTokens
  case viewDeals
  case editDeals
  /// What a thing cost us, and what was left.
  case viewMargins
  /// Stages, reasons, the price list.
  case manageDeals
  case viewPurchases
  case editPurchases
}

/// Which clients an account sees: its own, its team's, or all.
package enum Scope: String, Sendable, CaseIterable, Codable { case own, team, all }

/// Who acts. Every store call takes one; the scope goes into the SQL.
package struct Actor: Sendable, Hashable {
  package let id: AccountID
  package let name: String
  package let role: Role
  package let scope: Scope
  package let teamID: TeamID?
  package let language: Language
  /// IANA name.
  package let zone: String
  /// Colleagues who are away today and named this account as their deputy: their clients are in sight.
  package var standsInFor: [AccountID] = []
  /// Narrower than the role when the actor is an API token: the permissions its scopes allow.
  package let limit: Set<Permission>?

  package init(
    id: AccountID, name: String, role: Role, scope: Scope, teamID: TeamID?, language: Language, zone: String,
    limit: Set<Permission>? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.scope = scope
    self.teamID = teamID
    self.language = language
    self.zone = zone
    self.limit = limit
  }

  package func may(_ permission: Permission) -> Bool {
    role.may(permission) && (limit?.contains(permission) ?? true)
  }
}

/// Why a request was not carried out, in terms every store shares. Pages and the API map it once.
package enum Refusal: Error, Sendable, Hashable {
  /// It does not exist, or this actor may not know that it does.
  case notFound
  case forbidden(Permission)
  /// Someone else changed it first; the row is now at this version.
  case conflict(currentVersion: Int)
  /// The same thing exists already.
  case duplicate(field: String, of: Int64?)
}
