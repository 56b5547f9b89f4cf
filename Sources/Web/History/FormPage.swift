import Domain
import Markup

/// A form that opens in a dialog and stands on a page of its own without script: the same fields in either frame.
struct FormPage {
  let title: String
  /// Where Cancel leads, and its name.
  let back: String
  let backTitle: String
  let action: String
  let submit: String
  var isMultipart = false
  var isDangerous = false
  /// Where the form is looked through while it is filled in.
  var check: String?
  let summary: HTML
  let fields: HTML
  /// Further buttons beside the first.
  var extra: HTML = ""

  func page(_ call: Call, place: Place = .clients) -> Page {
    Page(title, place: place, main: call.isFragment ? dialog(call) : whole(call))
  }

  private func dialog(_ call: Call) -> HTML {
    "<form class=\"stack\"\(attributes)><h2>\(title)</h2>\(summary)\(fields)\(end(call, closes: true))</form>"
  }

  private func whole(_ call: Call) -> HTML {
    """
    \(summary)<nav class="crumb" aria-label="\(call.words("history.place"))"><a href="\(back)" data-key="u">\(call.icon("back"))\(backTitle)</a></nav>
    <header class="head"><div><h1>\(title)</h1></div></header>
    <form class="card stack narrow"\(attributes) data-dirty>\(fields)\(end(call, closes: false))</form>
    """
  }

  private var attributes: HTML {
    " method=\"post\" action=\"\(action)\"\(attr: "enctype", isMultipart ? "multipart/form-data" : nil)\(attr: "data-check", check)\(attr: "data-check-typing", if: check != nil) novalidate"
  }

  private func end(_ call: Call, closes: Bool) -> HTML {
    """
    <div class="form-end"><button class="\(isDangerous ? "danger primary" : "primary")">\(submit)</button>\(extra)\
    <a class="button" href="\(back)"\(attr: "data-close", if: closes)>\(call.words("history.cancel"))</a></div>
    """
  }
}
