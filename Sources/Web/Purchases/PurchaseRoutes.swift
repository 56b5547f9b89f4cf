import Domain
import HTTPTypes

extension Routes {
  enum Purchases {
    static let ofClient = Route<ClientID>(.get, "/clients/:id/purchases", .may(.viewPurchases))
    static let imports = Route<Void>(.get, "/purchases/imports", .may(.importClients))
    static let upload = Route<Void>(.post, "/purchases/imports", .may(.importClients))
    /// Wherever the import is: columns, check, run or report.
    static let page = Route<PurchaseImportID>(.get, "/purchases/imports/:id", .may(.importClients))
    static let columns = Route<PurchaseImportID>(.get, "/purchases/imports/:id/columns", .may(.importClients))
    static let sheet = Route<PurchaseImportID>(.post, "/purchases/imports/:id/sheet", .may(.importClients))
    static let check = Route<PurchaseImportID>(.post, "/purchases/imports/:id/check", .may(.importClients))
    static let run = Route<PurchaseImportID>(.post, "/purchases/imports/:id/run", .may(.importClients))
    static let undo = Route<PurchaseImportID>(.post, "/purchases/imports/:id/undo", .may(.importClients))
    static let wrong = Route<PurchaseImportID>(.get, "/purchases/imports/:id/wrong", .may(.importClients))
  }
}

/// What clients bought, for companies that have no projects: lists come in by import and API.
enum Purchases {
  static func register(_ book: inout RouteBook) {
    PurchasePages.register(&book)
    PurchaseImportPages.register(&book)
  }
}
