import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The page of a client or of a person: everything from one snapshot. Each panel reads its own model within it and is
/// rendered by itself.
enum RecordPage {
  struct Model: Sendable {
    let view: ClientView
    let facts: FactPanel.Model
    let value: DossierPanel.Model?
    let tasks: TaskPanel.Model?
    let timeline: TimelinePanel.Model
    let promises: PromisePanel.Model
    let neighbours: ClientNeighbours?
    let deals: ClientDeals.Model?
    let purchases: PurchasePages.Panel?
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Clients.page) { call, id in try await answer(id, asClient: true, call) }
    book.on(Routes.People.page) { call, id in try await answer(id, asClient: false, call) }
    book.on(Routes.Clients.access, AccessPage.answer)
    RecordSteps.register(&book)
  }

  private static func answer(_ id: PartyID, asClient: Bool, _ call: Call) async throws -> Response {
    do { return try await shown(id, asClient: asClient, call) } catch is Moved {
      let path = asClient ? Routes.People.page(id) : Routes.Clients.page(id)
      return call.redirect(to: path + URLText.query(call.query.pairs))
    }
  }

  private struct Moved: Error {}

  private static func shown(_ id: PartyID, asClient: Bool, _ call: Call) async throws -> Response {
    let path = asClient ? Routes.Clients.page(id) : Routes.People.page(id)
    // By script: the timeline with other filters, or earlier entries.
    if call.isFragment { return try await TimelinePanel.fragment(call, id, path: path) }
    let query = call.query
    let origin = ListOrigin(asClient ? .clients : .people, query)
    let response = try await call.page({ reader -> Model in
      let view = try reader.clientView(id)
      // A person has become a client or the other way round: the address has changed.
      guard view.stored.draft.isClient == asClient else { throw Moved() }
      return Model(
        view: view, facts: try FactPanel.read(reader, id), value: try DossierPanel.read(reader, id, isClient: asClient),
        tasks: asClient ? try TaskPanel.read(reader, id) : nil, timeline: try TimelinePanel.read(reader, id, query, path: path),
        promises: try PromisePanel.read(reader, id, query),
        neighbours: try origin.map { try reader.neighbours(of: id, number: $0.number, $0.state.filter, $0.state.sort) },
        deals: asClient ? try ClientDeals.read(reader, id) : nil,
        purchases: asClient ? try PurchasePages.read(reader, id) : nil)
    }, { page($0, origin, call) })
    try call.saw(.party, id.rawValue)
    return response
  }

  private static func page(_ model: Model, _ origin: ListOrigin?, _ call: Call) -> Page {
    let draft = model.view.stored.draft
    return Page(draft.name, place: draft.isClient ? .clients : .people, main: """
      \(crumb(model, origin, call))\(RecordHead.html(model.view, call))\(RecordHead.notes(model.view, call))\(PromisePanel.notes(model.promises, call))
      <div class="client"><div class="side stack">\(owed(model, call))\(ClientDeals.html(model.deals, call))\(PurchasePages.html(model.purchases, call))\(DossierPanel.render(model.value, call))\
      \(RecordPanels.contact(model.view, call))\(TiePanel.html(model.view, call))\(RecordPanels.details(model.view, call))</div>
      \(TimelinePanel.render(model.timeline, call))
      \(FactPanel.render(model.facts, call))</div>
      """)
  }

  /// What is promised, then what we mean to do.
  private static func owed(_ model: Model, _ call: Call) -> HTML {
    let promises: HTML = model.view.stored.draft.isClient ? PromisePanel.render(model.promises, call) : ""
    let tasks: HTML = model.tasks.map { TaskPanel.render($0, call) } ?? ""
    return promises + tasks
  }

  /// The list one came from, or the list of all.
  private static func crumb(_ model: Model, _ origin: ListOrigin?, _ call: Call) -> HTML {
    let isClient = model.view.stored.draft.isClient
    let title = call.words(isClient ? "clients.title" : "clients.people_title")
    if let origin, let neighbours = model.neighbours { return ListOrigin.crumb(origin, neighbours, title, call) }
    return ClientFormPages.crumb(isClient ? Routes.Clients.list() : Routes.Clients.people(), title, call)
  }
}
