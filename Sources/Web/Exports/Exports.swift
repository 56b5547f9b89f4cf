import Domain
import HTTPTypes
import Hummingbird
import Jobs
import Markup
import NIOCore
import Store

extension Routes {
  enum Exports {
    static let page = Route<Void>(.get, "/export", .may(.exportClients))
    static let start = Route<Void>(.post, "/export", .may(.exportClients))
    static let file = Route<JobID>(.get, "/export/:id/archive", .may(.exportClients))
  }
}

/// Everything to take away, as one ZIP file of CSV files. It is made by a job and kept for a day, for its starter alone.
enum Exports {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Exports.page) { call in
      try await call.fresh({ try $0.ownExports(kind: ExportJob.kind) }) { view(call, $0) }
    }
    book.on(Routes.Exports.start) { call in
      try await call.write { tx in
        try tx.require(.exportClients)
        // One at a time: a second click brings no second archive.
        if try tx.ownExports(kind: ExportJob.kind).contains(where: isWaiting) { return }
        let job = try tx.enqueue(ExportJob.kind, payload: ExportJob.Payload())
        tx.audit(.exported, .exportRun, job.rawValue, detail: "asked for")
      }
      return call.redirect(to: Routes.Exports.page())
    }
    book.on(Routes.Exports.file, download)
    ClientsFile.register(&book)
  }

  @Sendable private static func isWaiting(_ job: JobStatus) -> Bool { job.state == "queued" || job.state == "running" }

  @Sendable private static func download(_ call: Call, _ id: JobID) async throws -> Response {
    let result = try await call.write { tx -> ExportJob.Result in
      try tx.require(.exportClients)
      guard let job = try tx.job(id), job.kind == ExportJob.kind, let made = archive(of: job, at: tx.now) else { throw Refusal.notFound }
      tx.audit(.exported, .exportRun, id.rawValue, detail: "downloaded")
      return made
    }
    let actor = try call.actor, site = call.site
    let body = ResponseBody(contentLength: result.size) { writer in
      // A part at a time: the archive is never whole in memory.
      for part in result.parts {
        let bytes = try await site.store.read(as: actor, at: site.clock()) { try $0.storedContent(part) }
        guard let bytes else { throw Refusal.notFound }
        try await writer.write(ByteBuffer(bytes: bytes))
      }
      try await writer.finish(nil)
    }
    let headers: HTTPFields = [
      .contentType: "application/zip", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
      .contentDisposition: AttachmentDownload.disposition(result.name),
    ]
    return Response(status: .ok, headers: headers, body: body)
  }

  private static func archive(of job: JobStatus, at now: Instant) -> ExportJob.Result? {
    guard job.state == "done", let ended = job.endedAt, ended.adding(milliseconds: ExportJob.lifetime) > now else { return nil }
    return try? JSON.value(job.result)
  }

  private static func view(_ call: Call, _ jobs: [JobStatus]) -> Page {
    let w = call.words
    let running = jobs.filter(isWaiting)
    let bars = running.map { JobPages.progress($0, call, returnTo: Routes.Exports.page()) }
    let ready = jobs.compactMap { job in archive(of: job, at: call.now).map { item(call, job, $0) } }
    let failed: HTML = jobs.first?.state == "failed" ? "<p class=\"note danger\">\(w("export.failed"))</p>" : ""
    let list: HTML = ready.isEmpty ? "" : """
      <section class="card" aria-labelledby="ready"><header><h2 id="ready">\(w("export.ready"))</h2></header><ul class="items">\(ready)</ul></section>
      """
    let start: HTML = running.isEmpty ? """
      <form method="post" action="\(Routes.Exports.start())"><div class="form-end"><button class="primary">\(w("export.start"))</button></div></form>
      """ : ""
    let scope: HTML = (try? call.actor.scope) == .all ? "" : "<p class=\"note warn\">\(w("export.narrow"))</p>"
    return Page(w("nav.export"), place: .export, main: """
      <header class="head"><div><h1>\(w("nav.export"))</h1><p class="sub">\(w("export.sub"))</p></div></header>
      <div class="stack narrow"><p>\(w("export.what"))</p><p>\(w("export.how"))</p>\(scope)\(failed)\(bars)\(start)\(list)</div>
      """)
  }

  private static func item(_ call: Call, _ job: JobStatus, _ result: ExportJob.Result) -> HTML {
    let w = call.words
    let ended = job.endedAt ?? job.createdAt
    let meta = w("export.meta", [
      "size": w.formats.fileSize(result.size), "rows": w.formats.integer(result.rows), "made": w.formats.dateTime(ended),
      "until": w.formats.dateTime(ended.adding(milliseconds: ExportJob.lifetime)),
    ])
    return """
      <li><div><b>\(result.name)</b><p class="meta">\(meta)</p></div>
      <div class="actions"><a class="button" href="\(Routes.Exports.file(job.id))">\(call.icon("download"))\(w("export.download"))</a></div></li>
      """
  }
}
