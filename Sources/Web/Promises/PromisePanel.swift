import Domain
import Markup
import Store

/// Promises on a client's page: what is due, what was kept lately, and what its last contact offers to promise.
enum PromisePanel {
  struct Model: Sendable {
    let party: PartyID
    let promises: ClientPromises
    let share: PromiseShare
    let offers: [RecognisedPromise]
    let offeredIn: HistoryID?
  }

  static func read(_ reader: Reader, _ party: PartyID, _ query: Query) throws -> Model {
    let entry = query[PromiseOffer.parameter].flatMap { HistoryID($0) }
    let always = (CalendarDate(daysSince1970: -719_162)...CalendarDate(daysSince1970: 2_932_896))
    return Model(
      party: party, promises: try reader.promises(of: party), share: try reader.promiseShare(PromiseScope(client: party), always),
      offers: try entry.map { try reader.promisesOffered(in: $0, of: party) } ?? [], offeredIn: entry)
  }

  static func render(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let add: HTML = call.may(.editPromises) ? """
      <a class="button square quiet small no-print" href="\(Routes.Promises.new(model.party))" data-dialog aria-label="\(w("promises.make"))">\(call.icon("plus"))</a>
      """ : ""
    let open = model.promises.open, settled = model.promises.settled
    let list: HTML = open.isEmpty
      ? "<p class=\"empty in\">\(w("promises.none_here"))</p>" : "<ul class=\"items\">\(open.map { row($0, call) })</ul>"
    let past: HTML = settled.isEmpty ? "" : """
      <details><summary>\(w("promises.settled_lately"))</summary><ul class="items">\(settled.map { row($0, call) })</ul></details>
      """
    let all = Routes.Promises.list() + URLText.query([("client", model.party.description)])
    let share: HTML = model.share.counted == 0 ? "" : """
      <footer><a href="\(all)">\(w("promises.kept_here", ["ratio": PromiseSharePage.ratio(model.share, w)]))</a></footer>
      """
    return """
      <section class="card promises" id="promises" aria-labelledby="promises-h"><header><h2 id="promises-h">\(w("promises.title"))</h2>\(add)</header>
      \(list)\(past)\(share)</section>
      """
  }

  private static func row(_ promise: StoredPromise, _ call: Call) -> HTML {
    let w = call.words
    let terms = promise.value.terms
    var about: [HTML] = [w.fate(promise.value, now: call.now), "\(w.side(terms.side))"]
    about.append("\(terms.side == .client ? promise.personName ?? promise.ownerName : promise.ownerName)")
    return """
      <li><div><a href="\(Routes.Promises.page(promise.id))" data-dialog>\(terms.what)</a><p class="\(promise.value.tone(at: call.now))">\(about.joined(by: " · "))</p></div>\
      \(PromiseActions.row(promise, back: Routes.Clients.page(promise.clientID), call, menu: "pp"))</li>
      """
  }

  /// Above the page: what is overdue, what is due today, what the contact just logged offers.
  static func notes(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let overdue = model.promises.open.filter { $0.value.isOverdue(at: call.now) }.count
    let today = model.promises.open.filter { $0.value.due.isDueToday(at: call.now, in: w.zone) }.count
    let late: HTML = overdue == 0 ? "" : note("danger", w.count("promises.overdue_here", overdue), call)
    let due: HTML = today == 0 ? "" : note("warn", w.count("promises.due_here", today), call)
    let offers = PromiseOffer.note(model, call)
    if overdue == 0, today == 0, model.offers.isEmpty { return "" }
    return "<div class=\"notes\">\(offers)\(late)\(due)</div>"
  }

  private static func note(_ tone: String, _ text: String, _ call: Call) -> HTML {
    "<div class=\"note \(tone)\">\(call.icon("promise"))<p>\(text) <a href=\"#promises\">\(call.words("promises.show"))</a></p></div>"
  }

  /// In the head of the client's page.
  static func button(_ id: PartyID, _ call: Call) -> HTML {
    guard call.may(.editPromises) else { return "" }
    return """
      <a class="button" href="\(Routes.Promises.new(id))" data-dialog data-key="p">\(call.icon("promise"))\(call.words("promises.button")) <kbd class="key">P</kbd></a>
      """
  }
}
