import ArgumentParser

@main
struct Dossier: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dossier",
    abstract: "Keeps a company's relationship with its clients.",
    subcommands: [
      Serve.self,
      Migrate.self,
      BackupCommand.self,
      Restore.self,
      Doctor.self,
      ImportCommand.self,
      ExportCommand.self,
      DemoCommand.self,
      Hello.self,
      Token.self,
      User.self,
    ],
    defaultSubcommand: Serve.self)
}
