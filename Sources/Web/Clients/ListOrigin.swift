import Domain
import Markup
import Store

/// The list someone came to a record from, as the record's URL carries it: `list` is the list's own query, `at` the number the
/// record was sorted by when the list was read.
struct ListOrigin: Sendable {
  let state: ListState
  let number: Int64?

  init(state: ListState, number: Int64?) { (self.state, self.number) = (state, number) }

  /// Nil when one came from elsewhere.
  init?(_ who: ClientFilter.Who, _ query: Query) {
    guard let list = query["list"] else { return nil }
    state = ListState(who, Query.pairs(of: list))
    number = query["at"].flatMap { Int64($0) }
  }

  /// The order is always named, so that a list without filters is a list too.
  var pairs: [(String, String)] {
    let list = String(URLText.query(state.filter.pairs + [("sort", state.sort.text)]).dropFirst())
    return [("list", list)] + (number.map { [("at", String($0))] } ?? [])
  }

  /// Back to the list, to the one before, to the one after.
  static func crumb(_ origin: ListOrigin, _ neighbours: ClientNeighbours, _ title: String, _ call: Call) -> HTML {
    let w = call.words
    func step(_ other: ClientNeighbour?, _ rel: String, _ key: String, _ label: String, _ icon: String) -> HTML {
      guard let other else { return "" }
      return """
        <a href="\(origin.state.record(other.id, number: other.number))" rel="\(rel)" data-key="\(key)" title="\(other.name)" aria-label="\(w(label, ["name": other.name]))">\(call.icon(icon))</a>
        """
    }
    return """
      <nav class="crumb" aria-label="\(w("clients.place"))"><a href="\(origin.state.url)" data-key="u">\(call.icon("back"))\(title)</a>\
      <span class="neighbours">\(step(neighbours.previous, "prev", "[", "clients.previous_named", "left"))\
      \(step(neighbours.next, "next", "]", "clients.next_named", "right"))</span></nav>
      """
  }
}
