import Domain

/// Who works at the agency, or did.
struct Colleague: Sendable {
  let id: AccountID
  let name: String
  let email: String
  let role: Role
  let scope: Scope
  let team: TeamID?
  let language: Language
  let zone: String
  /// Days before now.
  let joined: Int
  let left: Int?
  /// Shares of the clients of each place that are this colleague's.
  let clients: [Language: Int]

  func worked(_ daysAgo: Int) -> Bool { daysAgo <= joined && daysAgo > (left ?? -1) }
}

enum Agency {
  static let company = "Глухарче – проучвания и консултации"
  static let teams = ["България", "Polska & UK", "Россия"]

  static let colleagues: [Colleague] = [
    someone(1, "Елена Стоянова", "elena", .owner, .all, nil, .bg, 2600, clients: [.bg: 6, .en: 5]),
    someone(2, "Красимир Илиев", "krasimir", .manager, .all, 1, .bg, 2560, clients: [.bg: 18]),
    someone(3, "Agnieszka Wrona", "agnieszka", .manager, .team, 2, .pl, 2300, clients: [.pl: 30, .en: 15]),
    someone(4, "Ольга Беляева", "olga", .employee, .team, 3, .ru, 2400, clients: [.ru: 45]),
    someone(5, "Николай Тодоров", "nikolay", .employee, .own, 1, .bg, 1500, clients: [.bg: 25]),
    someone(6, "Piotr Zalewski", "piotr", .employee, .own, 2, .pl, 1300, clients: [.pl: 40]),
    someone(7, "Hannah Whitcombe", "hannah", .employee, .team, 2, .en, 2100, clients: [.en: 80]),
    someone(8, "Дмитрий Карпов", "dmitry", .employee, .own, 3, .ru, 1700, clients: [.ru: 55]),
    someone(9, "Мария Ангелова", "maria", .employee, .team, 1, .bg, 2500, clients: [.bg: 31]),
    someone(10, "Радостина Велчева", "radostina", .marketing, .all, nil, .bg, 1100, clients: [:]),
    someone(11, "Виктор Хаджиев", "viktor", .readOnly, .all, nil, .bg, 800, clients: [:]),
    someone(12, "Георги Минчев", "georgi", .employee, .team, 1, .bg, 2600, left: 420, clients: [.bg: 30]),
    someone(13, "Ewa Pilarska", "ewa", .employee, .own, 2, .pl, 2500, left: 1060, clients: [.pl: 60]),
    someone(14, "Oliver Marsh", "oliver", .employee, .own, 2, .en, 1900, left: 6, clients: [.en: 45]),
  ]

  private static func someone(
    _ id: Int64, _ name: String, _ mailbox: String, _ role: Role, _ scope: Scope, _ team: Int64?, _ language: Language, _ joined: Int,
    left: Int? = nil, clients: [Language: Int]
  ) -> Colleague {
    Colleague(
      id: AccountID(id), name: name, email: "\(mailbox)@gluharche.example", role: role, scope: scope, team: team.map { TeamID($0) },
      language: language, zone: language == .en ? "Europe/London" : language == .pl ? "Europe/Warsaw" : "Europe/Sofia", joined: joined,
      left: left, clients: clients)
  }

  static let owner = colleagues[0]

  /// Someone who looked after clients of that language at the time; the owner where nobody did yet.
  static func keeper(of language: Language, daysAgo: Int, _ dice: inout SplitMix64) -> Colleague {
    let there = colleagues.filter { $0.worked(daysAgo) }.compactMap { one in one.clients[language].map { (one, $0) } }
    return there.isEmpty ? owner : dice.pick(weighted: there)
  }

  static func name(_ id: AccountID) -> String { colleagues.first { $0.id == id }?.name ?? owner.name }
}
