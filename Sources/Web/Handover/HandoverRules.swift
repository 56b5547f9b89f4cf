import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The rule of step 2: each language, country, tag or relationship type that the clients have, and who gets it.
enum HandoverRules {
  private struct Model: Sendable {
    let record: HandoverRecord
    let trait: SplitTrait
    let values: [SplitValue]
    let takers: [HandoverPerson]
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.rules) { call, id in
      guard let model = try await call.read({ try model($0, id) }) else { return call.redirect(to: Routes.Handover.page(id)) }
      return call.answer(page(call, model, form(model.record), []))
    }
    book.on(Routes.Handover.changeRules) { call, id in
      let form = try await call.form()
      guard let model = try await call.read({ try model($0, id) }) else { return call.redirect(to: Routes.Handover.page(id)) }
      return try await Handover.meanwhile(call, id) {
        try await call.submit {
          var plan = model.record.plan
          plan.rules = model.values.compactMap { one in
            one.value.flatMap { value in AccountID(form[field(value)]).map { SplitRule(value: value, to: $0) } }
          }
          let changed = plan, version = Int(form["version"]) ?? 0
          try await call.write { try $0.changeHandover(id, plan: changed, expecting: version) }
        } again: { page(call, model, form, $0) } then: { call.redirect(to: Routes.Handover.page(id)) }
      }
    }
  }

  private static func model(_ reader: Reader, _ id: HandoverID) throws -> Model? {
    let record = try reader.handover(id)
    guard record.state == .draft, record.plan.method == .rule, let trait = record.plan.trait else { return nil }
    return Model(record: record, trait: trait, values: try reader.splitValues(record, by: trait), takers: try reader.handoverTakers())
  }

  private static func field(_ value: String) -> String { "to-\(value)" }

  private static func form(_ record: HandoverRecord) -> Form { Form(record.plan.rules.map { (field($0.value), $0.to.description) }) }

  private static func page(_ call: Call, _ model: Model, _ form: Form, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let record = model.record
    let others = model.takers.filter { $0.id != record.fromID }
    let names = Dictionary(others.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let shared = record.plan.takers.compactMap { names[$0] }.joined(separator: ", ")
    let rest = shared.isEmpty ? w("handover.keeps") : w("handover.shared_among", ["names": shared])
    let options = [(value: "", text: rest)] + others.map { (value: $0.id.description, text: $0.name) }
    let rows = model.values.compactMap { one -> HTML? in
      guard let value = one.value else { return nil }
      return fields.select(field(value), w.count("handover.value_with_clients", one.count, ["name": label(one, model.trait, w)]), options)
    }
    let without = model.values.first { $0.value == nil }?.count ?? 0
    let note: HTML = without == 0 ? "" : "<p class=\"hint\">\(w.count("handover.without_value", without, ["who": rest]))</p>"
    let body: HTML = rows.isEmpty ? "<p class=\"note info\">\(w("handover.no_values"))</p>" : "\(rows)"
    return Handover.page(call, w("handover.rules_title", ["trait": w("handover.trait.\(model.trait.rawValue)")]), """
      \(fields.summary)\(Handover.steps(record, at: .plan, w))
      <form class="card stack narrow" method="post" action="\(Routes.Handover.changeRules(record.id))" novalidate data-dirty>\(body)\(note)\(Handover.version(record))
      <div class="form-end"><button class="primary">\(w("handover.next"))</button><a class="button" href="\(Routes.Handover.plan(record.id))">\(w("handover.back"))</a></div></form>
      """)
  }

  private static func label(_ one: SplitValue, _ trait: SplitTrait, _ w: Words) -> String {
    let value = one.value ?? ""
    return switch trait {
    case .language: Language(rawValue: value)?.ownName ?? value
    case .country: Choices.countryName(value, w.language)
    case .tag: one.name ?? value
    case .relationship: one.relationship.map { w.relationship($0) } ?? value
    }
  }
}
