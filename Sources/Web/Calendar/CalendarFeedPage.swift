import Domain
import Files
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Store

/// The feed itself. Asked again while nothing changed it costs one read of two rows.
enum CalendarFeedPage {
  static let suffix = ".ics"

  @Sendable static func answer(_ call: Call, _ name: String) async throws -> Response {
    let token = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    guard token.utf8.count == 43, let reader = try await call.site.store.calendarReader(tokenHash: Secret.hash(of: token)) else {
      throw Refusal.notFound
    }
    let words = call.site.words(reader.actor.language, zone: reader.actor.zone)
    let today = words.formats.zone.date(call.now), known = call.header(.ifNoneMatch), build = call.site.settings.build
    let (tag, contents) = try await call.site.store.read(as: reader.actor, at: call.now) { session in
      let tag = "\"\(build).\(session.dataVersion).\(session.actor.id).\(session.actor.language.rawValue).\(today)\""
      return (tag, known.map { lists($0, tag) } ?? false ? nil : try session.calendarContents())
    }
    try await call.site.store.noteUse(of: reader, at: call.now)
    var headers: HTTPFields = [.eTag: tag, .cacheControl: "private, no-cache"]
    guard let contents else { return Response(status: .notModified, headers: headers) }
    let events = CalendarEvents(words: words, baseURL: call.site.settings.baseURL, today: today)
    guard let bytes = CalendarWriter.write(events.document(contents, for: reader.actor)) else { throw WebError.badRequest("calendar") }
    headers[.contentType] = "text/calendar; charset=utf-8"
    headers[.contentDisposition] = "inline; filename=\"dossier.ics\""
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Weak comparison (RFC 9110, 13.1.2).
  private static func lists(_ header: String, _ tag: String) -> Bool {
    header.split(separator: ",").contains { part in
      let one = part.trimmingBlanks
      return one == "*" || one == tag || one == "W/" + tag
    }
  }
}
