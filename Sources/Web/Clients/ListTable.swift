import Domain
import Markup
import Store

/// The rows of a list, with selection and the bar for the selected.
enum ListTable {
  static func html(_ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let filter = model.state.filter
    let mayBulk = filter.who == .clients && (call.may(.bulkChange) || call.may(.removeClients))
    let rows = model.page.lines.map { line in
      filter.who == .clients ? client(line, model, mayBulk, call) : person(line, model, call)
    }
    return """
      <form method="post" action="\(Routes.Clients.bulk())" data-rows>
      <div class="scroll" role="region" aria-labelledby="cap" tabindex="0"><table><caption id="cap" class="hide">\(w(filter.who == .clients ? "clients.title" : "clients.people_title"))</caption>
      <thead><tr>\(filter.who == .clients ? clientHead(model, mayBulk, call) : personHead(call))</tr></thead>
      <tbody>\(rows)</tbody></table></div>\(mayBulk ? BulkBar.html(model, call) : "")</form>
      """
  }

  private static func clientHead(_ model: ListPage.Model, _ mayBulk: Bool, _ call: Call) -> HTML {
    let w = call.words
    let state = model.state
    let pick: HTML = mayBulk ? """
      <th class="pick" scope="col"><label><span class="hide">\(w("clients.select_all"))</span><input type="checkbox" data-select-all class="js"></label></th>
      """ : ""
    let when: HTML =
      switch state.filter.state {
      case .active: sortHead("clients.last_contact", .contact, state, call)
      case .archived: "<th scope=\"col\" aria-sort=\"descending\">\(w("clients.archived_at"))</th>"
      case .bin: "<th scope=\"col\" aria-sort=\"descending\">\(w("clients.deleted_at"))</th>"
      }
    let name: HTML = state.filter.state == .active
      ? sortHead("clients.field.name", .name, state, call) : "<th scope=\"col\">\(w("clients.field.name"))</th>"
    return """
      \(pick)\(name)<th scope="col">\(w("clients.contact_column"))</th><th scope="col">\(w("clients.field.owner"))</th>\(when)\(state.filter.state == .active ? sortHead("today.rhythm_due", .due, state, call) : "")\
      <th scope="col">\(w("clients.field.tags"))</th><th scope="col"><span class="hide">\(w("clients.actions"))</span></th>
      """
  }

  private static func sortHead(_ label: String, _ key: ClientSort.Key, _ state: ListState, _ call: Call) -> HTML {
    let order = state.sort.key == key ? (state.sort.descending ? "descending" : "ascending") : nil
    return "<th scope=\"col\"\(attr: "aria-sort", order)><a class=\"sort\" href=\"\(state.sorted(by: key))\">\(call.words(label))</a></th>"
  }

  private static func personHead(_ call: Call) -> HTML {
    let w = call.words
    return """
      <th scope="col">\(w("clients.field.name"))</th><th scope="col">\(w("clients.at_client"))</th><th scope="col">\(w("clients.contact_column"))</th>
      """
  }

  private static func client(_ line: ClientLine, _ model: ListPage.Model, _ mayBulk: Bool, _ call: Call) -> HTML {
    let w = call.words
    let pick: HTML = mayBulk ? """
      <td class="pick"><label><span class="hide">\(w("clients.select", ["name": line.name]))</span><input type="checkbox" name="id" value="\(line.id)" data-select></label></td>
      """ : ""
    let tags = line.tags.map { tag -> HTML in
      "<a class=\"tag\" href=\"\(model.state.with { $0.tags = [tag.id] })\">\(tag.name)</a>"
    }
    let relationship: HTML = line.relationship.map { "<span class=\"sub\">\(w.relationship($0))</span>" } ?? ""
    return """
      <tr data-row>\(pick)<th scope="row"><a href="\(model.state.record(line.id, number: line.number))" data-open>\(line.name)</a>\(relationship)</th>\
      <td>\(reach(line))</td><td>\(line.owner ?? "")</td><td>\(when(line, model, call))</td>\(due(line, model, call))\
      <td><span class="chips">\(tags)</span></td><td class="fit">\(action(line, model, call))</td></tr>
      """
  }

  private static func reach(_ line: ClientLine) -> HTML {
    switch (line.phone, line.email) {
    case (let phone?, let email?): "\(phone)<span class=\"sub\">\(email)</span>"
    case (let phone?, nil): "\(phone)"
    case (nil, let email?): "\(email)"
    case (nil, nil): ""
    }
  }

  private static func when(_ line: ClientLine, _ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    switch model.state.filter.state {
    case .archived: return line.archivedAt.map { w.dayTag($0, now: call.now) } ?? ""
    case .bin: return line.deletedAt.map { w.dayTag($0, now: call.now) } ?? ""
    case .active:
      guard let at = line.lastContactAt else { return "<span class=\"meta\">\(w("clients.never"))</span>" }
      let how: HTML = line.lastChannel.map { "<span class=\"sub\">\(w("history.channel.\($0.rawValue)"))</span>" } ?? ""
      return "\(w.dayTag(at, now: call.now))\(how)"
    }
  }

  /// When the next contact is due: yellow before, red after.
  private static func due(_ line: ClientLine, _ model: ListPage.Model, _ call: Call) -> HTML {
    guard model.state.filter.state == .active else { return "" }
    guard let rhythm = line.rhythm else { return "<td></td>" }
    let state = rhythm.state(at: call.now)
    guard state != .fine else { return "<td>\(call.words.dayTag(rhythm.dueAt, now: call.now))</td>" }
    return "<td><span class=\"chip \(state == .late ? "danger" : "warn")\">\(RhythmInline.text(rhythm, call))</span></td>"
  }

  private static func action(_ line: ClientLine, _ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    switch model.state.filter.state {
    case .active:
      guard call.may(.logContacts) else { return "" }
      return """
        <a class="button small" href="\(Routes.History.log(line.id))" data-dialog data-key-row="l" aria-label="\(w("clients.log_for", ["name": line.name]))">\(call.icon("call"))\(w("clients.log"))</a>
        """
    case .archived:
      guard call.may(.removeClients) else { return "" }
      return "<button class=\"small\" formaction=\"\(Routes.Clients.unarchive(line.id))\">\(w("clients.unarchive"))</button>"
    case .bin:
      guard call.may(.removeClients) else { return "" }
      return "<button class=\"small\" formaction=\"\(Routes.Clients.restore(line.id))\">\(w("clients.restore"))</button>"
    }
  }

  private static func person(_ line: ClientLine, _ model: ListPage.Model, _ call: Call) -> HTML {
    let company: HTML = line.company.map { "<a href=\"\(Routes.Clients.page($0.id))\">\($0.name)</a>" } ?? ""
    return """
      <tr data-row><th scope="row"><a href="\(model.state.record(line.id, number: line.number))" data-open>\(line.name)</a></th><td>\(company)</td><td>\(reach(line))</td></tr>
      """
  }
}
