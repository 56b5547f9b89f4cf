import Domain
import HTTPTypes
import Hummingbird
import Store

/// Archive, bin and back: done at once, with an undo.
enum RecordSteps {
  static func register(_ book: inout RouteBook) {
    let steps: [(Route<ClientID>, ClientStep)] = [
      (Routes.Clients.archive, .archive), (Routes.Clients.unarchive, .unarchive), (Routes.Clients.remove, .remove),
      (Routes.Clients.restore, .restore),
    ]
    for (route, step) in steps {
      book.on(route) { call, id in
        let back = Routes.Clients.page(id)
        let undo = try await call.write { try $0.takeWithUndo(step, [id], summary: "clients.undo.\(step.rawValue)", returnTo: back) }
        // What went to the bin is seen no more: the list is the next place.
        return call.redirect(to: step == .remove ? Routes.Clients.list() : back, undo: undo)
      }
    }
  }
}
