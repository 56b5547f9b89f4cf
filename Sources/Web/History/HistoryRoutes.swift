import Domain
import HTTPTypes
import Store

extension Routes {
  enum History {
    static let logAnywhere = Route<Void>(.get, "/contacts/new", .may(.logContacts))
    static let logAnywhereSave = Route<Void>(.post, "/contacts/new", .may(.logContacts))
    static let log = Route<ClientID>(.get, "/clients/:id/contacts/new", .may(.logContacts))
    static let logSave = Route<ClientID>(.post, "/clients/:id/contacts/new", .may(.logContacts))
    static let note = Route<ClientID>(.get, "/clients/:id/notes/new", .may(.logContacts))
    static let noteSave = Route<ClientID>(.post, "/clients/:id/notes/new", .may(.logContacts))
    static let entry = Route<HistoryID>(.get, "/history/:id", .may(.viewClients))
    static let correct = Route<HistoryID>(.get, "/history/:id/correction", .may(.logContacts))
    static let correctSave = Route<HistoryID>(.post, "/history/:id/correction", .may(.logContacts))
    static let withdraw = Route<HistoryID>(.get, "/history/:id/withdrawal", .may(.logContacts))
    static let withdrawSave = Route<HistoryID>(.post, "/history/:id/withdrawal", .may(.logContacts))
    static let restore = Route<HistoryID>(.post, "/history/:id/restoration", .may(.logContacts))
    static let pin = Route<HistoryID>(.post, "/history/:id/pin", .may(.logContacts))
    static let unpin = Route<HistoryID>(.post, "/history/:id/unpin", .may(.logContacts))
    static let attachment = Route<AttachmentID>(.get, "/attachments/:id", .may(.viewClients))
  }
}

/// What happened with a client, and entering it.
enum History {
  static func register(_ book: inout RouteBook) {
    LogPages.register(&book)
    EntryPages.register(&book)
    CorrectionPages.register(&book)
    book.on(Routes.History.attachment, AttachmentDownload.answer)
  }
}
