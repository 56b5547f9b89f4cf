package import Foundation

/// What one document may cost. A document of 60 pages takes about two seconds and 150 MiB.
package struct PDFLimits: Sendable {
  package var seconds = 20
  package var memoryMiB = 1024
  package var outputMiB = 32
  /// Documents made at the same time; each is a process that keeps a processor busy.
  package var atOnce = 2
  /// How many may wait for a turn before the next is told to come later.
  package var waiting = 20

  package init() {}
}

package enum PDFProblem: Error, Sendable, Hashable {
  /// There is no such Python, or no WeasyPrint in it.
  case notInstalled(String)
  case timedOut
  case busy
  case failed(String)
}

/// Pages made into PDF by WeasyPrint, each document in a process of its own that can reach neither files nor network
/// (`render.py`), with a limit of time, memory and size. Tagged, with the page's language and title.
package final class PDFRenderer: Sendable {
  private let python: String
  private let limits: PDFLimits
  private let turns: Turnstile
  private let threads = DispatchQueue(label: "pdf", attributes: .concurrent)

  package init(python: String = "/usr/bin/python3", limits: PDFLimits = PDFLimits()) {
    self.python = python
    self.limits = limits
    turns = Turnstile(places: limits.atOnce, waiting: limits.waiting)
  }

  /// - Parameters:
  ///   - page: a whole HTML document in UTF-8, with `lang` and `title`.
  ///   - stylesheet: its only style sheet, in UTF-8.
  package func render(_ page: [UInt8], stylesheet: [UInt8]) async throws -> [UInt8] {
    guard await turns.enter() else { throw PDFProblem.busy }
    defer { turns.leave() }
    let limits = limits
    let program = try program()
    let head = #"{"css": \#(stylesheet.count), "memory": \#(limits.memoryMiB), "seconds": \#(limits.seconds)}"#
    let input = Array(head.utf8) + [0x0A] + stylesheet + page
    return try await withCheckedThrowingContinuation { continuation in
      threads.async {
        continuation.resume(with: Result {
          try Self.bytes(ChildProcess.run(program, input: input, seconds: limits.seconds, outputLimit: limits.outputMiB << 20))
        })
      }
    }
  }

  private func program() throws -> [String] {
    guard let script = Bundle.module.url(forResource: "render", withExtension: "py") else {
      throw PDFProblem.notInstalled("render.py is missing beside the program")
    }
    // Isolated (-I): no user's folder, no PYTHON… variables; -B: nothing is written beside the modules.
    return [python, "-I", "-B", script.path]
  }

  private static func bytes(_ end: ChildProcess.End) throws -> [UInt8] {
    switch end {
    case .exited(0, let output, _) where output.starts(with: "%PDF-".utf8): return output
    case .exited(3, _, let said): throw PDFProblem.notInstalled(said)
    case .notStarted(let why): throw PDFProblem.notInstalled(why)
    case .timedOut: throw PDFProblem.timedOut
    case .exited(let status, _, let said): throw PDFProblem.failed("status \(status): \(said)")
    case .ended(let signal): throw PDFProblem.failed("ended by signal \(signal)")
    case .tooMuch: throw PDFProblem.failed("the document is too large")
    }
  }
}
