import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Step 2: all to one, evenly among several, or by a rule.
enum HandoverPlanPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.plan) { call, id in
      let (record, takers) = try await call.read { (try $0.handover(id), try $0.handoverTakers()) }
      guard record.state == .draft else { return call.redirect(to: Routes.Handover.page(id)) }
      return call.answer(page(call, record, takers, form(record), []))
    }
    book.on(Routes.Handover.changePlan, change)
  }

  private static func change(_ call: Call, _ id: HandoverID) async throws -> Response {
    let form = try await call.form()
    let (record, takers) = try await call.read { (try $0.handover(id), try $0.handoverTakers()) }
    return try await Handover.meanwhile(call, id) {
      try await call.submit { () async throws -> HandoverPlan in
        let plan = try read(form, over: record.plan), version = Int(form["version"]) ?? 0
        // The rule's own page comes next: until it is filled in, nobody need share the rest.
        try await call.write { try $0.changeHandover(id, plan: plan, expecting: version) }
        return plan
      } again: { page(call, record, takers, form, messages(form, $0)) } then: { plan in
        call.redirect(to: plan.method == .rule ? Routes.Handover.rules(id) : Routes.Handover.page(id))
      }
    }
  }

  /// What is wrong with the takers stands by the field that the method uses.
  private static func messages(_ form: Form, _ messages: [FieldMessage]) -> [FieldMessage] {
    guard form["method"] == HandoverPlan.Method.one.rawValue else { return messages }
    return messages.map { $0.field == "takers" ? FieldMessage(field: "one", key: $0.key, slots: $0.slots) : $0 }
  }

  private static func read(_ form: Form, over old: HandoverPlan) throws(InvalidForm) -> HandoverPlan {
    var check = Validation()
    let method = check.parsed(form["method"], field: "method", key: "handover.error.method", required: true, by: HandoverPlan.Method.init)
    let trait = method == .rule
      ? check.parsed(form["trait"], field: "trait", key: "handover.error.trait", required: true, by: SplitTrait.init) : nil
    try check.check()
    guard let method else { throw InvalidForm(check.messages) }
    let takers = method == .one ? [AccountID(form["one"])].compactMap(\.self) : form.all("takers").compactMap { AccountID($0) }
    return HandoverPlan(
      method: method, takers: takers, trait: trait, rules: method == .rule && trait == old.trait ? old.rules : [],
      rest: AccountID(form["rest"]))
  }

  private static func form(_ record: HandoverRecord) -> Form {
    let plan = record.plan
    var pairs = [
      ("method", plan.method.rawValue), ("trait", plan.trait?.rawValue ?? SplitTrait.language.rawValue), ("rest", plan.rest?.description ?? ""),
      ("version", String(record.version)),
    ]
    if plan.method == .one { pairs.append(("one", plan.takers.first?.description ?? "")) } else {
      pairs += plan.takers.map { ("takers", $0.description) }
    }
    return Form(pairs)
  }

  private static func page(
    _ call: Call, _ record: HandoverRecord, _ takers: [HandoverPerson], _ form: Form, _ messages: [FieldMessage]
  ) -> Page {
    let w = call.words
    let others = takers.filter { $0.id != record.fromID }
    guard !others.isEmpty else {
      return Handover.page(call, Handover.title(record, w), """
        \(Handover.steps(record, at: .plan, w))<div class="empty">\(call.icon("team"))<p>\(w("handover.no_takers"))</p></div>
        """)
    }
    var fields = FormFields(call, form, messages)
    let methods = HandoverPlan.Method.allCases.map {
      (value: $0.rawValue, text: w("handover.method.\($0.rawValue)"), hint: Optional(w("handover.method.\($0.rawValue)_hint")))
    }
    let names = [(value: "", text: w("clients.not_chosen"))] + others.map { (value: $0.id.description, text: $0.name) }
    let traits = SplitTrait.allCases.map { (value: $0.rawValue, text: w("handover.trait.\($0.rawValue)")) }
    let several = others.map { (value: $0.id.description, text: $0.name, hint: Optional(about($0, w))) }
    let rest: HTML = record.reason == .leaves
      ? fields.select("rest", w("handover.field.rest"), [(value: "", text: w("handover.rest_first"))] + names.dropFirst(), hint: w("handover.rest_hint")) : ""
    let body: HTML = """
      \(fields.radios("method", w("handover.field.method"), methods))
      <div class="when-one">\(fields.select("one", w("handover.field.one"), names))</div>
      <div class="when-rule">\(fields.select("trait", w("handover.field.trait"), traits))</div>
      <div class="when-several">\(fields.checks("takers", w("handover.field.takers"), several))</div>\(rest)\(Handover.version(record))
      """
    return Handover.page(call, Handover.title(record, w), sub: w("handover.draft_kept"), """
      \(fields.summary)\(Handover.steps(record, at: .plan, w))
      <form class="card stack narrow handover-plan" method="post" action="\(Routes.Handover.changePlan(record.id))" novalidate data-dirty>\(body)
      <div class="form-end"><button class="primary">\(w("handover.next"))</button><a class="button" href="\(Routes.Handover.who(record.id))">\(w("handover.back"))</a></div></form>
      """)
  }

  private static func about(_ person: HandoverPerson, _ w: Words) -> String {
    [person.team, person.language.ownName, w.count("handover.has_clients", person.clients)].compactMap(\.self).joined(separator: " · ")
  }
}
