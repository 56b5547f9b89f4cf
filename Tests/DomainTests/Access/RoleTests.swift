import Domain
import Testing

/// Every cell of role × permission, written out: a change of rights is a change here.
struct RoleTests {
  private static let table: [(Permission, Set<Role>)] = [
    (.viewClients, Set(Role.allCases)),
    (.viewHistory, Set(Role.allCases)),
    (.viewFacts, Set(Role.allCases)),
    (.viewTasks, Set(Role.allCases)),
    (.editTasks, [.owner, .manager, .employee, .marketing]),
    (.editClients, [.owner, .manager, .employee]),
    (.editFacts, [.owner, .manager, .employee, .marketing]),
    (.viewPromises, Set(Role.allCases)),
    (.editPromises, [.owner, .manager, .employee, .marketing]),
    (.logContacts, [.owner, .manager, .employee, .marketing]),
    (.viewDossier, Set(Role.allCases)),
    (.editDossier, [.owner, .manager, .employee, .marketing]),
    (.showToClient, [.owner, .manager, .employee]),
    (.manageRates, [.owner, .manager]),
    (.removeClients, [.owner, .manager, .employee]),
    (.bulkChange, [.owner, .manager, .marketing]),
    (.importClients, [.owner, .manager]),
    (.exportClients, [.owner, .manager, .marketing]),
    (.manageFields, [.owner, .manager]),
    (.manageAccounts, [.owner, .manager]),
    (.handOver, [.owner, .manager]),
    (.viewAudit, [.owner, .manager]),
    (.manageInstallation, [.owner]),
    (.useTokens, [.owner, .manager, .employee, .marketing]),
    (.viewDeals, Set(Role.allCases)),
    (.editDeals, [.owner, .manager, .employee]),
    (.viewMargins, [.owner, .manager]),
    (.manageDeals, [.owner, .manager]),
    (.viewPurchases, Set(Role.allCases)),
    (.editPurchases, [.owner, .manager, .employee]),
  ]

  @Test(arguments: Permission.allCases) func everyCell(permission: Permission) throws {
    let roles = try #require(Self.table.first { $0.0 == permission }?.1, "no row for \(permission)")
    for role in Role.allCases { #expect(role.may(permission) == roles.contains(role), "\(role) \(permission)") }
  }

  @Test func aTokenOnlyNarrows() {
    for role in Role.allCases {
      for scope in TokenScope.allCases {
        let actor = Self.actor(role, limit: Set([scope]).permissions)
        for permission in Permission.allCases {
          #expect(actor.may(permission) == (role.may(permission) && scope.permissions.contains(permission)))
        }
      }
    }
  }

  @Test func scopesAreTextAndBack() {
    let all = Set(TokenScope.allCases)
    #expect(Set<TokenScope>(text: all.text) == all)
    #expect(Set<TokenScope>(text: "clients:read everything admin") == [.readClients])
    #expect(Set<TokenScope>(text: "").permissions.isEmpty)
  }

  static func actor(_ role: Role, id: Int64 = 1, limit: Set<Permission>? = nil) -> Actor {
    Actor(id: AccountID(id), name: "A", role: role, scope: .all, teamID: nil, language: .en, zone: "UTC", limit: limit)
  }
}

struct AccountRulesTests {
  /// actor, target's role, new role, owners, same account → refusal.
  @Test(arguments: [
    (Role.manager, Role.employee, Role.manager, 1, false, nil),
    (.manager, .employee, .owner, 1, false, .ownersOnly),
    (.manager, .owner, .employee, 2, false, .ownersOnly),
    (.owner, .employee, .owner, 1, false, nil),
    (.owner, .owner, .manager, 2, false, nil),
    (.owner, .owner, .manager, 1, false, .lastOwner),
    (.owner, .owner, .manager, 2, true, .ownRights),
    (.manager, .manager, .employee, 1, true, .ownRights),
    (.manager, .manager, .manager, 1, true, nil),
  ] as [(Role, Role, Role, Int, Bool, AccountRefusal?)])
  func changes(by: Role, old: Role, new: Role, owners: Int, isSelf: Bool, refusal: AccountRefusal?) {
    let actor = RoleTests.actor(by)
    let found = Self.refusal {
      () throws(AccountRefusal) in
      try AccountRules.mayChange(
        AccountID(isSelf ? 1 : 2), AccountRights(role: old, scope: .all), to: AccountRights(role: new, scope: .all), by: actor,
        owners: owners)
    }
    #expect(found == refusal)
  }

  @Test func nobodyWidensTheOwnScope() {
    let found = Self.refusal { () throws(AccountRefusal) in
      try AccountRules.mayChange(
        AccountID(1), AccountRights(role: .manager, scope: .own), to: AccountRights(role: .manager, scope: .all),
        by: RoleTests.actor(.manager), owners: 1)
    }
    #expect(found == .ownRights)
  }

  @Test(arguments: [
    (Role.manager, Role.owner, 2, false, AccountRefusal.ownersOnly), (.owner, .owner, 1, false, .lastOwner),
    (.owner, .owner, 2, true, .ownRights), (.owner, .owner, 2, false, nil), (.manager, .employee, 1, false, nil),
    (.manager, .manager, 1, true, .ownRights),
  ] as [(Role, Role, Int, Bool, AccountRefusal?)])
  func closing(by: Role, role: Role, owners: Int, isSelf: Bool, refusal: AccountRefusal?) {
    let found = Self.refusal { () throws(AccountRefusal) in
      try AccountRules.mayClose(AccountID(isSelf ? 1 : 2), role, by: RoleTests.actor(by), owners: owners)
    }
    #expect(found == refusal)
  }

  private static func refusal(_ body: () throws(AccountRefusal) -> Void) -> AccountRefusal? {
    do { try body() } catch { return error }
    return nil
  }
}
