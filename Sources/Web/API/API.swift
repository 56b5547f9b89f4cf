import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Store

extension Routes {
  enum API {
    static let document = Route<Void>(.get, "/api/v1/openapi.json", .everyone)
  }
}

/// The REST API, version 1.
enum API {
  static func register(_ book: inout RouteBook) {
    var api = APIBook(book)
    ClientAPI.register(&api)
    BulkAPI.register(&api)
    PeopleAPI.register(&api)
    ManagerAPI.register(&api)
    HistoryAPI.register(&api)
    AttachmentAPI.register(&api)
    MailAPI.register(&api)
    FactAPI.register(&api)
    DealAPI.register(&api)
    OpportunityAPI.register(&api)
    PurchaseAPI.register(&api)
    TodayAPI.register(&api)
    DossierAPI.register(&api)
    PromiseAPI.register(&api)
    TaskAPI.register(&api)
    HandoverAPI.register(&api)
    ReferenceAPI.register(&api)
    api.refuseOtherMethods()
    book = api.book
    // The same for everyone, and made once.
    let description = OpenAPIDocument(operations: api.operations).json.bytes
    book.on(Routes.API.document) { _ in
      Response(
        status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-cache"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: description)))
    }
  }

  /// The size of a page.
  static let limit = APIParameter("limit", .integer(1...200), "How many at most; 50 when absent.")
  static let cursor = APIParameter("cursor", .text(1...2000), "`next` of the page before.")
}
