import Domain
import HTTPTypes

extension Routes {
  /// Mail that came in and that nobody has said yet whose it is.
  enum Filing {
    static let list = Route<Void>(.get, "/mail", .may(.logContacts))
    static let mail = Route<CapturedMailID>(.get, "/mail/:id", .may(.logContacts))
    static let file = Route<CapturedMailID>(.post, "/mail/:id/filing", .may(.logContacts))
    static let dismiss = Route<CapturedMailID>(.post, "/mail/:id/dismissal", .may(.logContacts))
    static let attachment = Route<AttachmentID>(.get, "/mail-files/:id", .may(.logContacts))
  }
}
