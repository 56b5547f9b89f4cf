import Domain
import Markup
import Store

/// Whose day, and which part of it, as the address says.
struct TodayState: Sendable {
  var view = TodayView.mine
  var group: ReasonGroup?
  var after: TodayPlace?
  var lines: TodayLineKind?

  init() {}

  init(_ query: Query) {
    let of = query["of"] ?? ""
    if of == "nobody" { view = .nobody }
    else if of.hasPrefix("team-"), let team = TeamID(of.dropFirst(5)) { view = .team(team) }
    else if let account = AccountID(of) { view = .account(account) }
    group = query["group"].flatMap { name in ReasonGroup.allCases.first { "\($0)" == name } }
    lines = query["show"].flatMap(TodayLineKind.init(rawValue:))
    if let parts = query["after"]?.split(separator: "."), parts.count == 2, let press = Int64(parts[0]), let who = Int64(parts[1]) {
      after = TodayPlace(press: press, who: who)
    }
  }

  var of: String {
    switch view {
    case .mine: ""
    case .account(let id): id.description
    case .team(let id): "team-\(id)"
    case .nobody: "nobody"
    }
  }

  /// Whose numbers stand beside the list; a team has none.
  func account(_ own: AccountID) -> AccountID? {
    switch view {
    case .mine: own
    case .account(let id): id
    case .team, .nobody: nil
    }
  }

  var url: String {
    var pairs: [(String, String)] = []
    if !of.isEmpty { pairs.append(("of", of)) }
    if let lines { pairs.append(("show", lines.rawValue)) }
    if let group { pairs.append(("group", "\(group)")) }
    if let after { pairs.append(("after", "\(after.press).\(after.who)")) }
    return Routes.Today.page() + URLText.query(pairs)
  }

  /// For forms that lead back here.
  var asBack: String { url == Routes.Today.page() ? "" : URLText.query([("back", url)]) }

  func with(_ change: (inout TodayState) -> Void) -> String {
    var other = self
    (other.group, other.after, other.lines) = (nil, nil, nil)
    change(&other)
    return other.url
  }

  /// Where a form of the page leads back to: nowhere but here.
  static func back(_ form: Form) -> String {
    localPath(form["back"]).flatMap { $0 == Routes.Today.page() || $0.hasPrefix(Routes.Today.page() + "?") ? $0 : nil } ?? Routes.Today.page()
  }
}
