import Domain
import Markup

/// Which part of a timeline a URL asks for, and the URL that asks for another. What cannot be read asks for nothing.
struct TimelineRequest: Sendable {
  var filter: TimelineFilter
  var page: TimelinePage

  init(_ query: Query) {
    filter = TimelineFilter(
      kind: query["kind"].flatMap(TimelineFilter.Kind.init), person: query["who"].flatMap(PersonID.init),
      channel: query["kind"].flatMap(Channel.init), author: query["by"].flatMap(AccountID.init),
      find: String((query["find"] ?? "").prefix(200)))
    page =
      if let place = query["before"].flatMap(TimelinePlace.init) { .before(place) }
      else if let place = query["after"].flatMap(TimelinePlace.init) { .after(place) }
      else { .newest }
  }

  /// As the select of kinds says it: a kind of entry or a channel.
  var kind: String { filter.channel?.rawValue ?? filter.kind?.rawValue ?? "" }

  func url(_ path: String, _ page: TimelinePage) -> String {
    var items: [(String, String)] = []
    if !kind.isEmpty { items.append(("kind", kind)) }
    if let person = filter.person { items.append(("who", person.description)) }
    if let author = filter.author { items.append(("by", author.description)) }
    if !filter.find.isEmpty { items.append(("find", filter.find)) }
    switch page {
    case .newest: break
    case .before(let place): items.append(("before", place.description))
    case .after(let place): items.append(("after", place.description))
    }
    return path + URLText.query(items)
  }
}
