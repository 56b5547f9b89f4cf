import Domain
import Markup
import Store

/// The filter bar, and what is applied as chips that take themselves away.
enum ListFilters {
  static func bar(_ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let filter = model.state.filter
    let isClients = filter.who == .clients
    let more: HTML = isClients ? further(model, call) : ""
    return """
      <form class="filters" role="search" aria-label="\(w("clients.filter"))" action="\(model.state.path)" data-live="#list">
      <div class="field"><label class="hide" for="q">\(w("clients.filter_text"))</label><input type="search" id="q" name="q" value="\(filter.text)" placeholder="\(w("clients.filter_text"))"></div>
      \(isClients ? main(model, call) : "")\(more)\(hidden(model))<button class="no-js">\(w("clients.show"))</button><output class="hide"></output></form>
      """
  }

  private static func main(_ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let filter = model.state.filter, choices = model.choices
    let owner =
      switch filter.owner {
      case .account(let id): id.description
      case .nobody: "none"
      case nil: ""
      }
    let owners = [("", w("clients.any_owner")), ("none", w("clients.no_owner"))] + choices.owners.map { ($0.id.description, $0.name) }
    let tags = [("", w("clients.any_tag"))] + choices.tags.map { ($0.id.description, $0.name) }
    let relationships = [("", w("clients.any_relationship"))] + choices.relationships.map { ($0.id.description, w.relationship($0.name)) }
    return """
      \(FilterBar.select("owner", w("clients.field.owner"), owners, owner))\
      \(choices.tags.isEmpty ? "" : FilterBar.select("tag", w("clients.field.tags"), tags, filter.tags.first?.description ?? ""))\
      \(FilterBar.select("relationship", w("clients.field.relationship"), relationships, filter.relationship?.description ?? ""))\
      \(contact(filter, call))
      """
  }

  private static func rhythm(_ filter: ClientFilter, _ w: Words) -> HTML {
    let options = [("", w("today.rhythm_any"))] + ClientFilter.Clock.allCases.map { ($0.rawValue, w("today.rhythm_\($0.rawValue)_filter")) }
    return FilterBar.select("rhythm", w("clients.field.rhythm"), options, filter.rhythm?.rawValue ?? "")
  }

  /// "Never", or a date by which the last one was.
  private static func contact(_ filter: ClientFilter, _ call: Call) -> HTML {
    let w = call.words
    let today = call.today
    func ago(_ days: Int) -> String { today.adding(days: -days).description }
    let chosen: String =
      switch filter.lastContact {
      case .before(let date), .between(_, let date): date.description
      case .never, .after, nil: ""
      }
    var options = [("", w("clients.any_contact"))]
    options += [30, 60, 90, 180, 365].map { (ago($0), w.count("clients.contact_older", $0)) }
    if !chosen.isEmpty, !options.contains(where: { $0.0 == chosen }), let date = CalendarDate(chosen) {
      options.append((chosen, w("clients.contact_before", ["date": w.formats.date(date)])))
    }
    return FilterBar.select("before", w("clients.last_contact"), options, chosen)
  }

  /// What is seldom asked for, folded until something of it is set.
  private static func further(_ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let filter = model.state.filter
    let kinds = [("", w("clients.any_kind"))] + PartyKind.allCases.map { ($0.rawValue, w("clients.kind.\($0.rawValue)")) }
    let languages = [("", w("clients.any_language"))] + Choices.languages.map { ($0.value, $0.text) }
    let countries = [("", w("clients.any_country"))] + Choices.countries(w.language).map { ($0.value, $0.text) }
    let teams = [("", w("clients.any_team"))] + model.choices.teams.map { ($0.id.description, $0.name) }
    let after: String? =
      switch filter.lastContact {
      case .after(let date), .between(let date, _): date.description
      case .never, .before, nil: nil
      }
    let own = model.choices.fields.filter { $0.kind == .choice || $0.kind == .bool }.map { field -> HTML in
      let values = field.kind == .bool ? [("1", w("clients.yes")), ("0", w("clients.no"))] : field.options.map { ($0, $0) }
      return FilterBar.select("field.\(field.id)", field.name, [("", field.name)] + values, filter.fields[field.id] ?? "")
    }
    let isOpen = filter.kind != nil || filter.language != nil || filter.country != nil || filter.team != nil || after != nil
      || filter.lastContact == .never || filter.rhythm != nil || filter.promises != nil || filter.industry != nil || !filter.fields.isEmpty
    let promises = [("", w("clients.any_promises"))] + ClientFilter.Promises.allCases.map { ($0.rawValue, w("clients.promises.\($0.rawValue)")) }
    return """
      <details class="more-filters"\(attr: "open", if: isOpen)><summary>\(w("clients.more_filters"))</summary><div class="filters">
      \(FilterBar.select("promise", w("promises.title"), promises, filter.promises?.rawValue ?? ""))\
      \(FilterBar.select("kind", w("clients.field.kind"), kinds, filter.kind?.rawValue ?? ""))\
      \(FilterBar.select("language", w("clients.field.language"), languages, filter.language?.rawValue ?? ""))\
      \(FilterBar.select("country", w("clients.field.country"), countries, filter.country?.code ?? ""))\
      \(model.choices.teams.isEmpty ? "" : FilterBar.select("team", w("clients.team"), teams, filter.team?.description ?? ""))\(own)
      <div class="field"><label for="f-industry">\(w("clients.field.industry"))</label><input id="f-industry" name="industry" value="\(filter.industry ?? "")"></div>
      <div class="field"><label for="f-after">\(w("clients.contact_since"))</label><input type="date" id="f-after" name="after"\(attr: "value", after)></div>
      \(rhythm(filter, w))
      <label class="choice"><input type="checkbox" name="contact" value="never"\(attr: "checked", if: filter.lastContact == .never)><span>\(w("clients.never_contacted"))</span></label>
      </div></details>
      """
  }

  /// What the bar has no control for stays: order, state, further tags.
  private static func hidden(_ model: ListPage.Model) -> HTML {
    let filter = model.state.filter
    var pairs: [(String, String)] = filter.tags.dropFirst().map { ("tag", $0.description) }
    if filter.state != .active { pairs.append(("state", filter.state.rawValue)) }
    if model.state.sort != ClientSort(.name) { pairs.append(("sort", model.state.sort.text)) }
    let offered = Set(model.choices.fields.filter { $0.kind == .choice || $0.kind == .bool }.map(\.id))
    for (field, value) in filter.fields where !offered.contains(field) { pairs.append(("field.\(field)", value)) }
    return pairs.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }.joined()
  }
}

extension ListFilters {
  static func applied(_ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let state = model.state
    let chips = self.chips(model, call)
    guard !chips.isEmpty else { return "" }
    let items = chips.map { text, url -> HTML in
      "<a class=\"chip remove\" href=\"\(url)\" aria-label=\"\(w("clients.remove_filter", ["filter": text]))\">\(text) \(call.icon("close"))</a>"
    }
    let bare = ClientFilter(state.filter.who, pairs: [("state", state.filter.state.rawValue)])
    return """
      <div class="applied" role="group" aria-label="\(w("clients.filters"))">\(items.joined(by: " ")) <a href="\(state.path + URLText.query(bare.pairs))">\(w("clients.clear_all"))</a></div>
      """
  }

  private static func chips(_ model: ListPage.Model, _ call: Call) -> [(String, String)] {
    let w = call.words
    let state = model.state, filter = model.state.filter, choices = model.choices
    var out: [(String, String)] = []
    func add(_ key: String, _ value: String, _ change: (inout ClientFilter) -> Void) {
      out.append((w("clients.chip", ["label": w(key), "value": value]), state.with(change)))
    }
    if !filter.text.isEmpty { add("clients.filter_text", filter.text) { $0.text = "" } }
    switch filter.owner {
    case .nobody: out.append((w("clients.no_owner"), state.with { $0.owner = nil }))
    case .account(let id): add("clients.field.owner", choices.owners.first { $0.id == id }?.name ?? "№ \(id)") { $0.owner = nil }
    case nil: break
    }
    for tag in filter.tags {
      add("clients.field.tags", choices.tags.first { $0.id == tag }?.name ?? "№ \(tag)") { $0.tags.removeAll { $0 == tag } }
    }
    if let id = filter.relationship {
      let name = choices.relationships.first { $0.id == id }.map { w.relationship($0.name) }
      add("clients.field.relationship", name ?? "№ \(id)") { $0.relationship = nil }
    }
    if let team = filter.team { add("clients.team", choices.teams.first { $0.id == team }?.name ?? "№ \(team)") { $0.team = nil } }
    if let kind = filter.kind { add("clients.field.kind", w("clients.kind.\(kind.rawValue)")) { $0.kind = nil } }
    if let country = filter.country {
      add("clients.field.country", Choices.countryName(country.code, w.language)) { $0.country = nil }
    }
    if let language = filter.language { add("clients.field.language", language.ownName) { $0.language = nil } }
    if let industry = filter.industry { add("clients.field.industry", industry) { $0.industry = nil } }
    switch filter.lastContact {
    case .never: out.append((w("clients.never_contacted"), state.with { $0.lastContact = nil }))
    case .before(let date): out.append((w("clients.contact_before", ["date": w.formats.date(date)]), state.with { $0.lastContact = nil }))
    case .after(let date): out.append((w("clients.contact_after", ["date": w.formats.date(date)]), state.with { $0.lastContact = nil }))
    case .between(let from, let before):
      out.append((w("clients.contact_after", ["date": w.formats.date(from)]), state.with { $0.lastContact = .before(before) }))
      out.append((w("clients.contact_before", ["date": w.formats.date(before)]), state.with { $0.lastContact = .after(from) }))
    case nil: break
    }
    if let rhythm = filter.rhythm { out.append((w("today.rhythm_\(rhythm.rawValue)_filter"), state.with { $0.rhythm = nil })) }
    if let promises = filter.promises { out.append((w("clients.promises.\(promises.rawValue)"), state.with { $0.promises = nil })) }
    for (id, value) in filter.fields.sorted(by: { $0.key < $1.key }) {
      let field = choices.fields.first { $0.id == id }
      let shown = field?.kind == .bool ? w(value == "1" ? "clients.yes" : "clients.no") : value
      out.append((w("clients.chip", ["label": field?.name ?? "№ \(id)", "value": shown]), state.with { $0.fields[id] = nil }))
    }
    return out
  }
}
