import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Saving and removing a view of a list.
enum ViewPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Views.new) { call in
      let form = Form([("list", call.query["list"] ?? "clients"), ("query", call.query["query"] ?? "")])
      return call.answer(page(form, [], call))
    }
    book.on(Routes.Views.save) { call in
      let form = try await call.form()
      return try await call.submit {
        var check = Validation()
        let name = check.text(form["name"], field: "name", required: true, max: 100)
        try check.check()
        guard let name else { throw InvalidForm(check.messages) }
        let state = state(form)
        guard !state.query.isEmpty else { throw WebError.badRequest("query") }
        _ = try await call.write {
          try $0.saveView(name, list: state.filter.who.rawValue, query: state.query, shared: form.isOn("shared"))
        }
        return state.url
      } again: { page(form, $0, call) } then: { call.redirect(to: $0, said: "said.view_saved") }
    }
    book.on(Routes.Views.remove) { call, id in
      let view = try await call.write { try $0.removeView(id) }
      let state = ListState(.clients, Query.pairs(of: view.query))
      return call.redirect(to: state.url, said: "said.view_removed")
    }
  }

  /// As the list itself reads it: what it does not know is not saved.
  private static func state(_ form: Form) -> ListState {
    ListState(ClientFilter.Who(rawValue: form["list"]) ?? .clients, Query.pairs(of: form["query"]))
  }

  private static func page(_ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let shared: HTML = call.may(.bulkChange) ? fields.check("shared", w("clients.view_shared"), hint: w("clients.hint.view_shared")) : ""
    let body: HTML = "\(fields.text("name", w("clients.view_name")))\(shared)\(fields.hidden("list"))\(fields.hidden("query"))"
    return FormPage(
      title: w("clients.view_save"), back: state(form).url, backTitle: w("clients.title"), action: Routes.Views.save(),
      submit: w("clients.view_save"), summary: fields.summary, fields: body
    ).page(call)
  }
}
