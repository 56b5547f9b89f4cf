import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Store

extension Routes {
  enum Jobs {
    static let page = Route<JobID>(.get, "/jobs/:id", .signedIn)
    static let events = Route<JobID>(.get, "/jobs/:id/events", .signedIn)
    static let stop = Route<JobID>(.post, "/jobs/:id/stop", .signedIn)
  }
}

/// Long work on its way: a bar that moves by itself, a plain reload without script, and Stop. Only its starter sees it.
enum JobPages {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Jobs.page) { call, id in
      let status = try await call.read { try $0.job(id) }
      guard let status else { throw Refusal.notFound }
      return call.answer(page(status, call))
    }
    book.on(Routes.Jobs.events) { call, id in
      guard try await call.read({ try $0.job(id) }) != nil else { throw Refusal.notFound }
      return try JobEvents.stream(id, call)
    }
    book.on(Routes.Jobs.stop) { call, id in
      let form = try await call.form()
      try await call.site.store.jobs.cancel(id, as: call.actor, at: call.now)
      return call.redirect(to: localPath(form["return_to"]) ?? Routes.Jobs.page(id))
    }
  }

  private static func page(_ status: JobStatus, _ call: Call) -> Page {
    let w = call.words
    let title = w("job.\(status.kind)")
    let state: HTML = status.endedAt == nil ? progress(status, call) : "<p class=\"note info\">\(w("job.state.\(status.state)"))</p>"
    return Page(title, main: "<header class=\"head\"><div><h1>\(title)</h1></div></header>\(state)")
  }

  /// The bar, for the page of a job and for features that show their job on a page of their own.
  static func progress(_ status: JobStatus, _ call: Call, returnTo: String? = nil) -> HTML {
    let w = call.words
    let label = "job-\(status.id)"
    let back: HTML = returnTo.map { "<input type=\"hidden\" name=\"return_to\" value=\"\($0)\">" } ?? ""
    return """
      <section class="progress" data-progress-url="\(Routes.Jobs.events(status.id))">
      <p class="line"><span id="\(label)">\(w("job.\(status.kind)"))</span><span data-progress-text>\(text(status, w))</span></p>
      <progress max="\(max(status.total, 1))" value="\(status.done)" aria-labelledby="\(label)"></progress>
      <form method="post" action="\(Routes.Jobs.stop(status.id))">\(back)<button>\(w("job.stop"))</button></form>
      <p class="no-js"><a href="">\(w("job.reload"))</a></p></section>
      """
  }

  static func text(_ status: JobStatus, _ w: Words) -> String {
    guard status.total > 0 else { return w("job.waiting") }
    return w("job.progress", [
      "done": w.formats.integer(status.done), "total": w.formats.integer(status.total),
      "percent": w.formats.percent(Double(status.done) / Double(status.total)),
    ])
  }
}

/// Server-sent events (WHATWG HTML §9.2): progress when it changes, a heartbeat every 15 s, `done` at the end. A stream lasts
/// ten minutes at most; the browser opens the next by itself.
enum JobEvents {
  static func stream(_ id: JobID, _ call: Call) throws -> Response {
    let actor = try call.actor
    let site = call.site
    let words = call.words
    let body = ResponseBody { writer in
      var last: Int?
      var quiet = 0
      for _ in 0..<1200 {
        let status = try await site.store.read(as: actor, at: site.clock()) { try $0.job(id) }
        guard let status, status.endedAt == nil, status.state != "cancelled" else {
          try await writer.write(ByteBuffer(string: "event: done\ndata:\n\n"))
          break
        }
        if status.done != last {
          last = status.done
          quiet = 0
          try await writer.write(ByteBuffer(string: event(status, words)))
        } else {
          quiet += 1
          if quiet % 30 == 0 { try await writer.write(ByteBuffer(string: ": still here\n\n")) }
        }
        try await Task.sleep(for: .milliseconds(500))
      }
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"], body: body)
  }

  private struct Progress: Encodable { let value: Int, max: Int, text: String }

  private static func event(_ status: JobStatus, _ words: Words) -> String {
    let data = try? JSON.text(Progress(value: status.done, max: max(status.total, 1), text: JobPages.text(status, words)))
    return "event: progress\nid: \(status.done)\ndata: \(data ?? "{}")\n\n"
  }
}
