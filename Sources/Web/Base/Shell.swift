import Domain
import Markup
import Store

/// The frame of every page: head, top bar, navigation, toasts, palette and keys. Its HTML is set by docs/components.md.
enum Shell {
  static func document(_ page: Page, _ call: Call, toast: Toast? = nil) -> HTML {
    let w = call.words
    let preferences = call.signedIn?.preferences ?? Preferences()
    let title = page.hasErrors ? w("shell.error_title", ["title": page.title]) : w("shell.title", ["title": page.title])
    return """
      <!doctype html>
      <html lang="\(w.language.rawValue)"\(attributes(preferences))>
      <head>
      <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
      <title>\(title)</title>
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="\(call.site.assets.favicon)">
      <link rel="stylesheet" href="\(call.site.assets.url("app.css"))">\(sheets(page, call))
      \(scripts(call))
      </head>
      \(page.isPublic || call.signedIn == nil ? publicBody(page, call, toast) : appBody(page, call, toast))
      </html>
      """
  }

  private static func sheets(_ page: Page, _ call: Call) -> HTML {
    page.sheets.map { "<link rel=\"stylesheet\" href=\"\(call.site.assets.url($0 + ".css"))\">" as HTML }.joined()
  }

  private static func attributes(_ preferences: Preferences) -> HTML {
    var out: HTML = ""
    if preferences.theme != "system" { out += " data-theme=\"\(preferences.theme)\"" }
    if preferences.density != "normal" { out += " data-density=\"\(preferences.density)\"" }
    if !preferences.keys { out += " data-keys=\"off\"" }
    return out
  }

  /// Only the entry module is loaded; the others are fetched when first needed, by the addresses given here.
  private static func scripts(_ call: Call) -> HTML {
    let assets = call.site.assets
    let modules = assets.modules.map { " data-\($0.name)=\"\($0.url)\"" as HTML }
    return """
      <script type="module" id="app" src="\(assets.url("app.js"))"\(modules) data-icons="\(assets.url("icons.svg"))" data-word-close="\(call.words("shell.close"))" data-word-failed="\(call.words("shell.failed"))"></script>
      """
  }

  private static func publicBody(_ page: Page, _ call: Call, _ toast: Toast?) -> HTML {
    """
    <body class="public">
    <a class="skip" href="#main">\(call.words("shell.skip"))</a>
    <main id="main" tabindex="-1"\(attr: "class", page.width)>\(page.main)</main>
    <div class="toasts" role="status">\(toastHTML(toast, call))</div>
    </body>
    """
  }

  private static func appBody(_ page: Page, _ call: Call, _ toast: Toast?) -> HTML {
    """
    <body class="app">
    <a class="skip" href="#main">\(call.words("shell.skip"))</a>
    \(ShellBars.top(call))
    \(ShellBars.navigation(page.place, call))
    <main id="main" tabindex="-1">\(page.main)</main>
    <div class="toasts" role="status">\(toastHTML(toast, call))</div>
    \(call.site.dialogs[call.words.language])
    </body>
    """
  }

  static func toastHTML(_ toast: Toast?, _ call: Call) -> HTML {
    let w = call.words
    switch toast {
    case nil: return ""
    case .said(let key): return "<div class=\"toast\"><p>\(w(key))</p>\(dismiss(call))</div>"
    case .undo(let notice):
      return """
        <div class="toast"><p>\(w(notice.summaryKey, notice.summarySlots))</p>
        <form method="post" action="\(Routes.undo(notice.id))"><button class="link">\(w("shell.undo"))</button></form>\(dismiss(call))</div>
        """
    }
  }

  private static func dismiss(_ call: Call) -> HTML {
    "<button class=\"square quiet js\" data-dismiss aria-label=\"\(call.words("shell.close"))\">\(call.icon("close"))</button>"
  }
}
