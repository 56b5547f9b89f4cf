import Domain
import Files
import Hummingbird
import Jobs
import Markup
import Store

/// Step 1: the file. It is kept at once, so that every later step works on the same bytes.
enum ImportUpload {
  static func page(_ call: Call, _ messages: [FieldMessage]) -> Response {
    call.answer(view(call, messages))
  }

  @Sendable static func take(_ call: Call) async throws -> Response {
    let limit = call.site.settings.uploadLimit
    let form = try await call.form(limit: limit + 64 * 1024)
    return try await call.submit({ () async throws -> ImportID in
      guard let file = form.files["file"]?.first else { throw wrong("import.error.no_file") }
      guard file.bytes.count <= limit else { throw WebError.tooLarge(limit: limit) }
      let home = try await call.site.store.installation()?.country
      let plan = try plan(file, home)
      return try await call.write { try $0.beginImport(fileName: file.name, bytes: file.bytes, plan: plan) }
    }, again: { view(call, $0) }, then: { call.redirect(to: Routes.Imports.columns($0)) })
  }

  private static func plan(_ file: UploadedFile, _ home: Country?) throws -> ImportPlan {
    // Spreadsheets are ZIP files, or the older compound files.
    if file.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || file.bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw wrong("import.error.spreadsheet")
    }
    do {
      guard let guess = try ImportFile.guess(.bytes(file.bytes), country: home) else { throw wrong("import.error.empty") }
      return guess.plan
    } catch let problem as CSVProblem { throw InvalidForm([ImportWords.message(problem.reason, field: "file")]) }
  }

  private static func wrong(_ key: String) -> InvalidForm { InvalidForm([FieldMessage(field: "file", key: key)]) }

  private static func view(_ call: Call, _ messages: [FieldMessage]) -> Page {
    let w = call.words
    let errors = messages.map { w($0) }
    let error: HTML = errors.isEmpty ? "" : "<p class=\"error\" id=\"file-error\">\(call.icon("alert"))\(errors.joined(separator: " "))</p>"
    let summary: HTML = errors.isEmpty ? "" : """
      <div class="summary" role="alert" tabindex="-1" aria-labelledby="summary"><h2 id="summary">\(w.count("field.summary", errors.count))</h2>
      <ul>\(errors.map { "<li><a href=\"#file\">\($0)</a></li>" as HTML })</ul></div>
      """
    return Page(w("import.new"), place: .imports, main: """
      \(summary)\(Imports.crumb(call))<header class="head"><div><h1>\(w("import.new"))</h1></div></header>\(Imports.steps(w, at: 0))
      <form class="stack narrow" method="post" action="\(Routes.Imports.upload())" enctype="multipart/form-data" novalidate>
      <div class="field"><label for="file">\(w("import.file"))</label><p class="hint" id="file-hint">\(w("import.file_hint"))</p>\(error)
      <div class="drop" data-drop><input type="file" id="file" name="file" accept=".csv,.txt,.tsv,text/csv,text/plain"
      aria-describedby="file-hint\(errors.isEmpty ? "" : " file-error")"\(attr: "aria-invalid", errors.isEmpty ? nil : "true")>
      <p class="hint">\(w("import.file_limit", ["size": w.formats.fileSize(call.site.settings.uploadLimit)]))</p></div></div>
      <div class="form-end"><button class="primary">\(w("import.upload"))</button><a class="button" href="\(Routes.Imports.list())">\(w("import.cancel"))</a></div></form>
      """)
  }
}
