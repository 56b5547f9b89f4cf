import Domain
import Markup
import Store

/// All, saved views, archive and bin: each has its URL.
enum ListTabs {
  static func html(_ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let state = model.state
    let current = state.query
    let saved = model.views.map { view in
      tab(state.path + "?" + view.query, view.name, isCurrent: view.query == current)
    }
    let isSaved = model.views.contains { $0.query == current }
    let all = tab(state.path, w("clients.all"), isCurrent: state.filter.state == .active && !isSaved)
    let archive = tab(state.with(.archived), w("clients.archive_tab"), isCurrent: state.filter.state == .archived && !isSaved)
    let bin = tab(state.with(.bin), w("clients.bin_tab"), isCurrent: state.filter.state == .bin && !isSaved)
    return "<nav class=\"tabs\" aria-label=\"\(w("clients.views"))\">\(all)\(saved)\(archive)\(bin)\(end(model, call))</nav>"
  }

  private static func tab(_ url: String, _ text: String, isCurrent: Bool) -> HTML {
    "<a href=\"\(url)\"\(attr: "aria-current", isCurrent ? "page" : nil)>\(text)</a>"
  }

  /// Save what is shown, or take the saved view away.
  private static func end(_ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let query = model.state.query
    if let view = model.views.first(where: { $0.query == query }) {
      guard view.isOwn || call.may(.manageFields) else { return "" }
      return """
        <form class="end" method="post" action="\(Routes.Views.remove(view.id))"><button class="link">\(w("clients.view_remove"))</button></form>
        """
    }
    guard !query.isEmpty else { return "" }
    let url = Routes.Views.new() + URLText.query([("list", model.state.filter.who.rawValue), ("query", query)])
    return "<a class=\"end\" href=\"\(url)\" data-dialog>\(call.icon("plus"))\(w("clients.view_save"))</a>"
  }
}
