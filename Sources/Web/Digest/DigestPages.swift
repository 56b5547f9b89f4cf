import Domain
import HTTPTypes
import Hummingbird
import Jobs
import Markup
import Store

extension Routes {
  /// The own morning mail.
  enum Digest {
    static let preview = Route<Void>(.get, "/settings/digest", .signedIn)
    static let change = Route<Void>(.post, "/settings/digest", .signedIn)
  }
}

/// The own digest: its switch among the own settings, and what it would say now.
enum DigestPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Digest.preview, preview)
    book.on(Routes.Digest.change, change)
  }

  struct Setting: Sendable { let hour: Int?, isMailSet: Bool }

  static func setting(_ reader: Reader, _ call: Call) throws -> Setting {
    Setting(hour: try reader.digestHour(), isMailSet: try reader.mailIsSet(isReady: call.site.mail.server != nil))
  }

  /// A card of the own settings.
  static func card(_ call: Call, _ setting: Setting) -> HTML {
    let w = call.words
    let hours = (4...11).map { hour -> HTML in
      let time = LocalTime(hour: hour, minute: 0).map(w.formats.time) ?? ""
      return "<option value=\"\(hour)\"\(attr: "selected", if: hour == setting.hour ?? 8)>\(time)</option>"
    }
    let hint: HTML = setting.isMailSet ? "" : "<div class=\"note info\">\(call.icon("info"))<p>\(w("digest.no_mail"))</p></div>"
    return """
      <form class="card stack" method="post" action="\(Routes.Digest.change())" aria-labelledby="digest-h"><header><h2 id="digest-h">\(w("digest.title"))</h2><a class="button small quiet" href="\(Routes.Digest.preview())">\(w("digest.preview"))</a></header>
      <p>\(w("digest.hint"))</p>\(hint)
      <label class="choice"><input type="checkbox" name="digest" value="1"\(attr: "checked", if: setting.hour != nil)><span>\(w("digest.switch"))</span></label>
      <div class="field w-12"><label for="digest-hour">\(w("digest.hour"))</label><select id="digest-hour" name="hour">\(hours)</select></div>
      <div class="form-end"><button>\(w("settings.save"))</button></div></form>
      """
  }

  @Sendable static func change(_ call: Call) async throws -> Response {
    let form = try await call.form()
    let hour = form.isOn("digest") ? Int(form["hour"]).flatMap { 0...23 ~= $0 ? $0 : nil } ?? 8 : nil
    try await call.write { try $0.setDigest(hour: hour) }
    return call.redirect(to: Routes.Settings.profile(), said: hour == nil ? "said.digest_off" : "said.digest_on")
  }

  @Sendable static func preview(_ call: Call) async throws -> Response {
    try await call.fresh({ try $0.today(.mine) }) { view(call, Digest.letter($0, call.words, baseURL: call.site.settings.baseURL, at: call.now)) }
  }

  private static func view(_ call: Call, _ letter: Letter?) -> Page {
    let w = call.words
    let crumb: HTML = "<nav class=\"crumb\" aria-label=\"\(w("history.place"))\"><a href=\"\(Routes.Settings.profile())\" data-key=\"u\">\(call.icon("back"))\(w("settings.title"))</a></nav>"
    guard let letter else {
      return Page(w("digest.title"), place: .settings, main: """
        \(crumb)<header class="head"><div><h1>\(w("digest.title"))</h1></div></header><div class="empty">\(call.icon("email"))<p>\(w("digest.nothing"))</p></div>
        """)
    }
    let writer = LetterWriter(words: w, baseURL: call.site.settings.baseURL, now: call.now)
    return Page(w("digest.title"), place: .settings, main: """
      \(crumb)<header class="head"><div><h1>\(w("digest.title"))</h1><p class="sub">\(w("digest.preview_hint"))</p></div></header>
      <article class="card stack narrow" aria-labelledby="mail-h"><header><h2 id="mail-h">\(writer.text(letter.subject))</h2></header>
      \(letter.opening.map { "<p>\(writer.text($0))</p>" as HTML })\(letter.sections.map { section($0, writer) })</article>
      <details class="narrow"><summary>\(w("digest.as_text"))</summary><pre class="card">\(writer.plain(letter))</pre></details>
      """)
  }

  private static func section(_ section: LetterSection, _ writer: LetterWriter) -> HTML {
    let items = section.items.map { item -> HTML in
      let main: HTML = item.path.map { "<a href=\"\($0)\">\(writer.text(item.text))</a>" } ?? HTML(writer.text(item.text))
      return "<li><div>\(main)\(item.details.map { "<p class=\"meta\">\(writer.text($0))</p>" as HTML })</div></li>"
    }
    return "<section>\(section.title.map { "<h3>\(writer.text($0))</h3>" as HTML })<ul class=\"items\">\(items)</ul></section>"
  }
}
