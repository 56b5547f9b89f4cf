import Domain
import Markup

/// The command palette and the list of keys: closed dialogs on every page, opened by script. They say the same to everyone who
/// reads the same language, so they are put together once.
enum ShellDialogs {
  static func all(_ messages: Messages, _ assets: Assets) -> [Language: HTML] {
    Dictionary(uniqueKeysWithValues: Language.allCases.map { language in
      let w = messages.words(language, zone: .utc)
      return (language, palette(w, assets) + keys(w, assets))
    })
  }

  private static func palette(_ w: Words, _ assets: Assets) -> HTML {
    """
      <dialog class="palette" id="palette" aria-label="\(w("shell.search"))" data-palette-url="\(Routes.Search.palette())">
      <form class="find" role="search" aria-label="\(w("shell.jump"))" action="\(Routes.Search.page())">\(assets.icon("search"))<input name="q" role="combobox" aria-expanded="false" aria-controls="palette-list" aria-autocomplete="list" aria-label="\(w("shell.search"))" placeholder="\(w("shell.palette_hint"))" autocomplete="off" spellcheck="false" autofocus></form>
      <div class="options" role="listbox" id="palette-list" aria-label="\(w("shell.results"))"></div><p class="hide" role="status"></p>
      <footer><span><kbd>↑</kbd> <kbd>↓</kbd> \(w("keys.move"))</span><span><kbd>Enter</kbd> \(w("keys.open"))</span><span><kbd>Esc</kbd> \(w("keys.close"))</span></footer>
      </dialog>
      """
  }

  /// Each key with what it does, grouped by where it acts. What is listed is what pages declare by `data-key`.
  private static let sections: [(title: String, keys: [(String, String)])] = [
    ("keys.everywhere", [
      ("Ctrl K", "keys.palette"), ("/", "keys.search"), ("?", "keys.list"), ("g t", "nav.today"), ("g c", "nav.clients"),
      ("g r", "nav.promises"), ("g k", "nav.tasks"), ("g d", "nav.deals"), ("g v", "nav.value"), ("g p", "nav.people"),
      ("g b", "nav.dashboards"), ("g ,", "nav.settings"), ("Ctrl Enter", "keys.submit"), ("Esc", "keys.close"),
    ]),
    ("keys.lists", [
      ("j", "keys.next"), ("k", "keys.previous"), ("Enter", "keys.open"), ("x", "keys.select"), ("e", "today.done"), ("z", "today.snooze"),
      (".", "keys.actions"), ("c", "keys.new_client"),
    ]),
    ("keys.client", [
      ("l", "keys.log"), ("p", "keys.promise"), ("n", "keys.note"), ("t", "keys.new_task"), ("e", "keys.edit"), ("b", "keys.briefing"),
      ("[", "keys.previous_client"), ("]", "keys.next_client"),
      ("u", "keys.back"),
    ]),
  ]

  private static func keys(_ w: Words, _ assets: Assets) -> HTML {
    let columns = sections.map { section -> HTML in
      let rows = section.keys.map { key, label -> HTML in
        let caps = key.split(separator: " ").map { "<kbd>\($0)</kbd>" as HTML }.joined(by: " ")
        return "<dt>\(caps)</dt><dd>\(w(label))</dd>"
      }
      return "<section><h3>\(w(section.title))</h3><dl>\(rows)</dl></section>"
    }
    return """
      <dialog class="keys" id="keys" aria-labelledby="keys-h"><div class="body"><h2 id="keys-h">\(w("keys.title"))</h2>
      <div class="split">\(columns)</div></div>
      <button class="close square quiet" data-close aria-label="\(w("shell.close"))">\(assets.icon("close"))</button></dialog>
      """
  }
}
