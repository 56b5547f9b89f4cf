import Domain
package import Markup

/// The top bar (search, New, account) and the navigation.
enum ShellBars {
  static func top(_ call: Call) -> HTML {
    let w = call.words
    return """
      <header class="top">
      <a class="brand" href="\(Routes.home())" aria-label="\(w("shell.home"))">\(call.icon("logo"))<span>Dossier</span></a>
      <form role="search" action="\(Routes.Search.page())" aria-label="\(w("shell.search_everything"))">
      \(call.icon("search"))<input type="search" name="q" aria-label="\(w("shell.search"))" placeholder="\(w("shell.search"))" autocomplete="off" data-key="/" data-palette-open><kbd class="key">Ctrl K</kbd>
      </form>
      <div class="end">
      <button class="button" popovertarget="new-menu">\(call.icon("plus"))<span>\(w("shell.new"))</span></button>
      <div class="menu" id="new-menu" popover>\(newMenu(call))</div>
      \(accountMenu(call))
      </div>
      </header>
      """
  }

  private static func newMenu(_ call: Call) -> HTML {
    guard let actor = call.signedIn?.actor else { return "" }
    var out: HTML = ""
    if actor.may(.logContacts) {
      out += "<a href=\"\(Routes.History.logAnywhere())\" data-dialog>\(call.icon("call"))\(call.words("shell.new_contact"))</a>"
    }
    if actor.may(.editTasks) {
      out += "<a href=\"\(Routes.Tasks.new())\" data-dialog>\(call.icon("task"))\(call.words("shell.new_task"))</a>"
    }
    if actor.may(.editPromises) {
      out += "<a href=\"\(Routes.Promises.newAnywhere())\" data-dialog>\(call.icon("promise"))\(call.words("shell.new_promise"))</a>"
    }
    if actor.may(.editClients) {
      out += "<a href=\"\(Routes.Clients.new())\">\(call.icon("clients"))\(call.words("shell.new_client"))</a>"
    }
    if actor.may(.editDeals) {
      out += "<a href=\"\(Routes.Deals.new())\">\(call.icon("deal"))\(call.words("shell.new_deal"))</a>"
    }
    if actor.may(.importClients) {
      out += "<a href=\"\(Routes.Imports.start())\">\(call.icon("upload"))\(call.words("shell.import"))</a>"
    }
    return out
  }

  private static func accountMenu(_ call: Call) -> HTML {
    guard let actor = call.signedIn?.actor else { return "" }
    let w = call.words
    return """
      <button class="quiet square" popovertarget="user-menu" aria-label="\(w("shell.account", ["name": actor.name]))"><span class="avatar">\(initials(actor.name))</span></button>
      <div class="menu" id="user-menu" popover><p>\(actor.name)</p>
      <a href="\(Routes.Handover.received())">\(call.icon("inbox"))\(w("handover.received"))</a>
      <a href="\(Routes.Settings.profile())">\(call.icon("settings"))\(w("shell.settings"))</a>
      <button class="js" command="show-modal" commandfor="keys">\(call.icon("help"))\(w("keys.title"))</button><hr>
      <form method="post" action="\(Routes.Accounts.logOut())"><button>\(call.icon("exit"))\(w("shell.log_out"))</button></form></div>
      """
  }

  static func initials(_ name: String) -> String {
    name.split(separator: " ").prefix(2).compactMap(\.first).map { $0.uppercased() }.joined()
  }

  /// Four entries are the bottom bar of a phone; the rest is under "More".
  static func navigation(_ place: Place?, _ call: Call) -> HTML {
    let entries = Self.entries(call)
    return """
      <nav class="nav" aria-label="\(call.words("shell.navigation"))">
      <ul>\(entries.prefix(4).map { item($0, place, call) })</ul>
      \(entries.count > 4 ? more(entries.dropFirst(4), place, call) : "" as HTML)
      </nav>
      """
  }

  private static func more(_ entries: some Sequence<Entry>, _ place: Place?, _ call: Call) -> HTML {
    """
    <button class="more" popovertarget="more">\(call.icon("more"))<span>\(call.words("shell.more"))</span></button>
    <ul id="more" popover>\(entries.map { item($0, place, call) })</ul>
    """
  }

  private static func item(_ entry: Entry, _ place: Place?, _ call: Call) -> HTML {
    let current: HTML = entry.place == place ? " aria-current=\"page\"" : ""
    let count: HTML = entry.count.flatMap { $0 > 0 ? $0 : nil }.map {
      " <span class=\"count\">\($0 > NeedCounts.cap ? "\(NeedCounts.cap)+" : "\($0)")</span>"
    } ?? ""
    return """
      <li><a href="\(entry.url)"\(current) data-key="\(entry.key)">\(call.icon(entry.icon))<span>\(call.words(entry.label))</span>\(count)</a></li>
      """
  }

  struct Entry {
    let place: Place, url: String, key: String, icon: String, label: String
    /// How many wait there; nil where nothing is counted.
    var count: Int?
  }

  /// What this account may open, in the order of use.
  static func entries(_ call: Call) -> [Entry] {
    guard let actor = call.signedIn?.actor else { return [] }
    var out: [Entry] = []
    if actor.may(.logContacts) {
      out.append(Entry(place: .today, url: Routes.Today.page(), key: "g t", icon: "today", label: "nav.today", count: call.need))
    }
    out += [
      Entry(place: .clients, url: Routes.Clients.list(), key: "g c", icon: "clients", label: "nav.clients"),
      Entry(place: .promises, url: Routes.Promises.list(), key: "g r", icon: "promise", label: "nav.promises"),
      Entry(place: .tasks, url: Routes.Tasks.list(), key: "g k", icon: "task", label: "nav.tasks"),
      Entry(place: .deals, url: Routes.Deals.board(), key: "g d", icon: "deal", label: "nav.deals"),
      Entry(place: .value, url: Routes.Value.page(), key: "g v", icon: "value", label: "nav.value"),
      Entry(place: .people, url: Routes.Clients.people(), key: "g p", icon: "people", label: "nav.people"),
      Entry(place: .dashboards, url: Routes.Dashboards.page(), key: "g b", icon: "chart", label: "nav.dashboards"),
    ]
    if actor.may(.importClients) {
      out.append(Entry(place: .imports, url: Routes.Imports.list(), key: "g i", icon: "upload", label: "nav.imports"))
    }
    out.append(Entry(place: .settings, url: Routes.Settings.profile(), key: "g ,", icon: "settings", label: "nav.settings"))
    if actor.may(.exportClients) {
      out.append(Entry(place: .export, url: Routes.Exports.page(), key: "g x", icon: "download", label: "nav.export"))
    }
    if actor.may(.handOver) {
      out.append(Entry(place: .handovers, url: Routes.Handover.list(), key: "g h", icon: "handover", label: "nav.handovers"))
    }
    if actor.may(.viewAudit) {
      out.append(Entry(place: .audit, url: Routes.Audit.page(), key: "g a", icon: "history", label: "nav.audit"))
    }
    return out
  }
}

extension Call {
  /// An icon never stands without words beside it or an `aria-label` around it.
  package func icon(_ name: String) -> HTML { site.assets.icon(name) }
}
