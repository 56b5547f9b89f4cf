import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The client's face as print, PDF and Excel, taken by our people: in the client's language, unless another is asked for.
enum DossierFiles {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.DossierFiles.print, print)
    book.on(Routes.DossierFiles.pdf) { call, client in
      let (dossier, words) = try await read(call, client)
      return try await pdf(call, dossier, words)
    }
    book.on(Routes.DossierFiles.excel) { call, client in
      let (dossier, words) = try await read(call, client)
      return try excel(call, dossier, words)
    }
  }

  @Sendable private static func print(_ call: Call, _ client: ClientID) async throws -> Response {
    let (dossier, words) = try await read(call, client)
    let sheet = DossierSheet(dossier, today: words.zone.date(call.now), words: words)
    let query = URLText.query([("lang", words.language.rawValue), ("period", dossier.head.period.description)])
    let actions: HTML = """
      <p class="actions"><a class="button" href="\(Routes.DossierFiles.pdf(client))\(query)">\(words("shared.pdf"))</a><a class="button" href="\(Routes.DossierFiles.excel(client))\(query)">\(words("shared.excel"))</a></p>
      """
    return call.screen(FlatDocument(sheet.title, words: words, main: sheet.html(actions: actions)))
  }

  private static func read(_ call: Call, _ client: ClientID) async throws -> (ClientDossier, Words) {
    let period = call.query["period"].flatMap { DossierPeriod($0) } ?? .all
    let dossier = try await call.read { try $0.clientDossier(of: client, period) }
    try call.saw(.party, client.rawValue)
    let language = call.query["lang"].flatMap(Language.init(rawValue:)) ?? dossier.head.language ?? call.words.language
    return (dossier, call.site.messages.words(language, zone: call.words.zone))
  }
}

// For our people and for readers of a link alike.
extension DossierFiles {
  static func pdf(_ call: Call, _ dossier: ClientDossier, _ words: Words) async throws -> Response {
    let sheet = DossierSheet(dossier, today: words.zone.date(call.now), words: words)
    let document = FlatDocument(sheet.title, words: words, foot: "\(dossier.head.company) · \(dossier.head.client)", main: sheet.html())
    return try await call.pdf(document, name: name(dossier, words))
  }

  static func excel(_ call: Call, _ dossier: ClientDossier, _ words: Words) throws -> Response {
    try call.excel(DossierBook(dossier, words: words).spreadsheet(), name: name(dossier, words))
  }

  private static func name(_ dossier: ClientDossier, _ words: Words) -> String {
    words("sheet.file_name", ["client": dossier.head.client, "date": words.zone.date(dossier.head.madeAt).description])
  }
}
