import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What the palette finds, as a page: for reading without script and for more than ten.
enum SearchPage {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Search.page) { call in
      let text = call.query["q"] ?? ""
      return try await call.page({ try $0.search(text, limit: 50) }, { page(text, $0, call) })
    }
  }

  private static func page(_ text: String, _ hits: [SearchHit], _ call: Call) -> Page {
    let w = call.words
    let title = w("search.title")
    let items = hits.map { hit -> HTML in
      let url = hit.isClient ? Routes.Clients.page(hit.id) : Routes.People.page(hit.id)
      let kind = w(hit.isClient ? "clients.kind.\(hit.kind.rawValue)" : "clients.at_client")
      let found: HTML = hit.found.map { "<p class=\"meta\">\($0)</p>" } ?? ""
      return "<li data-row><div><b><a href=\"\(url)\" data-open>\(Highlight.html(hit.name, text))</a></b> <span class=\"meta\">\(kind)</span>\(found)</div></li>"
    }
    let result: HTML =
      text.isEmpty ? "<p class=\"empty in\">\(w("search.hint"))</p>"
      : items.isEmpty ? "<div class=\"empty\">\(call.icon("search"))<p>\(w("search.nothing", ["text": text]))</p></div>"
      : "<ul class=\"items\" data-rows>\(items)</ul>"
    return Page(title, place: .clients, main: """
      <header class="head"><div><h1>\(title)</h1></div></header>
      <form class="filters" role="search" aria-label="\(title)" action="\(Routes.Search.page())"><div class="field"><label class="hide" for="search-q">\(w("clients.filter_text"))</label><input type="search" id="search-q" name="q" value="\(text)" placeholder="\(w("clients.filter_text"))"></div><button>\(w("search.find"))</button></form>
      <section class="card" aria-label="\(w("shell.results"))">\(result)</section>
      """)
  }
}
