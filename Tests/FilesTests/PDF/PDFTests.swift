import Foundation
import TestSupport
import Testing

@testable import Files

/// Real documents by the real renderer, read back by poppler's `pdfinfo` and `pdftotext`.
@Suite struct PDFTests {
  private let sheet = Array("@page { size: A4 } thead { display: table-header-group }".utf8)

  private func page(_ body: String, language: String = "ru", title: String = "Досье клиента") -> [UInt8] {
    Array("<!doctype html><html lang=\"\(language)\"><head><meta charset=\"utf-8\"><title>\(title)</title></head><body>\(body)</body></html>".utf8)
  }

  @Test(arguments: [("ru", "Ёлка ждёт"), ("pl", "Zażółć gęślą jaźń"), ("bg", "Щъркелът ѝ е тук"), ("en", "A value dossier")])
  func textCanBeTakenOutAgain(_ language: String, _ text: String) async throws {
    let pdf = try await PDFRenderer().render(page("<h1>\(text)</h1>", language: language, title: text), stylesheet: sheet)
    #expect(try Tool.run("pdftotext", ["-", "-"], pdf).contains(text))
    let info = try Tool.run("pdfinfo", ["-"], pdf)
    #expect(info.contains(/Tagged: +yes/))
    #expect(info.contains(text) && info.contains("595.276 x 841.89 pts (A4)"))
    #expect(String(decoding: pdf, as: Unicode.ASCII.self).contains("/Lang (\(language))"))
  }

  @Test func headsAreRepeatedAndTagged() async throws {
    let rows = (1...150).map { "<tr><th scope=\"row\">\($0)</th><td>value</td></tr>" }.joined()
    let pdf = try await PDFRenderer().render(
      page("<h1>T</h1><table><thead><tr><th>Headword</th><th>B</th></tr></thead><tbody>\(rows)</tbody></table>"), stylesheet: sheet)
    let text = try Tool.run("pdftotext", ["-layout", "-", "-"], pdf)
    let pages = text.split(separator: "\u{C}").filter { $0.contains("value") }
    #expect(pages.count > 2)
    #expect(pages.allSatisfy { $0.contains("Headword") })
    let tags = try Tool.run("pdfinfo", ["-struct", "-"], pdf)
    for tag in ["Document", "H1", "Table", "TR", "TH", "TD"] { #expect(tags.contains(tag)) }
  }

  /// Ways by which a page could bring in a file or ask the network. A listening socket waits for a call that must not come.
  @Test(arguments: [
    "<img src=\"URL\">", "<link rel=\"stylesheet\" href=\"URL\">", "<style>@import url(URL); body { background: url(URL) }</style>",
    "<style>@font-face { font-family: F; src: url(URL) } body { font-family: F }</style>F", "<object data=\"URL\"></object>",
    "<embed src=\"URL\">", "<svg width=\"9\" height=\"9\"><image href=\"URL\" width=\"9\" height=\"9\"/></svg>",
    "<svg width=\"9\" height=\"9\"><use href=\"URL#a\"/></svg>", "<link rel=\"attachment\" href=\"URL\">",
    "<a rel=\"attachment\" href=\"URL\">a</a>", "<iframe src=\"URL\"></iframe>",
  ])
  func nothingIsFetched(_ markup: String) async throws {
    let canary = "canary-\(UUID().uuidString)"
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(canary).svg")
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99\" height=\"20\"><text id=\"a\" y=\"9\">\(canary)</text></svg>"
    try Data(drawing.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let ear = try Ear()
    var made = 0
    for address in [file.absoluteString, file.path, "http://127.0.0.1:\(ear.port)/x"] {
      // An address that cannot even be read makes no document at all.
      guard let pdf = try? await PDFRenderer().render(page("<h1>T</h1>" + markup.replacing("URL", with: address)), stylesheet: sheet)
      else { continue }
      made += 1
      #expect(try !Tool.run("pdftotext", ["-", "-"], pdf).contains(canary))
      #expect(try !Tool.run("pdfdetach", ["-list", "-"], pdf).contains(canary))
    }
    #expect(!ear.wasCalled)
    #expect(made > 1)
  }

  private var long: [UInt8] { page("<table>\(String(repeating: "<tr><td>a</td><td>b</td></tr>", count: 60_000))</table>") }

  @Test func aLongDocumentIsEndedAtItsDeadline() async throws {
    var limits = PDFLimits()
    limits.seconds = 1
    await #expect(throws: PDFProblem.self) { _ = try await PDFRenderer(limits: limits).render(long, stylesheet: sheet) }
  }

  @Test func aGreedyDocumentFailsAlone() async throws {
    var limits = PDFLimits()
    limits.memoryMiB = 250
    await #expect(throws: PDFProblem.self) { _ = try await PDFRenderer(limits: limits).render(long, stylesheet: sheet) }
  }

  /// WeasyPrint makes a folder for fonts with each document, which its seal keeps it from removing.
  @Test(arguments: [0, 1]) func whatItLeavesLyingAboutIsRemoved(_ status: Int32) throws {
    let leaves = "mkdir \"$TMPDIR/left\" && printf %s \"$TMPDIR\"; exit \(status)"
    guard case .exited(status, let output, _) = ChildProcess.run(["/bin/sh", "-c", leaves], input: [], seconds: 20, outputLimit: 9999)
    else { throw PDFProblem.failed("the shell did not end") }
    let folder = String(decoding: output, as: UTF8.self)
    #expect(folder.contains("dossier-"))
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func whatIsNotInstalledIsSaid() async throws {
    await #expect(throws: PDFProblem.notInstalled("/usr/bin/no-such-python is not there or may not be run")) {
      _ = try await PDFRenderer(python: "/usr/bin/no-such-python").render(page("<p>a</p>"), stylesheet: sheet)
    }
  }

  @Test func whoComesTooLateIsTurnedAway() async {
    let turns = Turnstile(places: 1, waiting: 1)
    #expect(await turns.enter())
    async let second = turns.enter()
    // The second waits; the third finds the only place to wait taken, sooner or later.
    var third = true
    for _ in 0..<10_000 where third {
      await Task.yield()
      if turns.isFull { third = await turns.enter() }
    }
    #expect(!third)
    turns.leave()
    #expect(await second)
    turns.leave()
  }
}
