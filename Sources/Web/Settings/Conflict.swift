import Domain
import Markup
import Store

/// Two people changed one account: the fields that differ, side by side, and a form that sends the choice.
enum Conflict {
  static func page(_ call: Call, _ theirs: AccountRow, _ mine: Form) -> Page {
    let w = call.words
    let names = [
      ("name", "accounts.name"), ("email", "accounts.email"), ("role", "settings.role"), ("scope", "settings.scope"),
      ("team", "settings.team"), ("language", "accounts.language"), ("zone", "accounts.zone"),
    ]
    let now = Dictionary(UserFields.pairs(theirs), uniquingKeysWith: { $1 })
    let rows = names.map { field, label -> HTML in
      let (old, new) = (now[field] ?? "", mine[field])
      if old == new { return "<input type=\"hidden\" name=\"\(field)\" value=\"\(old)\">" }
      return """
        <fieldset class="field"><legend>\(w(label))</legend><div class="versus">
        <label><span class="meta">\(w("settings.kept_now"))</span><b>\(shown(field, old, w))</b><span class="choice"><input type="radio" name="\(field)" value="\(old)" checked><span>\(w("settings.keep_theirs"))</span></span></label>
        <label><span class="meta">\(w("settings.your_change"))</span><b>\(shown(field, new, w))</b><span class="choice"><input type="radio" name="\(field)" value="\(new)"><span>\(w("settings.keep_mine"))</span></span></label>
        </div></fieldset>
        """
    }
    return Settings.page(call, .users, title: w("settings.conflict"), """
      <form class="stack narrow" method="post" action="\(Routes.Settings.changeUser(theirs.id))"><p>\(w("settings.conflict_text"))</p>
      \(rows)<input type="hidden" name="version" value="\(theirs.version)">
      <div class="form-end"><button class="primary">\(w("settings.save_choice"))</button></div></form>
      """)
  }

  private static func shown(_ field: String, _ value: String, _ w: Words) -> String {
    switch field {
    case "role" where Role(rawValue: value) != nil: w("role.\(value)")
    case "scope" where Scope(rawValue: value) != nil: w("scope.\(value)")
    case "language": Language(rawValue: value)?.ownName ?? value
    default: value.isEmpty ? "–" : value
    }
  }
}
