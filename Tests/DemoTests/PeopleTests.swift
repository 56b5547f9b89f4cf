import Database
import Demo
import Domain
import Store
import TestSupport
import Testing

/// Who is in the demo: everybody can be reached only where nobody real is.
@Suite struct PeopleTests {
  @Test func everyRoleHasAnAccountAndOnePassword() async throws {
    try await withDemo(.sqlite, DemoOrder(clients: 4)) { connection throws in
      let roles = try connection.values("SELECT DISTINCT role FROM account WHERE closed_at IS NULL ORDER BY role", as: String.self)
      #expect(roles == Role.allCases.map(\.rawValue).sorted())
      #expect(try connection.values("SELECT DISTINCT password_hash FROM account", as: String.self) == ["x"])
      let scopes = try connection.values("SELECT DISTINCT scope FROM account WHERE role = 'employee' ORDER BY scope", as: String.self)
      #expect(scopes == ["own", "team"])
      let languages = try connection.values("SELECT DISTINCT language FROM party WHERE is_client ORDER BY language", as: String.self)
      #expect(languages == ["bg", "en", "pl", "ru"])
    }
  }

  @Test func addressesAreExamples() async throws {
    try await withDemo(.sqlite, DemoOrder(clients: 150)) { connection throws in
      let mails = try connection.values("SELECT value FROM contact_point WHERE kind = 'email'", as: String.self)
        + connection.values("SELECT email FROM account", as: String.self)
      #expect(mails.count > 200)
      // RFC 2606 keeps the top-level name for examples.
      #expect(mails.filter { EmailAddress($0)?.domain.hasSuffix(".example") != true } == [])
      let pages = try connection.values("SELECT shown FROM contact_point WHERE kind = 'website'", as: String.self)
      #expect(pages.filter { !$0.hasSuffix(".example") } == [])
    }
  }

  @Test func phonesAreValid() async throws {
    try await withDemo(.sqlite, DemoOrder(clients: 150)) { connection throws in
      let numbers = try connection.values("SELECT value FROM contact_point WHERE kind = 'phone'", as: String.self)
      let parsed = numbers.compactMap { try? PhoneNumber($0, in: nil) }
      #expect(parsed.count == numbers.count)
      #expect(parsed.filter { !$0.isValid }.map(\.e164) == [])
      #expect(Set(parsed.compactMap(\.country?.code)).isSuperset(of: ["BG", "PL", "RU", "GB"]))
      // A pattern that a country does not give out would leave companies without a number.
      let without = try connection.value("""
        SELECT count(*) FROM party p WHERE p.kind = 'company' AND NOT EXISTS (
          SELECT 1 FROM contact_point c WHERE c.party_id = p.id AND c.kind = 'phone')
        """, as: Int.self)
      #expect(without == 0)
    }
  }

  @Test func namesAreInTheScriptOfTheirLanguage() async throws {
    try await withDemo(.sqlite, DemoOrder(clients: 100)) { connection throws in
      let names = try connection.rows("SELECT name, language FROM party WHERE kind = 'person'") {
        (try $0.next(String.self), try $0.next(Language.self))
      }
      let wrong = names.filter { name, language in
        let isCyrillic = name.unicodeScalars.allSatisfy { "Ѐ"..."ӿ" ~= $0 || $0 == " " || $0 == "-" }
        return isCyrillic != (language == .bg || language == .ru)
      }
      #expect(wrong.map(\.0) == [])
    }
  }
}
