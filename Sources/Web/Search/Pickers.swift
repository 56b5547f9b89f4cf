import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Options for fields that name a client or a person.
enum Pickers {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Search.pickClient) { call in try await answer(call) { $0.isClient } }
    book.on(Routes.Search.pickPerson) { call in try await answer(call) { $0.kind == .person } }
  }

  private static func answer(_ call: Call, _ isWanted: @escaping @Sendable (SearchHit) -> Bool) async throws -> Response {
    let text = call.query["q"] ?? ""
    let hits = try await call.read { reader in
      text.isEmpty ? try reader.recentlyContacted(limit: 20) : try reader.search(text, limit: 30)
    }
    let options = hits.filter(isWanted).prefix(8).map { hit -> HTML in
      let small: HTML = hit.found.map { "<small>\($0)</small>" } ?? ""
      return """
        <div role="option" data-value="\(hit.id)" data-text="\(hit.name)"><span>\(Highlight.html(hit.name, text))</span>\(small)</div>
        """
    }
    return call.answer(Page("", main: options.joined()))
  }
}
