import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The own account, and for those who may: users, teams, tokens, the company.
enum Settings {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Settings.profile, Profile.page)
    book.on(Routes.Settings.changeProfile, Profile.change)
    book.on(Routes.Settings.changePassword, OwnPassword.change)
    book.on(Routes.Settings.endSession, OwnSessions.end)
    book.on(Routes.Settings.endOtherSessions, OwnSessions.endOthers)
    book.on(Routes.Settings.users, Users.page)
    book.on(Routes.Settings.newUser, Users.new)
    book.on(Routes.Settings.inviteUser, Users.invite)
    book.on(Routes.Settings.user, UserEdit.page)
    book.on(Routes.Settings.changeUser, UserEdit.change)
    book.on(Routes.Settings.userLink, UserEdit.link)
    book.on(Routes.Settings.closeUser, UserEdit.close)
    book.on(Routes.Settings.reopenUser, UserEdit.reopen)
    book.on(Routes.Settings.teams, Teams.page)
    book.on(Routes.Settings.createTeam, Teams.create)
    book.on(Routes.Settings.renameTeam, Teams.rename)
    book.on(Routes.Settings.removeTeam, Teams.remove)
    book.on(Routes.Settings.tokens, Tokens.page)
    book.on(Routes.Settings.createToken, Tokens.create)
    book.on(Routes.Settings.revokeToken, Tokens.revoke)
    book.on(Routes.Settings.installation, InstallationPage.page)
    book.on(Routes.Settings.changeInstallation, InstallationPage.change)
  }

  enum Tab: CaseIterable {
    case profile, calendar, hours, users, teams, tokens, installation, mail, holidays, fields, tags, relationships, promises, pipeline
    case offerings, rates
  }

  /// A page of the settings under their common tabs.
  static func page(
    _ call: Call, _ tab: Tab, title: String, summary: HTML = "", actions: HTML = "", _ main: HTML
  ) -> Page {
    let actionBox: HTML = actions.isEmpty ? "" : "<div class=\"actions\">\(actions)</div>"
    return Page(title, place: .settings, main: """
      \(summary)<header class="head"><div><h1>\(title)</h1></div>\(actionBox)</header>
      \(tabs(call, tab))
      \(main)
      """)
  }

  private static func tabs(_ call: Call, _ current: Tab) -> HTML {
    let w = call.words
    let shown: [(Tab, String, String, Permission?)] = [
      (.profile, Routes.Settings.profile(), w("settings.profile"), nil),
      (.hours, Routes.Settings.hours(), w("today.hours_title"), nil),
      (.calendar, Routes.Calendar.settings(), w("calendar.title"), .viewTasks),
      (.users, Routes.Settings.users(), w("settings.users"), .manageAccounts),
      (.teams, Routes.Settings.teams(), w("settings.teams"), .manageAccounts),
      (.tokens, Routes.Settings.tokens(), w("settings.tokens"), .useTokens),
      (.installation, Routes.Settings.installation(), w("settings.installation"), .manageInstallation),
      (.mail, Routes.Mail.server(), w("mail.title"), .manageInstallation),
      (.holidays, Routes.Settings.holidays(), w("today.holidays"), .manageInstallation),
      (.fields, Routes.Fields.list(), w("clients.fields_title"), .manageFields),
      (.tags, Routes.Fields.tags(), w("clients.tags_settings"), .manageFields),
      (.relationships, Routes.Fields.relationships(), w("clients.relationships_title"), .manageFields),
      (.rates, Routes.Rates.page(), w("dossier.rates_title"), .manageRates),
      (.pipeline, Routes.Pipeline.stages(), w("deals.stages_title"), .manageDeals),
      (.offerings, Routes.Pipeline.offerings(), w("deals.offerings_title"), .manageDeals),
      (.promises, Routes.Promises.schedule(), w("promises.schedule.tab"), .manageFields),
    ]
    let links = shown.filter { $0.3.map { call.signedIn?.actor.may($0) ?? false } ?? true }.map { tab, url, label, _ -> HTML in
      "<a href=\"\(url)\"\(attr: "aria-current", tab == current ? "page" : nil)>\(label)</a>"
    }
    return "<nav class=\"tabs\" aria-label=\"\(w("settings.navigation"))\">\(links)</nav>"
  }

  /// A secret to hand over, shown this once.
  static func once(_ secret: String, _ w: Words) -> HTML {
    """
    <div class="once" data-copy><code>\(secret)</code><button class="small js" type="button" data-copied="\(w("settings.copied"))">\(w("settings.copy"))</button></div>
    <p class="hint">\(w("settings.shown_once"))</p>
    """
  }
}
