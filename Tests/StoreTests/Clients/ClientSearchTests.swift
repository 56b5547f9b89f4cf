import Database
import Domain
import Store
import TestSupport
import Testing

@Suite struct ClientSearchTests {
  private func fill(_ base: TestBase) async throws {
    try await base.write { tx in
      let firm = try tx.createClient(company("Ёлки и Сосны ООО") { $0.ownNumber = "К-0042" })
      _ = try tx.addPerson(
        person("Анна", "Петрова") { $0.contactPoints = [try! email("anna.p@firma.ru"), try! phone("8 (495) 123-45-67", "RU")] }, to: firm,
        TieDraft())
      _ = try tx.createClient(company("Zażółć Gęślą Sp. z o.o.") { $0.contactPoints = [try! phone("22 123 45 67", "PL")] })
      _ = try tx.createClient(company("Łódź Studio") { $0.contactPoints = [try! email("biuro@lodz.pl")] })
      _ = try tx.createClient(person("Stéphane", "Müller") { $0.ownerID = base.maria.id })
      _ = try tx.createClient(company("Петрови и синове"))
    }
  }

  static let needles: [(String, [String])] = [
    ("елки", ["Ёлки и Сосны ООО"]), ("СОСН", ["Ёлки и Сосны ООО"]), ("к-0042", ["Ёлки и Сосны ООО"]), ("firma.ru", ["Анна Петрова", "Ёлки и Сосны ООО"]),
    ("gesla", ["Zażółć Gęślą Sp. z o.o."]), ("lodz", ["Łódź Studio"]), ("lo", ["Łódź Studio"]), ("Łó", ["Łódź Studio"]),
    ("stephane", ["Stéphane Müller"]), ("muller", ["Stéphane Müller"]), ("мюллер", []), ("022 123 45", ["Zażółć Gęślą Sp. z o.o."]),
    ("+48 22", ["Zażółć Gęślą Sp. z o.o."]), ("(495) 123", ["Анна Петрова", "Ёлки и Сосны ООО"]), ("8 495 123", ["Анна Петрова", "Ёлки и Сосны ООО"]),
    ("петрова анна", ["Анна Петрова", "Ёлки и Сосны ООО"]), ("петров", ["Петрови и синове", "Анна Петрова", "Ёлки и Сосны ООО"]),
    ("100%", []), ("\" OR 1", []), ("", []), ("   ", []), ("zzz", []),
  ]

  @Test(arguments: Engine.all) func findsByAnyPart(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await fill(base)
      for (needle, names) in Self.needles {
        let hits = try await base.read { try $0.search(needle) }
        #expect(Set(hits.map(\.name)) == Set(names), "\(needle): \(hits.map(\.name))")
        if needle == "петров" { #expect(hits.first?.name == "Петрови и синове" || hits.first?.name == "Анна Петрова") }
      }
    }
  }

  @Test(arguments: Engine.all) func findsOnlyWhatIsInScope(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await fill(base)
      #expect(try await base.read(as: base.maria) { try $0.search("müller") }.count == 1)
      #expect(try await base.read(as: base.ivan) { try $0.search("müller") }.isEmpty)
      #expect(try await base.read(as: base.ivan) { try $0.search("петрова") }.isEmpty)
      #expect(try await base.read(as: base.ivan) { try $0.search("st") }.isEmpty)
    }
  }

  @Test(arguments: Engine.all) func warnsOfLookalikes(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      try await fill(base)
      let cases: [(ClientDraft, [String])] = [
        (company("Lodz Studio Ltd"), ["Łódź Studio"]), (company("Елки и сосны"), ["Ёлки и Сосны ООО"]),
        (company("Studio Warszawa"), []), (person("Muller", "Stephane"), ["Stéphane Müller"]),
        (person("A", "B") { $0.contactPoints = [try! email("ANNA.P@firma.ru")] }, ["Анна Петрова"]),
        (company("New") { $0.contactPoints = [try! phone("+48 22 123 45 67", "BG")] }, ["Zażółć Gęślą Sp. z o.o."]),
      ]
      for (draft, names) in cases {
        #expect(try await base.read { try $0.lookalikes(of: draft) }.map(\.name) == names, "\(draft.name)")
      }
    }
  }
}
