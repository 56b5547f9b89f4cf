import Domain
import Markup
import Store

/// Of a company its people, of a person the companies; former ones are folded.
enum TiePanel {
  static func html(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let isCompany = view.stored.draft.kind == .company
    if !isCompany, view.ties.isEmpty { return "" }
    let current = view.ties.filter(\.tie.isCurrent), former = view.ties.filter { !$0.tie.isCurrent }
    let add: HTML = isCompany && view.stored.deletedAt == nil && call.may(.editClients) ? """
      <a class="button square quiet small no-print" href="\(Routes.People.new(view.stored.id))" data-dialog aria-label="\(w("clients.add_person"))">\(call.icon("plus"))</a>
      """ : ""
    let list: HTML = current.isEmpty
      ? "<p class=\"empty in\">\(w("clients.no_people_here"))</p>" : "<ul class=\"items\">\(current.map { row($0, isCompany, view, call) })</ul>"
    let past: HTML = former.isEmpty ? "" : """
      <details><summary>\(w.count("clients.former_people", former.count))</summary><ul class="items">\(former.map { row($0, isCompany, view, call) })</ul></details>
      """
    return """
      <section class="card" aria-labelledby="people-h"><header><h2 id="people-h">\(w(isCompany ? "clients.people_title" : "clients.companies"))</h2>\(add)</header>\(list)\(past)</section>
      """
  }

  private static func row(_ line: TieLine, _ isCompany: Bool, _ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let tie = line.tie.tie
    let url = line.isClient ? Routes.Clients.page(line.otherID) : Routes.People.page(line.otherID)
    let manager: HTML = tie.isManager ? " <span class=\"chip info\">\(w("clients.decides"))</span>" : ""
    var meta: [String] = tie.role.isEmpty ? [] : [tie.role]
    switch (tie.from, tie.until) {
    case (let from?, let until?): meta.append(w("clients.from_until", ["from": w.formats.date(from), "until": w.formats.date(until)]))
    case (let from?, nil): meta.append(w("clients.from", ["date": w.formats.date(from)]))
    case (nil, let until?): meta.append(w("clients.until", ["date": w.formats.date(until)]))
    case (nil, nil): break
    }
    meta += line.points.filter { $0.kind == .phone || $0.kind == .email }.prefix(2).map(\.shown)
    return """
      <li><div><b><a href="\(url)">\(line.name)</a></b>\(manager)\(HandoverActions.bounced(line, of: view, call))<p class="meta">\(meta.joined(separator: " · "))</p></div>\(actions(line, of: view, call))</li>
      """
  }

  private static func actions(_ line: TieLine, of view: ClientView, _ call: Call) -> HTML {
    guard call.may(.editClients) else { return "" }
    let w = call.words
    return """
      <div class="actions no-print">\(HandoverActions.managerChanged(line, of: view, call))<a class="button square quiet small" href="\(Routes.People.tie(line.tie.id))" data-dialog aria-label="\(w("clients.edit_tie", ["name": line.name]))">\(call.icon("pencil"))</a></div>
      """
  }
}
