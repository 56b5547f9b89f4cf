import Database
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Store

extension Routes {
  enum Health {
    /// The process runs.
    static let alive = Route<Void>(.get, "/healthz", .everyone)
    /// The process can reach its data: send it visitors.
    static let ready = Route<Void>(.get, "/readyz", .everyone)
    /// Prometheus text, for this machine only.
    static let metrics = Route<Void>(.get, "/metrics", .everyone)
  }
}

enum Health {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Health.alive) { _ in text("ok\n") }
    book.on(Routes.Health.ready) { call in
      _ = try await call.site.store.database.read { try $0.value("SELECT data_version FROM audit_head", as: Int64.self) }
      return text("ready\n")
    }
    book.on(Routes.Health.metrics) { call in
      guard call.isFromThisMachine else { throw Refusal.notFound }
      return text(try await Metrics.text(call.site), type: "text/plain; version=0.0.4; charset=utf-8")
    }
  }

  private static func text(_ body: String, type: String = "text/plain; charset=utf-8") -> Response {
    Response(
      status: .ok, headers: [.contentType: type, .cacheControl: "no-store"], body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
  }
}

extension Call {
  /// The peer, not a visitor that a proxy here speaks for.
  var isFromThisMachine: Bool {
    guard request.headers[.xForwardedFor] == nil, let address = context.remoteAddress?.ipAddress else { return false }
    return address == "::1" || address.hasPrefix("127.")
  }
}

/// Figures in the Prometheus text format 0.0.4. Times are seconds.
enum Metrics {
  static func text(_ site: Site) async throws -> String {
    let counters = site.counters
    let jobs = try await site.store.database.read { connection in
      try connection.rows("SELECT state, count(*) FROM job WHERE state IN ('queued','running','failed') GROUP BY state ORDER BY state") {
        (state: try $0.next(String.self), count: try $0.next(Int.self))
      }
    }
    var out = ""
    func metric(_ name: String, _ kind: String, _ help: String, _ samples: [(labels: String, value: String)]) {
      out += "# HELP dossier_\(name) \(help)\n# TYPE dossier_\(name) \(kind)\n"
      for sample in samples { out += "dossier_\(name)\(sample.labels) \(sample.value)\n" }
    }
    let load = { (counter: KeyPath<Counters, Int>) in "\(counters[keyPath: counter])" }
    metric("requests_total", "counter", "Requests answered.", [("", load(\.requestCount))])
    metric("responses_not_modified_total", "counter", "Answers 304.", [("", load(\.notModifiedCount))])
    metric("responses_client_error_total", "counter", "Answers 4xx.", [("", load(\.clientErrorCount))])
    metric("responses_server_error_total", "counter", "Answers 5xx.", [("", load(\.serverErrorCount))])
    metric("handling_seconds_total", "counter", "Time from a request's head to its answer's start.", [
      ("", "\(Double(counters.nanoseconds) / 1e9)")
    ])
    metric("jobs", "gauge", "Jobs by state.", jobs.map { ("{state=\"\($0.state)\"}", "\($0.count)") })
    metric("resident_memory_bytes", "gauge", "Resident memory of this process.", [("", "\(Process.residentBytes)")])
    return out
  }
}
