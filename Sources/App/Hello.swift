import ArgumentParser
import Hummingbird

/// The framework alone, answering one word: what `bin/bench` sets beside the cost of pages, so that machines compare.
struct Hello: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Answer “hello” and nothing else.", shouldDisplay: false)
  @Option(help: "Port to listen on") var port: Int

  func run() async throws {
    let router = Router()
    router.get("/") { _, _ in "hello" }
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil))
    try await application.runService()
  }
}
