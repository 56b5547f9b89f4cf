import Domain
import Markup

/// A list as its URL describes it: filter, order, place. Every link on the page is this with one thing changed.
struct ListState: Sendable {
  var filter: ClientFilter
  var sort: ClientSort
  var cursor: ListCursor?
  /// The count to the end, however long it takes.
  var countsAll: Bool

  init(_ who: ClientFilter.Who, _ pairs: [(String, String)]) {
    filter = ClientFilter(who, pairs: pairs)
    func last(_ name: String) -> String? { pairs.last { $0.0 == name }?.1 }
    sort = last("sort").flatMap { ClientSort($0) } ?? ClientSort(.name)
    cursor = last("after").flatMap { ListCursor($0) }
    countsAll = last("count") == "all"
  }

  var path: String { filter.who == .clients ? Routes.Clients.list() : Routes.Clients.people() }

  /// Filter and order, without the place.
  var pairs: [(String, String)] { filter.pairs + (sort == ClientSort(.name) ? [] : [("sort", sort.text)]) }
  var query: String { String(URLText.query(pairs).dropFirst()) }
  var url: String { path + URLText.query(pairs) }

  func next(_ cursor: ListCursor) -> String { path + URLText.query(pairs + [("after", cursor.text)]) }
  var countingAll: String { path + URLText.query(pairs + [("count", "all")]) }

  /// A record as one of this list: its page then leads to the one before and the one after.
  func record(_ id: PartyID, number: Int64?) -> String {
    let page = filter.who == .clients ? Routes.Clients.page(id) : Routes.People.page(id)
    return page + URLText.query(ListOrigin(state: self, number: number).pairs)
  }

  func with(_ change: (inout ClientFilter) -> Void) -> String {
    var other = self
    change(&other.filter)
    return other.url
  }

  /// The other direction when it is the order already.
  func sorted(by key: ClientSort.Key) -> String {
    var other = self
    let first = ClientSort(key, descending: key == .contact || key == .created)
    other.sort = sort.key == key ? ClientSort(key, descending: !sort.descending) : first
    return other.url
  }

  func with(_ state: ClientFilter.State) -> String {
    var filter = ClientFilter(filter.who)
    filter.state = state
    return path + URLText.query(filter.pairs)
  }
}
