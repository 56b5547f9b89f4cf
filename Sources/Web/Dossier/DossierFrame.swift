import Domain
import Markup
import Store

/// What stands around the sections of a dossier: when it was made, what to do with it, which years and entries it shows.
enum DossierFrame {
  /// "1 Jan – 5 Nov 2026, EUR · made 5 Nov 2026, 16:07 by Maria"
  static func made(_ head: DossierHead, _ call: Call) -> HTML {
    let w = call.words
    return "\(period(head.period, w)) · \(head.base.code) · \(w("dossier.made", ["when": w.formats.dateTime(head.madeAt), "who": head.madeBy]))"
  }

  static func period(_ period: DossierPeriod, _ w: Words) -> String {
    switch period {
    case .all: w("dossier.period.all")
    case .year(let year): String(year)
    case .days(let first, let last): w("dossier.from_until", ["from": w.formats.date(first), "until": w.formats.date(last)])
    }
  }

  static func actions(_ client: ClientID, _ request: DossierRequest, _ call: Call) -> HTML {
    let w = call.words
    let add: HTML = call.may(.editDossier)
      ? "<a class=\"button primary\" href=\"\(Routes.Dossier.new(client))\" data-dialog data-key=\"c\">\(call.icon("plus"))\(w("dossier.add"))</a>" : ""
    return """
      \(add)<a class="button" href="\(Routes.Dossier.preview(client))\(request.periodQuery)">\(call.icon("eye"))\(w("dossier.as_client"))</a>\(files(client, request, call))
      """
  }

  /// The client's face going out.
  static func files(_ client: ClientID, _ request: DossierRequest, _ call: Call) -> HTML {
    let w = call.words
    let query = request.periodQuery
    return """
      <a class="button" href="\(Routes.DossierFiles.pdf(client))\(query)">\(call.icon("file"))\(w("dossier.pdf"))</a>\
      <a class="button" href="\(Routes.DossierFiles.excel(client))\(query)">\(call.icon("download"))\(w("dossier.excel"))</a>\
      <a class="button" href="\(Routes.DossierFiles.print(client))\(query)">\(call.icon("print"))\(w("dossier.print"))</a>\
      <a class="button" href="\(Routes.Shares.list(client))">\(call.icon("share"))\(w("dossier.share"))</a>\
      <a class="button" href="\(Routes.Letters.page(client))">\(call.icon("letter"))\(w("letter.button"))</a>
      """
  }

  /// With a link to what we gave in it.
  static func project(_ project: DossierProject, _ head: DossierHead, _ call: Call) -> HTML {
    let url = Routes.Dossier.page(head.clientID) + URLText.query([("project", project.id.description)])
    let open: HTML = project.isWon ? "" : " <span class=\"chip\">\(call.words("dossier.not_won"))</span>"
    return "<a href=\"\(url)\">\(project.name)</a>\(open)"
  }

  static func filters(_ model: DossierPage.Model, _ request: DossierRequest, _ call: Call) -> HTML {
    let w = call.words
    let filter = model.filter
    let orders = DossierFilter.Order.allCases.map { ($0.rawValue, w("dossier.order.\($0)")) }
    let projects = [("", w("dossier.any_project"))] + model.projectNames.map { ($0.id.description, $0.name) }
    let project: HTML = model.projectNames.isEmpty
      ? "" : FilterBar.select("project", w("dossier.column.project"), projects, filter.project?.description ?? "")
    let clear: HTML = filter.leavesOut
      ? "<a href=\"\(Routes.Dossier.page(model.dossier.head.clientID))\(request.periodQuery)\">\(w("dossier.clear"))</a>" : ""
    return """
      <form class="filters gap no-print" role="search" aria-label="\(w("dossier.filter"))" data-live="#dossier" action="\(Routes.Dossier.page(model.dossier.head.clientID))">
      <div class="field"><label class="hide" for="f-find">\(w("dossier.find"))</label><input type="search" id="f-find" name="find" value="\(filter.find)" placeholder="\(w("dossier.find"))"></div>
      \(periods(model.dossier, request, w))\(project)\(FilterBar.select("order", w("dossier.order"), orders, filter.order.rawValue))<button class="no-js">\(w("dossier.show"))</button>\(clear)</form>
      """
  }

  /// All years, and each from the first to this one.
  static func periods(_ dossier: Dossier, _ request: DossierRequest, _ w: Words) -> HTML {
    let thisYear = w.zone.date(dossier.head.madeAt).year
    let first = min(max(dossier.headline.since?.year ?? thisYear, thisYear - 60), thisYear)
    var options = [("all", w("dossier.period.all"))] + (first...thisYear).reversed().map { (String($0), String($0)) }
    let chosen = request.period.description
    if !options.contains(where: { $0.0 == chosen }) { options.append((chosen, period(request.period, w))) }
    return FilterBar.select("period", w("dossier.period"), options, chosen)
  }
}

/// The dossier as the client reads it.
enum DossierPreview {
  static func page(_ dossier: ClientDossier, _ request: DossierRequest, _ call: Call) -> Page {
    let w = call.words
    let head = dossier.head
    let title = w("dossier.title", ["name": head.client])
    var page = Page(title, place: .clients, main: """
      <nav class="crumb" aria-label="\(w("dossier.place"))"><a href="\(Routes.Dossier.page(head.clientID))\(request.periodQuery)" data-key="u">\(call.icon("back"))\(title)</a></nav>
      <header class="head"><div><h1>\(title)</h1><p class="sub">\(DossierFrame.made(head, call))</p></div><div class="actions">\(DossierFrame.files(head.clientID, request, call))</div></header>
      <div class="note info no-print">\(call.icon("eye"))<p>\(w("dossier.preview_note"))</p></div>
      \(body(dossier, call))
      """)
    page.sheets = ["charts"]
    return page
  }

  /// The client's face without a frame: the preview, and whatever shows it elsewhere.
  static func body(_ dossier: ClientDossier, _ call: Call) -> HTML {
    let w = call.words
    let sections = DossierSection.written.map { section in
      DossierTable(section: section, lines: dossier.entries(of: section), sum: dossier.totals.of(section), call: call).html
    }
    let company = DossierCompany.html(
      dossier.managers.map { DossierCompany.Manager(name: "\($0.name)", role: $0.role, from: $0.from, until: $0.until) },
      dossier.projects.map {
        DossierCompany.Project(name: "\($0.name)", from: $0.from, until: $0.until, price: $0.price, value: $0.value)
      }, base: dossier.head.base, call)
    let picture = RelationshipPicture(PictureSubject(dossier), today: call.today, words: w)?.html()
    return """
      \(DossierTotalsHTML.headline(dossier.headline, call))<div class="stack">\(picture)\(company)\(sections)\(DossierTotalsHTML.sums(dossier.totals, call))</div>
      """
  }
}
