/// What an API token may do: never more than its account, and only in these groups.

package enum TokenScope: String, Sendable, CaseIterable, Codable {
  case readClients = "clients:read"
  case writeClients = "clients:write"
  case readHistory = "history:read"
  case writeHistory = "history:write"
  case readFacts = "facts:read"
  case writeFacts = "facts:write"
  case readDossier = "dossier:read"
  case writeDossier = "dossier:write"
  case readDeals = "deals:read"
  case writeDeals = "deals:write"
  case readMargins = "margins:read"
  case readPurchases = "purchases:read"
  case writePurchases = "purchases:write"
  case readPromises = "promises:read"
  case writePromises = "promises:write"
  case readTasks = "tasks:read"
  case writeTasks = "tasks:write"
  case handingOver = "handover"
  case importing = "import"
  case exporting = "export"

  package var permissions: Set<Permission> {
    switch self {
    case .readClients: [.viewClients]
    case .writeClients: [.viewClients, .editClients, .removeClients]
    case .readHistory: [.viewHistory]
    case .writeHistory: [.viewHistory, .logContacts]
    case .readFacts: [.viewFacts]
    case .writeFacts: [.viewFacts, .editFacts]
    case .readDossier: [.viewDossier]
    case .writeDossier: [.viewDossier, .editDossier, .showToClient, .manageRates]
    case .readDeals: [.viewDeals]
    case .writeDeals: [.viewDeals, .editDeals, .manageDeals]
    case .readMargins: [.viewDeals, .viewMargins]
    case .readPurchases: [.viewPurchases]
    case .writePurchases: [.viewPurchases, .editPurchases]
    case .readPromises: [.viewPromises]
    case .writePromises: [.viewPromises, .editPromises]
    case .readTasks: [.viewTasks]
    case .writeTasks: [.viewTasks, .editTasks]
    case .handingOver: [.viewClients, .handOver]
    case .importing: [.importClients]
    case .exporting: [.exportClients]
    }
  }
}

extension Set<TokenScope> {
  package var permissions: Set<Permission> { reduce(into: []) { $0.formUnion($1.permissions) } }

  /// As it is stored and as OAuth writes scopes (RFC 6749, 3.3): names between blanks, in one order.
  package var text: String { TokenScope.allCases.filter(contains).map(\.rawValue).joined(separator: " ") }

  /// Names that are no scope are left out: a token never gains by a mistake.
  package init(text: String) { self = Set(text.split(separator: " ").compactMap { TokenScope(rawValue: String($0)) }) }
}
