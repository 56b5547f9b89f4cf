import Domain
import Markup
import Store

/// The buttons beside a promise: on its page, in a dialog, in a list, in the client's panel.
enum PromiseActions {
  /// Kept in one click; the rest in a menu.
  static func row(_ promise: StoredPromise, back: String, _ call: Call, menu: String) -> HTML {
    guard call.may(.editPromises), promise.value.state == .open else { return "" }
    let w = call.words
    let what = promise.value.terms.what
    return """
      <div class="actions no-print"><form method="post" action="\(Routes.Promises.keep(promise.id))">\(hidden(promise, back))<button class="small" data-key-row="e" aria-label="\(w("promises.keep_named", ["what": what]))">\(call.icon("check"))\(w("promises.keep"))</button></form>
      <button class="square quiet small" popovertarget="\(menu)\(promise.id)" data-key-row="." aria-label="\(w("promises.more", ["what": what]))">\(call.icon("dots"))</button>
      <div class="menu" id="\(menu)\(promise.id)" popover>\(items(promise, back, call))</div></div>
      """
  }

  private static func hidden(_ promise: StoredPromise, _ back: String) -> HTML {
    "<input type=\"hidden\" name=\"version\" value=\"\(promise.version)\"><input type=\"hidden\" name=\"back\" value=\"\(back)\">"
  }

  private static func items(_ promise: StoredPromise, _ back: String, _ call: Call) -> HTML {
    let w = call.words
    let query = URLText.query([("back", back)])
    return """
      <a href="\(Routes.Promises.renegotiateForm(promise.id))" data-dialog>\(call.icon("calendar"))\(w("promises.renegotiate"))</a>
      <a href="\(Routes.Promises.keepForm(promise.id) + query)" data-dialog>\(call.icon("check"))\(w("promises.keep_earlier"))</a>
      <a href="\(Routes.Promises.breakForm(promise.id) + query)" data-dialog>\(call.icon("cross"))\(w("promises.break"))</a>
      <a href="\(Routes.Promises.withdrawForm(promise.id) + query)" data-dialog>\(call.icon("undo"))\(w("promises.withdraw.\(promise.value.terms.side.rawValue)"))</a>
      <a href="\(Routes.Promises.edit(promise.id))" data-dialog>\(call.icon("pencil"))\(w("promises.edit"))</a>
      <hr><form method="post" action="\(Routes.Promises.cancel(promise.id))">\(hidden(promise, back))<button class="danger">\(call.icon("bin"))\(w("promises.cancel"))</button></form>
      """
  }

  /// On the promise's own page.
  static func page(_ promise: StoredPromise, _ call: Call) -> HTML {
    guard call.may(.editPromises) else { return "" }
    let w = call.words
    let here = Routes.Promises.page(promise.id)
    guard promise.value.state == .open else {
      return """
        <form method="post" action="\(Routes.Promises.reopen(promise.id))">\(hidden(promise, here))<button>\(call.icon("refresh"))\(w("promises.reopen"))</button></form>
        """
    }
    return """
      <form method="post" action="\(Routes.Promises.keep(promise.id))">\(hidden(promise, here))<button class="primary">\(call.icon("check"))\(w("promises.keep"))</button></form>
      <a class="button" href="\(Routes.Promises.renegotiateForm(promise.id))" data-dialog>\(call.icon("calendar"))\(w("promises.renegotiate"))</a>
      <button class="square quiet" popovertarget="promise-menu" aria-label="\(w("promises.more", ["what": promise.value.terms.what]))">\(call.icon("dots"))</button>
      <div class="menu" id="promise-menu" popover>\(items(promise, here, call))</div>
      """
  }

  /// One form around all of them, whose buttons say where it goes.
  static func dialog(_ promise: StoredPromise, _ call: Call) -> HTML {
    let w = call.words
    let open: HTML = "<a class=\"button\" href=\"\(Routes.Promises.page(promise.id))\">\(w("promises.open_page"))</a>"
    guard call.may(.editPromises) else { return open }
    guard promise.value.state == .open else {
      return "<button formaction=\"\(Routes.Promises.reopen(promise.id))\">\(call.icon("refresh"))\(w("promises.reopen"))</button>\(open)"
    }
    return """
      <button class="primary">\(call.icon("check"))\(w("promises.keep"))</button>\
      <button formaction="\(Routes.Promises.breakIt(promise.id))">\(call.icon("cross"))\(w("promises.break"))</button>\(open)
      """
  }
}
