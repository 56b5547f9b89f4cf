import Domain
import HTTPTypes
package import Hummingbird
import Store

/// Everything the program answers, put together once for `serve` and for tests.
package struct WebApplication {
  package let responder: RouterResponder<AppContext>
  package let routes: [RouteDeclaration]

  package init(_ site: Site) {
    let router = Router(context: AppContext.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: SecurityHeaders(isSecure: site.settings.isSecure))
    router.add(middleware: FragmentReplies())
    router.add(middleware: ErrorPages(site: site))
    router.get("/assets/**") { request, _ in site.assets.respond(to: request) }
    var book = RouteBook(site: site, router: router)
    Home.register(&book)
    Health.register(&book)
    Accounts.register(&book)
    Settings.register(&book)
    MailPages.register(&book)
    FilingPages.register(&book)
    Dashboards.register(&book)
    DigestPages.register(&book)
    AuditPages.register(&book)
    JobPages.register(&book)
    Imports.register(&book)
    Exports.register(&book)
    History.register(&book)
    Facts.register(&book)
    Sharing.register(&book)
    Dossiers.register(&book)
    Deals.register(&book)
    Purchases.register(&book)
    Promises.register(&book)
    Tasks.register(&book)
    Calendars.register(&book)
    Clients.register(&book)
    Today.register(&book)
    Handover.register(&book)
    API.register(&book)
    responder = router.buildResponder()
    routes = book.declared
  }
}
