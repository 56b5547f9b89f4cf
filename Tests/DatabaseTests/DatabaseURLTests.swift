import Database
import Testing

@Suite("Database addresses")
struct DatabaseURLTests {
  @Test(arguments: [
    ("sqlite:data/x.sqlite", "sqlite:data/x.sqlite"), ("sqlite:///srv/x", "sqlite:/srv/x"),
    ("postgres://anna:secret@db.example:5433/crm", "postgres://anna@db.example:5433/crm"),
    ("postgresql://anna@a:1,b:2/crm?password=secret", "postgres://anna@a:1,b:2/crm"),
    ("postgres:///crm?host=/run/postgresql", "postgres:///run/postgresql/crm"),
  ])
  func descriptionsHoldNoSecrets(address: String, description: String) throws {
    #expect(try DatabaseURL(address).description == description)
  }

  @Test(arguments: ["", "mysql://x", "sqlite:", "/srv/data.sqlite", "postgres://u:secret@h:1/d?no_such_option=1", "postgres://u:secret@[h/d"])
  func wrongAddressesAreRefusedWithoutQuotingThem(address: String) {
    let error = #expect(throws: DatabaseURLError.self) { try DatabaseURL(address) }
    #expect(error.map { !"\($0)".contains("secret") } == true)
  }
}
