import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Step 3, for those who want it: single clients to somebody else than the plan says. Each page of the list is kept by itself.
enum HandoverOneByOne {
  private struct Model: Sendable {
    let record: HandoverRecord
    let lines: HandoverLines
    let takers: [HandoverPerson]
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Handover.clients) { call, id in
      let model = try await call.read { reader in
        let record = try reader.handover(id)
        return Model(
          record: record, lines: try reader.handoverLines(record, after: call.query["after"].flatMap(ClientID.init)),
          takers: try reader.handoverTakers())
      }
      guard model.record.state == .draft else { return call.redirect(to: Routes.Handover.page(id)) }
      return call.answer(page(call, model))
    }
    book.on(Routes.Handover.choose) { call, id in
      let form = try await call.form()
      let version = Int(form["version"]) ?? 0
      let choices = try read(form)
      return try await Handover.meanwhile(call, id) {
        try await call.write { try $0.choose(choices, in: id, expecting: version) }
        let next = ClientID(form["next"])
        return call.redirect(to: next.map { Routes.Handover.clients(id) + URLText.query([("after", $0.description)]) } ?? Routes.Handover.page(id))
      }
    }
  }

  private static func read(_ form: Form) throws -> [ClientID: HandoverChoice] {
    var choices: [ClientID: HandoverChoice] = [:]
    for (name, values) in form.fields where name.hasPrefix("client-") {
      guard let client = ClientID(name.dropFirst("client-".count)), let value = values.last else { continue }
      switch value {
      case "": choices[client] = .byPlan
      case "keep": choices[client] = .keep
      default:
        guard let taker = AccountID(value) else { throw WebError.badRequest(name) }
        choices[client] = .to(taker)
      }
    }
    return choices
  }

  private static func page(_ call: Call, _ model: Model) -> Page {
    let w = call.words
    let record = model.record
    let others = model.takers.filter { $0.id != record.fromID }
    let names = Dictionary(others.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let next: HTML = model.lines.next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" } ?? ""
    let label = model.lines.next == nil ? "handover.to_check" : "handover.save_and_next"
    let table: HTML = model.lines.lines.isEmpty ? "<p class=\"empty\">\(w("handover.no_clients"))</p>" : """
      <div class="scroll" role="region" aria-labelledby="cap" tabindex="0"><table><caption id="cap" class="hide">\(w("handover.step.clients"))</caption>
      <thead><tr><th scope="col">\(w("clients.field.name"))</th><th scope="col">\(w("clients.last_contact"))</th><th scope="col">\(w("handover.column.to"))</th></tr></thead>
      <tbody>\(model.lines.lines.map { row($0, others, names, record, call) })</tbody></table></div>
      """
    return Handover.page(call, Handover.title(record, w), sub: w("handover.clients_sub"), """
      \(Handover.steps(record, at: .clients, w))
      <form method="post" action="\(Routes.Handover.choose(record.id))" data-dirty>\(table)\(Handover.version(record))\(next)
      <div class="form-end"><button class="primary">\(w(label))</button><a class="button" href="\(Routes.Handover.page(record.id))">\(w("handover.skip"))</a></div></form>
      """)
  }

  private static func row(
    _ line: HandoverLine, _ others: [HandoverPerson], _ names: [AccountID: String], _ record: HandoverRecord, _ call: Call
  ) -> HTML {
    let w = call.words
    let planned = line.planned.flatMap { names[$0] }
    let byPlan = planned.map { w("handover.by_plan_to", ["name": $0]) } ?? w("handover.by_plan")
    var options = [(value: "", text: byPlan)] + others.map { (value: $0.id.description, text: $0.name) }
    if record.reason != .leaves { options.append((value: "keep", text: w("handover.keeps"))) }
    let chosen: String =
      switch line.choice {
      case .byPlan: ""
      case .keep: "keep"
      case .to(let id): id.description
      }
    let items = options.map { "<option value=\"\($0.value)\"\(attr: "selected", if: $0.value == chosen)>\($0.text)</option>" as HTML }
    let meta = [line.language?.ownName, line.country.map { Choices.countryName($0.code, w.language) }].compactMap(\.self).joined(separator: " · ")
    let archived: HTML = line.isArchived ? " <span class=\"chip\">\(w("clients.archived"))</span>" : ""
    let when: HTML = line.lastContactAt.map { w.dayTag($0, now: call.now) } ?? "<span class=\"meta\">\(w("clients.never"))</span>"
    return """
      <tr><th scope="row"><a href="\(Routes.Clients.page(line.id))">\(line.name)</a>\(archived)<span class="sub">\(meta)</span></th><td>\(when)</td>\
      <td><label><span class="hide">\(w("handover.goes_to", ["name": line.name]))</span><select name="client-\(line.id)">\(items)</select></label></td></tr>
      """
  }
}
