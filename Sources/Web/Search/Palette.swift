import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The palette's answers: clients and people by any part, then what one can do or open.
enum Palette {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Search.palette) { call in
      let text = call.query["q"] ?? ""
      let hits = try await call.read { text.isEmpty ? try $0.recentlyContacted(limit: 6) : try $0.search(text, limit: 10) }
      return call.answer(Page("", main: options(text, hits, call)))
    }
  }

  private static func options(_ text: String, _ hits: [SearchHit], _ call: Call) -> HTML {
    let w = call.words
    let commands = commands(text, call)
    let clients = group("pg-c", w("clients.title"), hits.filter(\.isClient).map { option($0, text, call) })
    let people = group("pg-p", w("clients.people_title"), hits.filter { !$0.isClient }.map { option($0, text, call) })
    let actions = group("pg-a", w("search.commands"), commands)
    return """
      \(clients)\(people)\(actions)<div class="hide" role="presentation" data-status="\(w("search.status", [
        "records": w.count("search.records", hits.count), "commands": w.count("search.command_count", commands.count),
      ]))"></div>
      """
  }

  private static func group(_ id: String, _ title: String, _ options: [HTML]) -> HTML {
    options.isEmpty ? "" : "<div role=\"group\" aria-labelledby=\"\(id)\"><b id=\"\(id)\" role=\"presentation\">\(title)</b>\(options)</div>"
  }

  private static func option(_ hit: SearchHit, _ text: String, _ call: Call) -> HTML {
    let url = hit.isClient ? Routes.Clients.page(hit.id) : Routes.People.page(hit.id)
    let small: HTML = hit.isArchived ? "<small>\(call.words("clients.archived"))</small>" : hit.found.map { "<small>\($0)</small>" } ?? ""
    return """
      <div role="option" id="o\(hit.id)" data-href="\(url)"><span class="avatar\(hit.kind == .company ? " firm" : "")" aria-hidden="true">\(Initials.of(hit.name))</span><span>\(Highlight.html(hit.name, text))</span>\(small)</div>
      """
  }

  private struct Command { let id: String, url: String, icon: String, label: String, inDialog: Bool, permission: Permission? }

  /// Those whose words contain every word typed; some of them when nothing is.
  private static func commands(_ text: String, _ call: Call) -> [HTML] {
    let w = call.words
    let words = Fold.search(text).split(separator: " ")
    let all = [
      Command(id: "log", url: Routes.History.logAnywhere(), icon: "call", label: "search.log", inDialog: true, permission: .logContacts),
      Command(id: "promise", url: Routes.Promises.newAnywhere(), icon: "promise", label: "search.promise", inDialog: true, permission: .editPromises),
      Command(id: "task", url: Routes.Tasks.new(), icon: "task", label: "search.new_task", inDialog: true, permission: .editTasks),
      Command(id: "tasks", url: Routes.Tasks.list(), icon: "task", label: "nav.tasks", inDialog: false, permission: .viewTasks),
      Command(id: "new", url: Routes.Clients.new(), icon: "client", label: "search.new_client", inDialog: false, permission: .editClients),
      Command(id: "deal", url: Routes.Deals.new(), icon: "deal", label: "search.new_deal", inDialog: false, permission: .editDeals),
      Command(id: "board", url: Routes.Deals.board(), icon: "deal", label: "search.board", inDialog: false, permission: .viewDeals),
      Command(id: "clients", url: Routes.Clients.list(), icon: "clients", label: "nav.clients", inDialog: false, permission: nil),
      Command(id: "promises", url: Routes.Promises.list(), icon: "promise", label: "nav.promises", inDialog: false, permission: .viewPromises),
      Command(id: "mail", url: Routes.Filing.list(), icon: "email", label: "filing.title", inDialog: false, permission: .logContacts),
      Command(id: "people", url: Routes.Clients.people(), icon: "people", label: "nav.people", inDialog: false, permission: nil),
      Command(id: "import", url: Routes.Imports.start(), icon: "upload", label: "shell.import", inDialog: false, permission: .importClients),
      Command(id: "export", url: Routes.Exports.page(), icon: "download", label: "nav.export", inDialog: false, permission: .exportClients),
      Command(id: "handover", url: Routes.Handover.start(), icon: "handover", label: "handover.new", inDialog: false, permission: .handOver),
      Command(id: "received", url: Routes.Handover.received(), icon: "inbox", label: "handover.received", inDialog: false, permission: nil),
      Command(id: "settings", url: Routes.Settings.profile(), icon: "settings", label: "nav.settings", inDialog: false, permission: nil),
      Command(id: "fields", url: Routes.Fields.list(), icon: "tag", label: "clients.fields_title", inDialog: false, permission: .manageFields),
      Command(id: "audit", url: Routes.Audit.page(), icon: "eye", label: "nav.audit", inDialog: false, permission: .viewAudit),
    ]
    return all.filter { command in
      let label = Fold.search(w(command.label))
      return (command.permission.map(call.may) ?? true) && words.allSatisfy { label.contains($0) }
    }.map { command in
      """
      <div role="option" id="o-\(command.id)" data-href="\(command.url)"\(attr: "data-dialog", if: command.inDialog)>\(call.icon(command.icon))<span>\(w(command.label))</span></div>
      """
    }
  }
}

/// The part of a name that was searched for, marked.
enum Highlight {
  static func html(_ name: String, _ text: String) -> HTML {
    guard let word = Fold.search(text).split(separator: " ").first, let range = range(of: String(word), in: name) else { return "\(name)" }
    return "\(name[..<range.lowerBound])<mark>\(name[range])</mark>\(name[range.upperBound...])"
  }

  /// Letters are folded one by one, so that the place in the folded text is a place in the name.
  private static func range(of word: String, in name: String) -> Range<String.Index>? {
    let wanted = Array(word), folded = name.indices.map { (index: $0, letters: Fold.search(String(name[$0]))) }
    for (start, first) in folded.enumerated() where first.letters.first == wanted.first {
      var rest = wanted[...]
      for place in folded[start...] {
        let letters = place.letters.isEmpty ? " " : place.letters
        guard rest.starts(with: letters) else { break }
        rest = rest.dropFirst(letters.count)
        if rest.isEmpty { return first.index..<name.index(after: place.index) }
      }
    }
    return nil
  }
}
