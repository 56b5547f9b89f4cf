import Domain
import HTTPTypes

extension Routes {
  enum Audit {
    static let page = Route<Void>(.get, "/audit", .may(.viewAudit))
    static let chain = Route<Void>(.get, "/audit/chain", .may(.viewAudit))
  }
}
