import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

extension Routes {
  enum Imports {
    static let list = Route<Void>(.get, "/imports", .may(.importClients))
    static let start = Route<Void>(.get, "/imports/new", .may(.importClients))
    static let upload = Route<Void>(.post, "/imports", .may(.importClients))
    /// Wherever the import is: columns, check, run or report.
    static let page = Route<ImportID>(.get, "/imports/:id", .may(.importClients))
    static let columns = Route<ImportID>(.get, "/imports/:id/columns", .may(.importClients))
    /// The file read with another encoding or delimiter.
    static let read = Route<ImportID>(.post, "/imports/:id/reading", .may(.importClients))
    static let check = Route<ImportID>(.post, "/imports/:id/check", .may(.importClients))
    static let run = Route<ImportID>(.post, "/imports/:id/run", .may(.importClients))
    static let undo = Route<ImportID>(.post, "/imports/:id/undo", .may(.importClients))
    static let wrong = Route<ImportID>(.get, "/imports/:id/wrong", .may(.importClients))
  }
}

/// Import of a client list in steps that can each be left and come back to: upload, columns, check, run, report, undo.
enum Imports {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Imports.list, ImportList.page)
    book.on(Routes.Imports.start) { call in ImportUpload.page(call, []) }
    book.on(Routes.Imports.upload, ImportUpload.take)
    book.on(Routes.Imports.page, ImportPages.page)
    book.on(Routes.Imports.columns, ImportColumns.page)
    book.on(Routes.Imports.read, ImportColumns.readAgain)
    book.on(Routes.Imports.check, ImportColumns.check)
    book.on(Routes.Imports.run) { call, id in try await step(call, id) { try $0.runImport(id, expecting: $1) } }
    book.on(Routes.Imports.undo) { call, id in try await step(call, id) { try $0.undoImport(id, expecting: $1) } }
    book.on(Routes.Imports.wrong, ImportPages.wrongRows)
  }

  /// A button that carries the version it was drawn with.
  private static func step(
    _ call: Call, _ id: ImportID, _ body: @escaping @Sendable (Transaction, Int) throws -> JobID
  ) async throws -> Response {
    let version = Int(try await call.form()["version"]) ?? 0
    _ = try await call.write { try body($0, version) }
    return call.redirect(to: Routes.Imports.page(id))
  }

  /// Upload, columns, check, report: where one is.
  static func steps(_ w: Words, at current: Int) -> HTML {
    let names = ["import.step.file", "import.step.columns", "import.step.check", "import.step.report"]
    let items = names.enumerated().map { index, name -> HTML in
      "<li\(attr: "aria-current", index == current ? "step" : nil)>\(w(name))</li>"
    }
    return "<ol class=\"steps\" aria-label=\"\(w("import.steps"))\">\(items)</ol>"
  }

  static func crumb(_ call: Call) -> HTML {
    let w = call.words
    return "<nav class=\"crumb\" aria-label=\"\(w("import.place"))\"><a href=\"\(Routes.Imports.list())\" data-key=\"u\">\(call.icon("back"))\(w("nav.imports"))</a></nav>"
  }
}
