import Markup

/// The command palette and the list of keys: closed dialogs on every page, opened by script.
enum ShellDialogs {
  static func palette(_ call: Call) -> HTML {
    let w = call.words
    return """
      <dialog class="palette" id="palette" aria-label="\(w("shell.search"))" data-palette-url="\(Routes.Search.palette())"></dialog>
      """
  }
  static func keys(_ call: Call) -> HTML { "" }
}
