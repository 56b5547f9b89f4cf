import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// One promise with all that is known of it and what may be done.
enum PromisePage {
  struct Model: Sendable {
    let promise: StoredPromise
    let evidence: [EvidenceLine]
    let timeline: Timeline
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Promises.page) { call, id in
      let response = try await call.page({ reader in
        let promise = try reader.promise(id)
        return Model(promise: promise, evidence: try reader.evidence(of: id), timeline: try reader.promiseHistory(promise))
      }, { page($0, call) })
      try call.saw(.promise, id.rawValue)
      return response
    }
  }

  private static func page(_ model: Model, _ call: Call) -> Page {
    let w = call.words
    let promise = model.promise
    let what = promise.value.terms.what
    let main: HTML = """
      <nav class="crumb" aria-label="\(w("history.place"))"><a href="\(Routes.Clients.page(promise.clientID))" data-key="u">\(call.icon("back"))\(promise.clientName)</a></nav>
      <header class="head"><div><h1>\(what)</h1><p class="sub">\(call.stateChip(promise.value)) \(w.fate(promise.value, now: call.now))</p></div>
      <div class="actions">\(PromiseActions.page(promise, call))</div></header>
      <div class="split"><div class="stack">\(details(promise, call))\(PromiseEvidencePages.card(model, call))</div>
      <section class="card" aria-labelledby="course-h"><header><h2 id="course-h">\(w("promises.course"))</h2></header>\(course(model, call))</section></div>
      """
    // A dialog asks for what may be done, not for the page around it.
    if call.isFragment { return Page(what, place: .promises, main: dialog(model, call)) }
    return Page(what, place: .promises, main: main)
  }

  private static func dialog(_ model: Model, _ call: Call) -> HTML {
    let promise = model.promise
    return """
      <form class="stack" method="post" action="\(Routes.Promises.keep(promise.id))"><h2>\(promise.value.terms.what)</h2>
      <p>\(call.stateChip(promise.value)) \(call.words.fate(promise.value, now: call.now))</p>\(list(promise, call))
      <input type="hidden" name="version" value="\(promise.version)"><div class="form-end">\(PromiseActions.dialog(promise, call))</div></form>
      """
  }

  private static func details(_ promise: StoredPromise, _ call: Call) -> HTML {
    let w = call.words
    let edit: HTML = call.may(.editPromises) ? """
      <a class="button square quiet small no-print" href="\(Routes.Promises.edit(promise.id))" data-dialog data-key="e" aria-label="\(w("promises.edit_title"))">\(call.icon("pencil"))</a>
      """ : ""
    let note: HTML = promise.value.terms.note.isEmpty ? "" : "<p class=\"text\">\(promise.value.terms.note)</p>"
    return """
      <section class="card" aria-labelledby="about-h"><header><h2 id="about-h">\(w("promises.about"))</h2>\(edit)</header>
      <div class="stack">\(list(promise, call))\(note)</div></section>
      """
  }

  private static func list(_ promise: StoredPromise, _ call: Call) -> HTML {
    let w = call.words
    let value = promise.value, terms = value.terms
    var rows: [HTML] = []
    func add(_ key: String, _ value: HTML) { rows.append("<dt>\(w(key))</dt><dd>\(value)</dd>") }
    add("promises.field.client", "<a href=\"\(Routes.Clients.page(promise.clientID))\">\(promise.clientName)</a>")
    add("promises.field.side", "\(w("promises.who.\(terms.side.rawValue)"))")
    if let person = promise.personName { add("promises.field.person", "\(person)") }
    add("promises.field.owner", "\(promise.ownerName)")
    add("promises.field.due", due(value, call))
    if value.moves > 0 { add("promises.field.moves", "\(w.count("promises.moves", value.moves))") }
    add("promises.field.made", made(promise, call))
    return "<dl class=\"defs\">\(rows)</dl>"
  }

  /// A time in another zone is told on both clocks.
  private static func due(_ promise: Promise, _ call: Call) -> HTML {
    let w = call.words
    let here: HTML = "<time datetime=\"\(promise.due.deadline.iso)\">\(w.dueDate(promise.due))</time>"
    guard let time = promise.due.time, promise.due.zone.name != w.zone.name else { return here }
    return "\(here) <span class=\"meta\">\(w("promises.other_clock", ["time": w.formats.time(time), "zone": promise.due.zone.name.replacing("_", with: " ")]))</span>"
  }

  private static func made(_ promise: StoredPromise, _ call: Call) -> HTML {
    let w = call.words
    let by: HTML = promise.author.map { ", \($0)" } ?? ""
    let entry: HTML = promise.entryID.map { ", <a href=\"\(Routes.History.entry($0))\">\(w("facts.entry"))</a>" } ?? ""
    return "\(w.dateTimeTag(promise.value.madeAt))\(by)\(entry)"
  }

  private static func course(_ model: Model, _ call: Call) -> HTML {
    guard !model.timeline.entries.isEmpty else { return "<p class=\"empty in\">\(call.words("promises.no_course"))</p>" }
    let html = EntryHTML(model.timeline, party: model.promise.clientID, call)
    return "<ol class=\"timeline\">\(model.timeline.entries.map { html.whole($0, dated: true, linked: false) })</ol>"
  }
}
