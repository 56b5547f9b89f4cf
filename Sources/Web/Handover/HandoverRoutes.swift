import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

extension Routes {
  enum Handover {
    static let list = Route<Void>(.get, "/handovers", .may(.handOver))
    static let start = Route<Void>(.get, "/handovers/new", .may(.handOver))
    static let begin = Route<Void>(.post, "/handovers", .may(.handOver))
    /// Wherever it is: preview, on its way, or the report.
    static let page = Route<HandoverID>(.get, "/handovers/:id", .may(.handOver))
    static let who = Route<HandoverID>(.get, "/handovers/:id/who", .may(.handOver))
    static let changeWho = Route<HandoverID>(.post, "/handovers/:id/who", .may(.handOver))
    static let plan = Route<HandoverID>(.get, "/handovers/:id/plan", .may(.handOver))
    static let changePlan = Route<HandoverID>(.post, "/handovers/:id/plan", .may(.handOver))
    static let rules = Route<HandoverID>(.get, "/handovers/:id/rules", .may(.handOver))
    static let changeRules = Route<HandoverID>(.post, "/handovers/:id/rules", .may(.handOver))
    static let clients = Route<HandoverID>(.get, "/handovers/:id/clients", .may(.handOver))
    static let choose = Route<HandoverID>(.post, "/handovers/:id/clients", .may(.handOver))
    static let run = Route<HandoverID>(.post, "/handovers/:id/run", .may(.handOver))
    static let undo = Route<HandoverID>(.post, "/handovers/:id/undo", .may(.handOver))
    static let discard = Route<HandoverID>(.post, "/handovers/:id/removal", .may(.handOver))
    static let client = Route<ClientID>(.get, "/clients/:id/handover", .may(.handOver))
    static let handOver = Route<ClientID>(.post, "/clients/:id/handover", .may(.handOver))

    static let received = Route<Void>(.get, "/received", .may(.viewClients))
    static let read = Route<ReceivedID>(.post, "/received/:id/read", .may(.viewClients))
    static let unread = Route<ReceivedID>(.post, "/received/:id/unread", .may(.viewClients))
    static let briefing = Route<ClientID>(.get, "/clients/:id/briefing", .may(.viewClients))
    static let briefingPDF = Route<ClientID>(.get, "/clients/:id/briefing/pdf", .may(.viewClients))

    static let manager = Route<ClientID>(.get, "/clients/:id/manager", .may(.editClients))
    static let changeManager = Route<ClientID>(.post, "/clients/:id/manager", .may(.editClients))
    static let bounce = Route<PartyID>(.post, "/people/:id/bounces", .may(.logContacts))
    static let liftBounce = Route<PartyID>(.post, "/people/:id/bounces/removal", .may(.logContacts))
  }
}

/// Clients change hands, the client's manager changes, and what the successor reads first.
enum Handover {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.list, HandoverList.page)
    HandoverWho.register(&book)
    HandoverPlanPages.register(&book)
    HandoverRules.register(&book)
    HandoverOneByOne.register(&book)
    HandoverPages.register(&book)
    SingleHandoverPages.register(&book)
    ReceivedPages.register(&book)
    BriefingPages.register(&book)
    ManagerPages.register(&book)
  }

  static func page(_ call: Call, _ title: String, sub: String? = nil, _ main: HTML) -> Page {
    let w = call.words
    let line: HTML = sub.map { "<p class=\"sub\">\($0)</p>" } ?? ""
    var page = Page(title, place: .handovers, main: """
      <nav class="crumb" aria-label="\(w("handover.place"))"><a href="\(Routes.Handover.list())" data-key="u">\(call.icon("back"))\(w("nav.handovers"))</a></nav>
      <header class="head"><div><h1>\(title)</h1>\(line)</div></header>\(main)
      """)
    page.sheets = ["handover"]
    return page
  }

  enum Step: Int, CaseIterable { case who, plan, clients, check, done }

  /// Where one is; what was filled in can be gone back to.
  static func steps(_ record: HandoverRecord?, at current: Step, _ w: Words) -> HTML {
    let items = Step.allCases.map { step -> HTML in
      let name = w("handover.step.\(step)")
      guard let record, step < current, record.state == .draft else {
        return "<li\(attr: "class", step < current ? "done" : nil)\(attr: "aria-current", step == current ? "step" : nil)>\(name)</li>"
      }
      let url: String =
        switch step {
        case .who: Routes.Handover.who(record.id)
        case .plan: Routes.Handover.plan(record.id)
        case .clients: Routes.Handover.clients(record.id)
        case .check, .done: Routes.Handover.page(record.id)
        }
      return "<li class=\"done\"><a href=\"\(url)\">\(name)</a></li>"
    }
    return "<ol class=\"steps\" aria-label=\"\(w("handover.steps"))\">\(items)</ol>"
  }

  static func title(_ record: HandoverRecord, _ w: Words) -> String {
    w("handover.title.\(record.reason.rawValue)", ["name": record.from ?? w("handover.nobody")])
  }

  static func version(_ record: HandoverRecord) -> HTML { "<input type=\"hidden\" name=\"version\" value=\"\(record.version)\">" }

  /// A form that was drawn before somebody changed the draft: it is shown as it is now.
  static func meanwhile(_ call: Call, _ id: HandoverID, _ body: () async throws -> Response) async throws -> Response {
    do { return try await body() } catch Refusal.conflict {
      return call.redirect(to: Routes.Handover.page(id), said: "said.handover_meanwhile")
    }
  }
}

extension Handover.Step: Comparable {
  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
