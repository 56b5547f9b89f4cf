import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// A client's dossier as we read it, and as the client does.
enum DossierPage {
  struct Model: Sendable {
    let dossier: Dossier
    let shown: Dossier
    let filter: DossierFilter
    let proposals: [StoredProposal]
    let projectNames: [(id: DealID, name: String)]
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Dossier.page) { call, id in
      let request = DossierRequest(call.query)
      let response = try await call.page({ reader in try Model(reader, id, request) }, { page($0, request, call) })
      try call.saw(.party, id.rawValue)
      return response
    }
    book.on(Routes.Dossier.preview) { call, id in
      let request = DossierRequest(call.query)
      let response = try await call.page({ try $0.clientDossier(of: id, request.period) }, { DossierPreview.page($0, request, call) })
      try call.saw(.party, id.rawValue)
      return response
    }
  }

  private static func page(_ model: Model, _ request: DossierRequest, _ call: Call) -> Page {
    let w = call.words
    let head = model.dossier.head
    let title = w("dossier.title", ["name": head.client])
    let isFiltered = model.filter.leavesOut
    let picture = RelationshipPicture(PictureSubject(model.shown), today: call.today, words: w)?.html()
    let labels = EntryLabels(call)
    let sections = DossierSection.written.map { section in
      DossierTable(
        section: section, lines: model.shown.entries(of: section), sum: model.shown.totals.of(section), call: call,
        more: { DossierEntryHTML.more($0, labels, call) }, actions: call.may(.editDossier) ? { DossierEntryHTML.actions($0, labels, call) } : nil,
        mark: { " id=\"e\($0.id)\"" }, add: DossierEntryHTML.add(head.clientID, section, call), isFiltered: isFiltered
      ).html
    }
    var page = Page(title, place: .clients, main: """
      <nav class="crumb" aria-label="\(w("dossier.place"))"><a href="\(Routes.Clients.page(head.clientID))" data-key="u">\(call.icon("back"))\(head.client)</a></nav>
      <header class="head"><div><h1>\(title)</h1><p class="sub">\(DossierFrame.made(head, call))</p></div>
      <div class="actions">\(DossierFrame.actions(head.clientID, request, call))</div></header>
      \(DossierTotalsHTML.headline(model.dossier.headline, call))
      \(ProposalPanel.html(model.proposals, call))
      \(DossierFrame.filters(model, request, call))
      <div class="stack" id="dossier">\(labels.said)\(found(model, w))\(picture)\(company(model.shown, call))\(sections)\(DossierTotalsHTML.sums(model.shown.totals, call))</div>
      """)
    page.sheets = ["charts"]
    return page
  }

  private static func found(_ model: Model, _ w: Words) -> HTML {
    guard model.filter.leavesOut else { return "" }
    let text = w("dossier.found", [
      "shown": w.formats.integer(model.shown.entries.count), "all": w.formats.integer(model.dossier.entries.count),
    ])
    return "<p role=\"status\">\(text)</p>"
  }

  private static func company(_ dossier: Dossier, _ call: Call) -> HTML {
    return DossierCompany.html(
      dossier.managers.map { manager in
        DossierCompany.Manager(
          name: "<a href=\"\(Routes.People.page(manager.personID))\">\(manager.name)</a>", role: manager.role, from: manager.from,
          until: manager.until)
      },
      dossier.projects.map { project in
        DossierCompany.Project(
          name: DossierFrame.project(project, dossier.head, call), from: project.from, until: project.until, price: project.price,
          value: project.value, given: project.given, margin: project.margin)
      }, base: dossier.head.base, call)
  }
}

extension DossierPage.Model {
  init(_ reader: Reader, _ client: ClientID, _ request: DossierRequest) throws {
    dossier = try reader.dossier(of: client, request.period)
    filter = request.filter
    shown = dossier.showing(filter)
    proposals = reader.actor.may(.editDossier) ? try reader.proposals(of: client) : []
    projectNames = dossier.projects.map { ($0.id, $0.name) }
  }
}

/// What the address asks of a dossier.
struct DossierRequest: Sendable {
  let period: DossierPeriod
  let filter: DossierFilter

  init(_ query: Query) {
    if let first = query["from"].flatMap({ CalendarDate($0) }), let last = query["to"].flatMap({ CalendarDate($0) }), first <= last {
      period = .days(first, last)
    } else {
      period = query["period"].flatMap(DossierPeriod.init) ?? .all
    }
    filter = DossierFilter(
      find: String((query["find"] ?? "").prefix(200)), project: query["project"].flatMap { DealID($0) },
      order: query["order"].flatMap(DossierFilter.Order.init) ?? .oldest)
  }

  /// The same period on another page.
  var periodQuery: String { period == .all ? "" : URLText.query([("period", period.description)]) }
}
