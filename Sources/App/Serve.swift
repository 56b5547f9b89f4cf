import ArgumentParser
import Domain
import Files
import Foundation
import Hummingbird
import Jobs
import Logging
import Markup
import NIOPosix
import ServiceLifecycle
import Store
import Web

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Serve the pages and the API, and run the jobs.")
  @OptionGroup var options: CommonOptions
  @Option(help: ArgumentHelp(SettingTable.host.help, valueName: "address")) var host: String?
  @Option(help: ArgumentHelp(SettingTable.port.help, valueName: "number")) var port: String?
  @Option(help: ArgumentHelp(SettingTable.baseURL.help, valueName: "url")) var baseURL: String?
  @Option(help: ArgumentHelp(SettingTable.workers.help, valueName: "number")) var workers: String?
  @Option(help: ArgumentHelp(SettingTable.connections.help, valueName: "number")) var connections: String?
  @Option(help: ArgumentHelp(SettingTable.uploadLimit.help, valueName: "number")) var uploadLimit: String?
  @Option(help: ArgumentHelp(SettingTable.loginLimit.help, valueName: "number")) var loginLimit: String?
  @Option(help: ArgumentHelp(SettingTable.trustProxy.help, valueName: "yes or no")) var trustProxy: String?
  @Option(help: ArgumentHelp(SettingTable.pdfPython.help, valueName: "path")) var pdfPython: String?
  @OptionGroup var mail: MailOptions

  func run() async throws {
    ServerMemory.keep()
    let values = try options.values([
      "host": host, "port": port, "base-url": baseURL, "workers": workers, "connections": connections,
      "upload-limit": uploadLimit, "login-limit": loginLimit, "trust-proxy": trustProxy, "pdf-python": pdfPython,
    ].merging(mail.flags) { $1 })
    let port = try values.integer(SettingTable.port, in: 1...65_535)
    try await Base.with(values) { base in
      let setup = try await base.mailSetup()
      let site = try base.site(port: port, mail: setup)
      try await sayHowToBegin(base, site)
      if let hold = try await base.store.settleMail(at: setup.place, now: Base.clock()) {
        print("No mail is sent: \(hold.sentence). Let it go at \(site.settings.baseURL)/settings/mail")
        fflush(nil)
      }
      try await base.store.outbox.recover(at: Base.clock())
      try await base.store.mailboxes.recover()
      let server = Server(
        site: site, host: values.text(SettingTable.host), port: port, workers: try values.integer(SettingTable.workers, in: 0...64),
        mailSenders: try values.integer(SettingTable.mailSenders, in: 0...16))
      try await server.run(log: base.log)
    }
  }

  private func sayHowToBegin(_ base: Base, _ site: Site) async throws {
    print("Dossier serves \(site.settings.baseURL) from \(base.url)")
    let token = Secret.text(Secret.random(32))
    if try await base.store.firstOwnerLink(tokenHash: Secret.hash(of: token), at: Base.clock()) {
      print("Nobody has an account yet. Create the owner's, within 24 hours, at:\n  \(site.welcomeLink(token: token))")
    }
    fflush(nil)
  }
}

extension Base {
  func site(port: Int, mail: MailSetup = MailSetup()) throws -> Site {
    let resources = try Resources.folder()
    let assets = try Assets(folder: resources.appendingPathComponent("Assets"))
    let given = values.text(SettingTable.baseURL)
    let baseURL = given.isEmpty ? "http://\(values.text(SettingTable.host)):\(port)" : given.hasSuffix("/") ? String(given.dropLast()) : given
    guard baseURL.hasPrefix("http://") || baseURL.hasPrefix("https://") else {
      throw StartFailure("DOSSIER_BASE_URL (--base-url): “\(baseURL)” does not begin with http:// or https://")
    }
    var settings = SiteSettings(baseURL: baseURL, build: assets.fingerprint + Build.stamp)
    settings.uploadLimit = try values.integer(SettingTable.uploadLimit, in: 1...1024) * 1_000_000
    settings.loginLimit = try values.integer(SettingTable.loginLimit, in: 1...1000)
    settings.trustsProxy = try values.isYes(SettingTable.trustProxy)
    return Site(
      store: store, messages: try Messages(directory: resources.appendingPathComponent("Locales")), assets: assets, settings: settings,
      clock: Base.clock, random: Secret.random, log: log,
      pdf: PDFRenderer(python: values.text(SettingTable.pdfPython)), mail: mail)
  }
}

/// What runs while the program serves: the socket, the jobs, the record of views.
struct Server {
  let site: Site
  let host: String
  let port: Int
  let workers: Int
  let mailSenders: Int

  func run(log: Logger) async throws {
    let application = Application(
      responder: WebApplication(site).responder,
      configuration: .init(address: .hostname(host, port: port), serverName: nil),
      logger: log)
    let runner = JobRunner(store: site.store, kinds: JobCatalogue.all(site.store), clock: site.clock, log: log)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<workers { group.addTask { await runner.run() } }
      for _ in 0..<mailSenders { group.addTask { await site.mailSender.run() } }
      group.addTask { await Upkeep(site: site).run() }
      if mailSenders > 0 { group.addTask { await MailCollector(store: site.store, setup: site.mail, clock: site.clock, log: log).run() } }
      group.addTask { await PromiseReminders(store: site.store, clock: site.clock, log: log).run() }
      group.addTask { try await application.runService() }
      // The socket's service ends at SIGTERM or SIGINT; the others end with it.
      try await waitForServer(&group)
      group.cancelAll()
    }
    await site.views.flush(site)
  }

  private func waitForServer(_ group: inout ThrowingTaskGroup<Void, any Error>) async throws { try await group.next() }
}

/// Once a second views are written; once a minute digests are made that are due; once an hour idempotency keys of yesterday are
/// forgotten, yearly dates roll on, and the bin gives up what has lain in it for 30 days.
struct Upkeep: Sendable {
  let site: Site
  func run() async {
    var nextPurge = site.clock(), nextDigests = site.clock()
    while true {
      // At the end the server writes the last views itself.
      do { try await Task.sleep(for: .seconds(1)) } catch { return }
      await site.views.flush(site)
      let now = site.clock()
      if now >= nextDigests {
        nextDigests = now.adding(milliseconds: Instant.minute)
        await site.makeDigests()
      }
      guard now >= nextPurge else { continue }
      nextPurge = now.adding(milliseconds: Instant.hour)
      do { try await site.store.purgeIdempotency(at: now) } catch {
        site.log.warning("idempotency keys not purged", metadata: ["error": "\(error)"])
      }
      do { try await site.store.rollDates(at: now) } catch {
        site.log.warning("yearly dates not rolled", metadata: ["error": "\(error)"])
      }
      do {
        try await site.store.purgeBin(at: now)
        try await site.store.purgeTasks(at: now)
      } catch {
        site.log.warning("bin not purged", metadata: ["error": "\(error)"])
      }
      do { try await site.store.forgetMail(at: now) } catch {
        site.log.warning("filed mail not forgotten", metadata: ["error": "\(error)"])
      }
      do { try await site.store.outbox.forget(at: now) } catch {
        site.log.warning("old mail not forgotten", metadata: ["error": "\(error)"])
      }
    }
  }
}
