import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What someone noticed at a client goes to sales in two clicks; sales makes a project of it or says why not; whoever noticed it
/// reads what became of it.
enum OpportunityPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Opportunities.mine) { call in
      try await call.page({ (try $0.opportunitiesWaiting(), try $0.opportunitiesAnswered()) }, { minePage($0.0, $0.1, call) })
    }
    book.on(Routes.Opportunities.new) { call, id in
      let (name, sellers) = try await call.read { (try $0.partyName(id), try $0.sellers(for: id)) }
      return call.answer(newPage(call, Form([("to", sellers.first?.id.description ?? "")]), [], id, name, sellers))
    }
    book.on(Routes.Opportunities.create) { call, id in
      let form = try await call.form()
      let (name, sellers) = try await call.read { (try $0.partyName(id), try $0.sellers(for: id)) }
      return try await call.submit {
        var check = Validation()
        let text = check.text(form["text"], field: "text", required: true, max: OpportunityDraft.textLimit)
        let to = check.parsed(form["to"], field: "to", key: "deals.error.seller", required: true) { AccountID($0) }
        try check.check()
        guard let text, let to else { throw InvalidForm(check.messages) }
        try await call.write { _ = try $0.noticeOpportunity(OpportunityDraft(text: text, to: to), at: id) }
      } again: { newPage(call, form, $0, id, name, sellers) } then: {
        call.redirect(to: Routes.Clients.page(id), said: "said.opportunity_passed")
      }
    }
    answers(&book)
  }

  private static func answers(_ book: inout RouteBook) {
    book.on(Routes.Opportunities.take) { call, id in
      let (found, choices) = try await call.read { (try $0.waitingOpportunity(id), try DealChoices($0)) }
      let form = Form([
        ("name", found.suggestedName), ("currency", choices.currency.code),
        ("owner", call.signedIn?.actor.id.description ?? ""),
        ("stage", choices.stages.first { $0.phase == .open }?.id.description ?? ""), ("note", found.text),
      ])
      return call.answer(takePage(call, form, [], found, choices))
    }
    book.on(Routes.Opportunities.taken) { call, id in
      let form = try await call.form()
      let (found, choices) = try await call.read { (try $0.opportunity(id), try DealChoices($0)) }
      return try await call.submit {
        let draft = try DealForm.draft(form, currency: choices.currency), stage = StageID(form["stage"])
        return try await call.write { try $0.takeOpportunity(id, as: draft, stage: stage) }
      } again: { takePage(call, form, $0, found, choices) } then: { call.redirect(to: Routes.Deals.page($0), said: "said.deal_created") }
    }
    book.on(Routes.Opportunities.decline) { call, id in
      let found = try await call.read { try $0.waitingOpportunity(id) }
      return call.answer(declinePage(call, Form(), [], found))
    }
    book.on(Routes.Opportunities.declined) { call, id in
      let form = try await call.form()
      let found = try await call.read { try $0.opportunity(id) }
      return try await call.submit {
        var check = Validation()
        let words = check.text(form["answer"], field: "answer", required: true, max: OpportunityDraft.answerLimit)
        try check.check()
        try await call.write { try $0.declineOpportunity(id, because: words ?? "") }
      } again: { declinePage(call, form, $0, found) } then: { call.redirect(to: Routes.Opportunities.mine(), said: "said.saved") }
    }
    book.on(Routes.Opportunities.read) { call, id in
      let found = try await call.read { try $0.opportunity(id) }
      try await call.write { try $0.readOpportunity(found.id) }
      return call.redirect(to: Routes.Opportunities.mine(), said: "said.saved")
    }
  }

  private static func newPage(
    _ call: Call, _ form: Form, _ messages: [FieldMessage], _ client: ClientID, _ name: String, _ sellers: [(id: AccountID, name: String)]
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body: HTML = """
      \(fields.area("text", w("deals.field.noticed"), hint: w("deals.hint.noticed")))\(fields.select("to", w("deals.field.to"), sellers.map { ($0.id.description, $0.name) }))
      """
    return FormPage(
      title: w("deals.opportunity_at", ["name": name]), back: Routes.Clients.page(client), backTitle: name,
      action: Routes.Opportunities.create(client), submit: w("deals.pass_on"), summary: fields.summary, fields: body
    ).page(call)
  }

  private static func takePage(
    _ call: Call, _ form: Form, _ messages: [FieldMessage], _ found: Opportunity, _ choices: DealChoices
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body = DealForm.fields(&fields, choices, isNew: true, hasLines: false, call)
    return FormPage(
      title: w("deals.new_for", ["name": found.clientName]), back: Routes.Opportunities.mine(), backTitle: w("deals.opportunities"),
      action: Routes.Opportunities.taken(found.id), submit: w("deals.create"), summary: fields.summary, fields: body
    ).page(call, place: .deals)
  }

  private static func declinePage(_ call: Call, _ form: Form, _ messages: [FieldMessage], _ found: Opportunity) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body: HTML = "<p class=\"text\">\(found.text)</p>\(fields.area("answer", w("deals.field.answer"), hint: w("deals.hint.answer", ["name": found.noticedByName])))"
    return FormPage(
      title: w("deals.decline_title", ["name": found.clientName]), back: Routes.Opportunities.mine(), backTitle: w("deals.opportunities"),
      action: Routes.Opportunities.declined(found.id), submit: w("deals.decline"), summary: fields.summary, fields: body
    ).page(call, place: .deals)
  }

  private static func minePage(_ waiting: [Opportunity], _ answered: [Opportunity], _ call: Call) -> Page {
    let w = call.words
    let open = waiting.map { one -> HTML in
      let act: HTML = !call.may(.editDeals) ? "" : """
        <div class="actions"><a class="button small primary" href="\(Routes.Opportunities.take(one.id))">\(w("deals.take"))</a>\
        <a class="button small" href="\(Routes.Opportunities.decline(one.id))" data-dialog>\(w("deals.decline"))</a></div>
        """
      return "<li data-row>\(about(one, call))\(act)</li>"
    }
    let told = answered.map { one -> HTML in
      """
      <li data-row>\(about(one, call))<div class="actions"><form method="post" action="\(Routes.Opportunities.read(one.id))"><button class="small">\(w("deals.understood"))</button></form></div></li>
      """
    }
    func list(_ items: [HTML], _ empty: String) -> HTML {
      items.isEmpty ? "<p class=\"empty in\">\(w(empty))</p>" : "<ul class=\"items\" data-rows>\(items)</ul>"
    }
    return Page(w("deals.opportunities"), place: .deals, main: """
      <nav class="crumb" aria-label="\(w("clients.place"))"><a href="\(Routes.Deals.board())" data-key="u">\(call.icon("back"))\(w("deals.title"))</a></nav>
      <header class="head"><div><h1>\(w("deals.opportunities"))</h1></div></header><div class="stack narrow">
      <section class="card" aria-labelledby="wait-h"><header><h2 id="wait-h">\(w("deals.waiting_for_you"))</h2></header>\(list(open, "deals.none_waiting"))</section>
      <section class="card" aria-labelledby="told-h"><header><h2 id="told-h">\(w("deals.came_of_yours"))</h2></header>\(list(told, "deals.none_answered"))</section></div>
      """)
  }

  static func about(_ one: Opportunity, _ call: Call) -> HTML {
    let w = call.words
    let deal: HTML = one.dealID.map { " <a href=\"\(Routes.Deals.page($0))\">\(w("deals.to_project"))</a>" } ?? ""
    let answer: HTML = one.answer.isEmpty ? "" : "<p class=\"outcome\">\(one.answer)</p>"
    let passed = w("deals.passed", ["by": one.noticedByName, "to": one.toName])
    return """
      <div><b><a href="\(Routes.Clients.page(one.clientID))" data-open>\(one.clientName)</a></b> <span class="chip">\(w("deals.opportunity_state.\(one.state.rawValue)"))</span>\(deal)
      <p>\(one.text)</p>\(answer)<p class="meta">\(passed), \(w.dayTag(one.noticedAt, now: call.now))</p></div>
      """
  }
}
