import Domain
import HTTPTypes

extension Routes {
  /// Figures over clients and contacts, and the rows behind them.
  enum Dashboards {
    static let page = Route<Void>(.get, "/dashboards", .may(.viewClients))
    static let contacts = Route<Void>(.get, "/dashboards/contacts", .may(.viewHistory))
  }
}

enum Dashboards {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Dashboards.page, DashboardPage.page)
    book.on(Routes.Dashboards.contacts, ContactListPage.page)
  }
}
