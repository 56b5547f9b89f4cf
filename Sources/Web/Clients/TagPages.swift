import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Tags with how many carry each: renamed here, made where they are used.
enum TagPages {
  typealias Use = (tag: TagLine, count: Int, intervalDays: Int?)

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Fields.tags) { call in
      let (tags, toast) = try await call.read { (try $0.tagUse(), try call.toast($0)) }
      return call.answer(page(tags, Form(), [], call), toast: toast)
    }
    book.on(Routes.Fields.renameTag) { call, id in
      let form = try await call.form()
      let tags = try await call.read { try $0.tagUse() }
      return try await call.submit {
        var check = Validation()
        let name = check.text(form["name"], field: "name", required: true, max: 60)
        try check.check()
        try await call.write { try $0.renameTag(id, to: name ?? "") }
      } again: { page(tags, form, $0, call) } then: { call.redirect(to: Routes.Fields.tags(), said: "said.saved") }
    }
    book.on(Routes.Fields.tagInterval) { call, id in
      let form = try await call.form()
      let tags = try await call.read { try $0.tagUse() }
      return try await call.submit {
        var check = Validation()
        let days = check.parsed(form["interval"], field: "name", key: "clients.error.number") { text in
          Int(text).flatMap { Rhythm.range.contains($0) ? $0 : nil }
        }
        try check.check()
        try await call.write { try $0.setTagInterval(id, days) }
      } again: { page(tags, form, $0, call) } then: { call.redirect(to: Routes.Fields.tags(), said: "said.saved") }
    }
    book.on(Routes.Fields.removeTag) { call, id in
      let undo = try await call.write { try $0.removeTag(id, returnTo: Routes.Fields.tags()) }
      return call.redirect(to: Routes.Fields.tags(), undo: undo)
    }
  }

  private static func page(_ tags: [Use], _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    let fields = FormFields(call, form, messages)
    let list: HTML = tags.isEmpty
      ? "<p class=\"empty in\">\(w("clients.no_tags"))</p>" : "<ul class=\"items\">\(tags.map { item($0, call) })</ul>"
    return Settings.page(call, .tags, title: w("clients.tags_settings"), summary: fields.summary, """
      <section class="card narrow" id="name" aria-labelledby="list-h"><header><h2 id="list-h">\(w("clients.tags_settings"))</h2></header>\(list)</section>
      """)
  }

  private static func item(_ use: Use, _ call: Call) -> HTML {
    let w = call.words
    let tag = use.tag
    let url = Routes.Clients.list() + URLText.query([("tag", tag.id.description)])
    return """
      <li><div><b>\(tag.name)</b><p class="meta"><a href="\(url)">\(w.count("clients.count", use.count))</a>\(use.intervalDays.map { " · " + w.count("clients.every_days", $0) } ?? "")</p>
      <details><summary>\(w("clients.rename"))</summary><form class="row" method="post" action="\(Routes.Fields.renameTag(tag.id))" novalidate>
      <div class="field"><label for="tag-\(tag.id)">\(w("clients.tag_name"))</label><input id="tag-\(tag.id)" name="name" value="\(tag.name)"></div><button>\(w("clients.save_changes"))</button></form>
      <form class="row" method="post" action="\(Routes.Fields.tagInterval(tag.id))" novalidate><div class="field"><label for="interval-\(tag.id)">\(w("clients.interval"))</label><input id="interval-\(tag.id)" name="interval" inputmode="numeric" class="w-8" value="\(use.intervalDays.map(String.init) ?? "")"></div><button>\(w("clients.save_changes"))</button></form></details></div>
      <div class="actions"><form method="post" action="\(Routes.Fields.removeTag(tag.id))"><button class="small danger" aria-label="\(w("clients.remove_tag_named", ["name": tag.name]))">\(w("clients.remove_tag"))</button></form></div></li>
      """
  }
}
