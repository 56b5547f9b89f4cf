import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

extension Routes {
  enum Letters {
    static let page = Route<ClientID>(.get, "/clients/:id/letter", .may(.viewDossier))
    static let print = Route<ClientID>(.post, "/clients/:id/letter/print", .may(.viewDossier))
    static let pdf = Route<ClientID>(.post, "/clients/:id/letter/pdf", .may(.viewDossier))
  }
}

/// A letter about the dossier: what for, in which language, in which tone; its text to be changed, copied, printed or taken as PDF. Nothing
/// is kept and nothing is sent from here.
enum Letters {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Letters.page) { call, client in
      let wish = Wish(call)
      let dossier = try await call.read { try $0.clientDossier(of: client, wish.period(call.today)) }
      try call.saw(.party, client.rawValue)
      return call.answer(page(call, wish, dossier))
    }
    book.on(Routes.Letters.print) { call, client in call.screen(try await document(call, client, isPaper: false)) }
    book.on(Routes.Letters.pdf) { call, client in
      let document = try await document(call, client, isPaper: true)
      return try await call.pdf(document, name: document.title)
    }
  }

  /// What was chosen; a wrong word is the usual choice.
  struct Wish: Sendable {
    let use: LetterUse
    let language: Language?
    let tone: LetterTone
    let recipient: String?
    let year: Int?

    init(_ call: Call) {
      use = call.query["use"].flatMap(LetterUse.init(rawValue:)) ?? .manager
      language = call.query["lang"].flatMap(Language.init(rawValue:))
      tone = call.query["tone"].flatMap(LetterTone.init(rawValue:)) ?? .formal
      recipient = call.query["name"].map { String($0.prefix(200)) }
      year = call.query["year"].flatMap { Int($0) }.flatMap { (1900...9998).contains($0) ? $0 : nil }
    }

    /// A review tells of one year: the one asked for, else the last whole one, or this one from October on.
    func period(_ today: CalendarDate) -> DossierPeriod { use == .review ? .year(year(today)) : .all }
    func year(_ today: CalendarDate) -> Int { year ?? (today.month >= 10 ? today.year : today.year - 1) }
  }

  private static func document(_ call: Call, _ client: ClientID, isPaper: Bool) async throws -> FlatDocument {
    let form = try await call.form()
    let name = try await call.read { reader in
      try reader.require(.viewDossier)
      return try reader.partyName(client)
    }
    let words = call.site.messages.words(Language(rawValue: form["lang"]) ?? call.words.language, zone: call.words.zone)
    let title = words("letter.file", ["client": name])
    let parts = form["text"].replacing("\r\n", with: "\n").split(separator: "\n\n", omittingEmptySubsequences: true)
    let text = parts.prefix(500).map { "<p class=\"story\">\(String($0.trimmingBlanks))</p>" as HTML }
    let date = words.formats.date(words.zone.date(call.now))
    return FlatDocument(title, words: words, foot: "", main: """
      <article class="letter"><h1 class="hide">\(title)</h1><p class="num">\(date)</p>\(text)</article>
      """)
  }
}

extension Letters {
  private static func page(_ call: Call, _ wish: Wish, _ dossier: ClientDossier) -> Page {
    let w = call.words, head = dossier.head
    let language = wish.language ?? (wish.use == .pride ? w.language : head.language ?? w.language)
    let letterWords = call.site.messages.words(language, zone: w.zone)
    let recipient = wish.recipient ?? dossier.managers.last { $0.until == nil }?.name ?? ""
    let text = LetterText(
      dossier, words: letterWords, use: wish.use, tone: wish.tone, recipient: recipient, sender: head.madeBy
    ).text
    let title = w("letter.title", ["name": head.client])
    return Page(title, place: .clients, main: """
      <nav class="crumb" aria-label="\(w("history.place"))"><a href="\(Routes.Clients.page(head.clientID))" data-key="u">\(call.icon("back"))\(head.client)</a></nav>
      <header class="head"><div><h1>\(title)</h1><p class="sub">\(w("letter.text"))</p></div></header>
      <div class="stack">\(choices(call, wish, language, recipient, head.clientID))\(editor(call, text, language, head.clientID))</div>
      """)
  }

  private static func choices(_ call: Call, _ wish: Wish, _ language: Language, _ recipient: String, _ client: ClientID) -> HTML {
    let w = call.words
    let form = Form([
      ("use", wish.use.rawValue), ("lang", language.rawValue), ("tone", wish.tone.rawValue), ("name", recipient),
      ("year", "\(wish.year(call.today))"),
    ])
    var fields = FormFields(call, form)
    let tone: HTML = language == .en
      ? "<input type=\"hidden\" name=\"tone\" value=\"\(wish.tone.rawValue)\">"
      : fields.select("tone", w("letter.tone"), LetterTone.allCases.map { ($0.rawValue, w("letter.tone.\($0)")) }, width: "w-12")
    let year: HTML = wish.use == .review ? fields.text("year", w("letter.year"), width: "w-8") : ""
    return """
      <form class="card stack narrow" action="\(Routes.Letters.page(client))" novalidate>
      <div class="row">\(fields.select("use", w("letter.use"), LetterUse.allCases.map { ($0.rawValue, w("letter.use.\($0)")) }, width: "w-20"))\
      \(fields.select("lang", w("letter.language"), Choices.languages, width: "w-12"))\(tone)\(year)</div>
      \(fields.text("name", w("letter.recipient"), hint: w("letter.recipient_hint"), isOptional: true))
      <div class="form-end"><button>\(w("letter.compose"))</button><span class="hint">\(w("letter.compose_hint"))</span></div></form>
      """
  }

  private static func editor(_ call: Call, _ text: String, _ language: Language, _ client: ClientID) -> HTML {
    let w = call.words
    return """
      <form class="card stack narrow" method="post" action="\(Routes.Letters.print(client))" data-dirty>
      <div class="field"><label for="text">\(w("letter.words"))</label><p class="hint" id="text-hint">\(w("letter.words_hint"))</p>
      <textarea id="text" name="text" rows="24" lang="\(language.rawValue)" aria-describedby="text-hint">
      \(text)</textarea></div>
      <input type="hidden" name="lang" value="\(language.rawValue)">
      <div class="form-end"><button class="primary" formaction="\(Routes.Letters.pdf(client))">\(call.icon("file"))PDF</button>
      <button>\(call.icon("print"))\(w("letter.print"))</button></div></form>
      """
  }
}
