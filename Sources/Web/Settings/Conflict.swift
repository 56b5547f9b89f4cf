import Domain
import Markup
import Store

/// Two people changed the same settings: the fields that differ, side by side, and a form that sends the choice.
struct Conflict {
  let tab: Settings.Tab
  let action: String
  /// Each field with the key of its label.
  let names: [(field: String, label: String)]
  /// What is kept now, as the form would send it.
  let theirs: [(String, String)]
  let version: Int
  /// What is not chosen between but typed again: a secret, which no page carries.
  var rest: HTML = ""
  /// A field's value as people read it.
  let shown: @Sendable (_ field: String, _ value: String) -> String

  func page(_ call: Call, _ mine: Form) -> Page {
    let w = call.words
    let now = Dictionary(theirs, uniquingKeysWith: { $1 })
    let rows = names.map { field, label -> HTML in
      let (old, new) = (now[field] ?? "", mine[field])
      if old == new { return "<input type=\"hidden\" name=\"\(field)\" value=\"\(old)\">" }
      return """
        <fieldset class="field"><legend>\(w(label))</legend><div class="versus">
        <label><span class="meta">\(w("settings.kept_now"))</span><b>\(text(field, old))</b><span class="choice"><input type="radio" name="\(field)" value="\(old)" checked><span>\(w("settings.keep_theirs"))</span></span></label>
        <label><span class="meta">\(w("settings.your_change"))</span><b>\(text(field, new))</b><span class="choice"><input type="radio" name="\(field)" value="\(new)"><span>\(w("settings.keep_mine"))</span></span></label>
        </div></fieldset>
        """
    }
    return Settings.page(call, tab, title: w("settings.conflict"), """
      <form class="stack narrow" method="post" action="\(action)"><p>\(w("settings.conflict_text"))</p>
      \(rows)\(rest)<input type="hidden" name="version" value="\(version)">
      <div class="form-end"><button class="primary">\(w("settings.save_choice"))</button></div></form>
      """)
  }

  private func text(_ field: String, _ value: String) -> String { value.isEmpty ? "–" : shown(field, value) }
}

extension Conflict {
  static func account(_ theirs: AccountRow, _ call: Call) -> Conflict {
    let w = call.words
    let names = [
      ("name", "accounts.name"), ("email", "accounts.email"), ("role", "settings.role"), ("scope", "settings.scope"),
      ("team", "settings.team"), ("language", "accounts.language"), ("zone", "accounts.zone"),
    ]
    return Conflict(
      tab: .users, action: Routes.Settings.changeUser(theirs.id), names: names, theirs: UserFields.pairs(theirs), version: theirs.version
    ) { field, value in
      switch field {
      case "role" where Role(rawValue: value) != nil: w("role.\(value)")
      case "scope" where Scope(rawValue: value) != nil: w("scope.\(value)")
      case "language": Language(rawValue: value)?.ownName ?? value
      default: value
      }
    }
  }

  static func installation(_ theirs: Installation, version: Int, _ call: Call) -> Conflict {
    let language = call.words.language
    let names = [
      ("company", "accounts.company"), ("country", "accounts.country"), ("zone", "accounts.zone"),
      ("currency", "accounts.currency"), ("language", "accounts.language"),
    ]
    return Conflict(
      tab: .installation, action: Routes.Settings.changeInstallation(), names: names, theirs: InstallationFields.form(theirs),
      version: version
    ) { field, value in
      switch field {
      case "country": Choices.countryName(value, language)
      case "language": Language(rawValue: value)?.ownName ?? value
      default: value
      }
    }
  }
}
