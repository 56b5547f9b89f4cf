import Domain
import HTTPTypes
import Hummingbird
import Store

extension Routes {
  static let home = Route<Void>(.get, "/", .signedIn)
  static let undo = Route<UndoID>(.post, "/undo/:id", .signedIn)
}

/// The start page and what belongs to no feature.
enum Home {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.home) { call in call.redirect(to: call.may(.logContacts) ? Routes.Today.page() : Routes.Clients.list()) }
    book.on(Routes.undo) { call, id in
      let back = try await call.site.store.undo(id, as: call.actor, at: call.now)
      return call.redirect(to: back, said: "said.undone")
    }
  }
}
