import ArgumentParser

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Bring the database's schema up to date, with a backup first.")
  @OptionGroup var options: CommonOptions

  func run() async throws {
    try await Base.with(options.values()) { base in print("The schema of \(base.url) is up to date.") }
  }
}
