package import Domain
package import Hummingbird
package import Markup
package import Store

/// The timeline on a client's or person's page: read within the page's snapshot, rendered within its frame. Filters and
/// "Earlier" ask the page's own address again; by script only the region comes back.
package enum TimelinePanel {
  package struct Model: Sendable {
    let party: PartyID
    /// The page it stands on.
    let path: String
    let request: TimelineRequest
    let timeline: Timeline
    let people: [Named]
  }

  struct Named: Sendable {
    let id: PartyID
    let name: String
  }

  package static func read(_ reader: Reader, _ party: PartyID, _ query: Query, path: String) throws -> Model {
    let request = TimelineRequest(query)
    let timeline = try reader.timeline(of: party, request.filter, page: request.page)
    let people = try reader.people(of: party).map { Named(id: $0.id, name: $0.name) }
    return Model(party: party, path: path, request: request, timeline: timeline, people: people)
  }

  /// The answer to a script that asks the page for other filters or earlier entries: the region alone.
  package static func fragment(_ call: Call, _ party: PartyID, path: String) async throws -> Response {
    let query = call.query
    return try await call.page { reader in
      let request = TimelineRequest(query)
      let timeline = try reader.timeline(of: party, request.filter, page: request.page)
      return Model(party: party, path: path, request: request, timeline: timeline, people: [])
    } _: { Page("", main: region($0, call)) }
  }

  package static func render(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    return """
      <section class="main section" aria-labelledby="timeline-h">
      <header><h2 id="timeline-h">\(w("history.timeline"))</h2>\(filters(model, call))</header>
      \(quick(model, call))\(region(model, call))
      </section>
      """
  }

  /// What filters and "Earlier" replace: the answer to a request by script.
  package static func region(_ model: Model, _ call: Call) -> HTML {
    let count = model.timeline.entries.count
    let found: HTML = model.request.filter.isEmpty || count == 0
      ? "" : "<p class=\"hide\" data-found>\(call.words.count("history.found", count))</p>"
    return "<div id=\"timeline\">\(found)\(content(model, call))</div>"
  }

  private static func content(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let timeline = model.timeline
    if timeline.entries.isEmpty, timeline.pinned.isEmpty {
      guard model.request.filter.isEmpty else {
        return """
          <div class="empty">\(call.icon("search"))<p data-found>\(w("history.none_found"))</p>
          <a class="button" href="\(model.path)">\(w("history.clear_filters"))</a></div>
          """
      }
      return "<div class=\"empty\">\(call.icon("history"))<p>\(w("history.none"))</p>\(emptyAction(model, call))</div>"
    }
    let newer: HTML = timeline.newer.map { place in
      "<p class=\"list-end\"><a class=\"button\" href=\"\(model.request.url(model.path, .after(place)))\">\(w("history.later"))</a></p>"
    } ?? ""
    let older: HTML = timeline.older.map { place in
      "<p class=\"list-end\"><a class=\"button\" href=\"\(model.request.url(model.path, .before(place)))\" data-more=\".timeline\">\(w("history.earlier"))</a></p>"
    } ?? ""
    return "\(newer)\(TimelineList(timeline, party: model.party, call).html)\(older)"
  }

  private static func emptyAction(_ model: Model, _ call: Call) -> HTML {
    guard call.may(.logContacts) else { return "" }
    return """
      <a class="button" href="\(Routes.History.log(model.party))" data-dialog>\(call.icon("call"))\(call.words("history.log"))</a>
      """
  }

  /// One click opens the form for the channel, the second saves it.
  private static func quick(_ model: Model, _ call: Call) -> HTML {
    guard call.may(.logContacts) else { return "" }
    let w = call.words
    let channels: [Channel] = [.call, .meeting, .email, .messenger]
    let links = channels.map { channel -> HTML in
      let url = Routes.History.log(model.party) + URLText.query([("channel", channel.rawValue)])
      return "<a class=\"button small\" href=\"\(url)\" data-dialog>\(call.icon(channel.rawValue))\(w("history.channel.\(channel)"))</a>"
    }
    return """
      <div class="actions quick no-print" role="group" aria-label="\(w("history.log"))">\(links)\
      <a class="button small" href="\(Routes.History.note(model.party))" data-dialog data-key="n">\(call.icon("note"))\(w("history.note"))</a></div>
      """
  }
}

extension TimelinePanel {
  private static func filters(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let request = model.request
    let kinds = [("", w("history.filter.all"))]
      + TimelineFilter.Kind.allCases.map { ($0.rawValue, w("history.filter.\($0)")) }
      + Channel.allCases.map { ($0.rawValue, w("history.channel.\($0)")) }
    return """
      <form class="filters" role="search" aria-label="\(w("history.filter"))" data-live="#timeline" action="\(model.path)">
      <div class="field"><label class="hide" for="tl-find">\(w("history.find"))</label><input type="search" id="tl-find" name="find" value="\(request.filter.find)" placeholder="\(w("history.find"))"></div>
      \(FilterBar.select("kind", w("history.filter.kind"), kinds, request.kind, prefix: "tl"))\(more(model, w))
      <button class="no-js">\(w("history.show"))</button><output class="hide"></output></form>
      """
  }

  /// Whom and by whom: seldom asked, so folded until it is.
  private static func more(_ model: Model, _ w: Words) -> HTML {
    let fields = who(model, w) + authors(model, w)
    guard !fields.isEmpty else { return "" }
    let isOpen = model.request.filter.person != nil || model.request.filter.author != nil
    return "<details\(attr: "open", if: isOpen)><summary>\(w("history.filter.more"))</summary><div class=\"filters\">\(fields)</div></details>"
  }

  private static func who(_ model: Model, _ w: Words) -> HTML {
    guard !model.people.isEmpty else { return "" }
    let options = [("", w("history.filter.anyone"))] + model.people.map { ($0.id.description, $0.name) }
    return FilterBar.select("who", w("history.filter.who"), options, model.request.filter.person?.description ?? "", prefix: "tl")
  }

  /// Those who wrote what is shown: nobody waits for a list of all who ever did.
  private static func authors(_ model: Model, _ w: Words) -> HTML {
    let names = model.timeline.accounts.sorted { Fold.sortKey($0.value) < Fold.sortKey($1.value) }
    let chosen = model.request.filter.author
    guard names.count > 1 || chosen != nil else { return "" }
    let options = [("", w("history.filter.any_author"))] + names.map { ($0.key.description, $0.value) }
    return FilterBar.select("by", w("history.filter.author"), options, chosen?.description ?? "", prefix: "tl")
  }
}

extension Call {
  func may(_ permission: Permission) -> Bool { signedIn?.actor.may(permission) ?? false }
}
