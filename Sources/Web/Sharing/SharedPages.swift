import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What a link opens: no log-in, no script, the client's face of the dossier. Whatever does not open gets one calm page that does not
/// say why.
enum SharedPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Shared.page) { call, token in
      guard let share = try await share(call, token) else { return gone(call) }
      let words = call.site.words(share.language, zone: share.zone)
      guard SharedCode.isKnown(call, share, token) else { return SharedCode.form(call, token, words, nil) }
      let dossier = try await call.site.store.sharedDossier(share, at: call.now)
      try await count(call, share, isFile: false)
      return call.screen(document(call, share, token, dossier, words))
    }
    book.on(Routes.Shared.code) { call, token in
      guard let share = try await share(call, token) else { return gone(call) }
      return try await SharedCode.check(call, share, token)
    }
    book.on(Routes.Shared.pdf) { call, token in
      try await file(call, token) { try await DossierFiles.pdf(call, $0, $1) }
    }
    book.on(Routes.Shared.excel) { call, token in
      try await file(call, token) { try DossierFiles.excel(call, $0, $1) }
    }
  }

  private static func share(_ call: Call, _ token: String) async throws -> OpenShare? {
    // As long as a token is: anything else is not worth a look into the base.
    guard token.utf8.count == 43 else { return nil }
    return try await call.site.store.openShare(tokenHash: Secret.hash(of: token), at: call.now)
  }

  private static func file(
    _ call: Call, _ token: String, _ make: (ClientDossier, Words) async throws -> Response
  ) async throws -> Response {
    guard let share = try await share(call, token), share.files else { return gone(call) }
    guard SharedCode.isKnown(call, share, token) else { return call.redirect(to: Routes.Shared.page(token)).unlisted() }
    let dossier = try await call.site.store.sharedDossier(share, at: call.now)
    let response = try await make(dossier, call.site.words(share.language, zone: share.zone))
    try await count(call, share, isFile: true)
    return response.unlisted()
  }

  private static func document(_ call: Call, _ share: OpenShare, _ token: String, _ dossier: ClientDossier, _ w: Words) -> FlatDocument {
    let sheet = DossierSheet(dossier, today: w.zone.date(call.now), words: w)
    let files: HTML = share.files ? """
      <p class="actions"><a class="button" href="\(Routes.Shared.pdf(token))">\(w("shared.pdf"))</a><a class="button" href="\(Routes.Shared.excel(token))">\(w("shared.excel"))</a></p>
      """ : ""
    let until = w.formats.date(share.endsAt.adding(milliseconds: -1))
    return FlatDocument(sheet.title, words: w, main: """
      <p class="muted">\(w("shared.sent_by", ["name": share.sender, "company": share.company]))</p>
      \(sheet.html(actions: files))<footer class="muted">\(w("shared.open_until", ["date": until]))</footer>
      """)
  }

  /// One page for a link that never was, has ended or was withdrawn.
  static func gone(_ call: Call) -> Response {
    let w = call.site.words(for: call.request)
    return call.screen(FlatDocument(w("shared.gone_title"), words: w, main: """
      <div class="small"><h1>\(w("shared.gone_title"))</h1><p class="lead">\(w("shared.gone_text"))</p></div>
      """), status: .notFound)
  }

  /// A reading by a person: no prefetch, no program that fetches a preview of a link, none of us.
  private static func count(_ call: Call, _ share: OpenShare, isFile: Bool) async throws {
    guard call.request.method == .get, call.signedIn == nil, !call.isAhead, !Reader.isProgram(call.header(.userAgent)) else { return }
    try await call.site.store.countView(of: share, isFile: isFile, at: call.now)
  }

  enum Reader {
    /// Names by which programs that look at links say who they are.
    private static let names = [
      "bot", "crawl", "spider", "preview", "facebookexternalhit", "whatsapp", "viber", "skype", "slack", "vkshare", "embedly", "curl/",
      "wget/", "python-requests", "go-http-client", "headlesschrome", "safelinks", "proofpoint", "mimecast",
    ]
    static func isProgram(_ agent: String?) -> Bool {
      guard let agent = agent?.lowercased(), !agent.isEmpty else { return true }
      return names.contains { agent.contains($0) }
    }
  }
}

extension Call {
  /// Fetched before anyone asked for it.
  var isAhead: Bool {
    [header(.secPurpose), header(.purpose)].contains { $0?.contains("prefetch") == true || $0?.contains("preview") == true }
  }
}
