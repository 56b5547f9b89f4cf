import ArgumentParser
import Demo
import Domain
import Foundation
import Store

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Fill an empty base with a made-up agency in Sofia and seven years with its clients.")
  @OptionGroup var options: CommonOptions
  @Option(help: "How many clients") var clients = 400
  @Option(help: "Entries in all, for a base to measure with; without it each client's story is told") var history: Int?
  @Option(help: "Contacts of one very busy client of a base to measure with") var big: Int?
  @Option(help: "Dossier entries of a base to measure with") var dossier: Int?
  @Option(help: "Open promises of one employee with 2,000 clients, for a base to measure with") var promises: Int?
  @Option(help: "The same number gives the same company") var seed: UInt64 = 1
  @Option(help: ArgumentHelp(SettingTable.demo.help, valueName: "text")) var password: String?
  @Option(help: ArgumentHelp("The moment the story ends, ISO 8601", visibility: .private)) var now: String?

  func run() async throws {
    let values = try options.values(["demo-login": password])
    guard 1...1_000_000 ~= clients else { throw StartFailure("--clients: from 1 to 1000000") }
    guard let moment = now.map({ Instant(iso: $0) }) ?? Base.clock() else { throw StartFailure("--now: not a moment in ISO 8601") }
    let given = values.text(SettingTable.demo)
    let secret = given.isEmpty ? Secret.text(Secret.random(12)) : given
    guard Password.lengths ~= secret.count else {
      throw StartFailure("The password must have \(Password.lengths.lowerBound) to \(Password.lengths.upperBound) characters.")
    }
    guard let hash = Password.hash(secret) else { throw StartFailure("There is not enough memory to keep the password safely.") }
    let order = DemoOrder(clients: clients, seed: seed, history: history, big: big, promises: promises, dossier: dossier)
    let report = try await Base.with(values) { try await $0.store.makeDemo(order, passwordHash: hash, at: moment) }
    say(report, given.isEmpty ? secret : nil)
  }

  private func say(_ report: DemoReport, _ secret: String?) {
    print("\(report.company): \(report.clients) clients, \(report.people) people at them, \(report.entries) entries in their histories.")
    if let big = report.bigClient { print("The busiest client is number \(big).") }
    for login in report.logins {
      let role = login.role.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
      print("  \(role) \(login.email)  \(login.name)")
    }
    print(secret.map { "Everyone's password: \($0)" } ?? "Everyone's password is the one you gave.")
  }
}
