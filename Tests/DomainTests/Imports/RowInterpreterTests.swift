import Domain
import Foundation
import Testing

@Suite struct RowInterpreterTests {
  let bulgaria = Country("BG")

  func interpret(_ headings: [String], _ cells: [String], _ change: (inout Mapping) -> Void = { _ in }) throws(RowProblems)
    -> ImportedClient
  {
    var mapping = Mapping(Headings.recognise(headings), sample: [cells], country: bulgaria)
    change(&mapping)
    return try RowInterpreter(mapping).interpret(cells)
  }

  @Test func aPerson() throws {
    let row = try interpret(
      [
        "Обръщение", "Име", "Презиме", "Фамилия", "Имейл", "Телефон", "Дата на раждане", "Град", "Адрес", "Бележка", "Тагове",
        "Език",
      ],
      [
        "г-жа", "Жулиета", "Йорданова", "Кюркчиева", "J@x.bg, b@y.bg", "0888 123 456; +359 2 981 23 45", "29.02.1988", "София",
        "бул. Витоша 1", "=x", "VIP, нов", "bg",
      ])
    let client = row.client
    #expect(client.kind == .person && client.name == "Жулиета Йорданова Кюркчиева" && client.familyName == "Кюркчиева")
    #expect(client.profile.gender == .female && client.birthDate == PartialDate("1988-02-29") && client.language == .bg)
    #expect(client.contactPoints.map(\.key).prefix(4) == ["j@x.bg", "b@y.bg", "+359888123456", "+35929812345"])
    #expect(client.contactPoints.last?.postalAddress == PostalAddress(street: "бул. Витоша 1", city: "София"))
    #expect(client.note == "=x" && client.tags == ["VIP", "нов"] && client.country == bulgaria)
    #expect(row.people.isEmpty && row.employer == nil)
  }

  @Test func aCompanyAndItsPerson() throws {
    let headings = [
      "First Name", "Last Name", "Company", "Job Title", "Email", "Company Main Phone", "Business City", "Home City", "Web Page",
      "Birthday",
    ]
    let cells = ["Anna", "Petrova", "Acme Ltd", "CEO", "anna@acme.bg", "02 981 2345", "Sofia", "Bankya", "acme.bg", "0/0/00"]
    let row = try interpret(headings, cells)
    #expect(row.client.kind == .company && row.client.name == "Acme Ltd" && row.client.birthDate == nil)
    #expect(row.client.contactPoints.map(\.kind) == [.phone, .website, .address])
    let person = try #require(row.people.first)
    #expect(person.person.name == "Anna Petrova" && person.role == "CEO" && !person.person.isClient)
    #expect(person.person.contactPoints.map(\.kind) == [.email, .address])
    #expect(row.matchValues(.email) == ["anna@acme.bg"] && row.matchValues(.phone) == ["+35929812345"])

    let asPerson = try interpret(headings, cells) { $0.kind = .person }
    #expect(
      asPerson.client.kind == .person && asPerson.employer == "Acme Ltd" && asPerson.role == "CEO" && asPerson.people.isEmpty)
  }

  @Test(arguments: [
    (["Name"], ["Anna Petrova"], PartyKind.person), (["Name"], ["Ябълка ООД"], .company), (["Фирма"], ["Ябълка"], .company),
    (["Name", "Type"], ["Ябълка", "Юридическо лице"], .company), (["Name", "Type"], ["Anna", "VIP"], .person),
    (["First Name", "Last Name", "Company"], ["Anna", "Petrova", ""], .person),
  ])
  func kinds(_ headings: [String], _ cells: [String], _ kind: PartyKind) throws {
    #expect(try interpret(headings, cells).client.kind == kind)
  }

  @Test func labelsInCells() throws {
    let row = try interpret(
      [
        "Name", "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label",
        "Phone 2 - Value",
        "Address 1 - Label", "Address 1 - City", "Address 1 - Country",
      ],
      ["Anna", "* Work", "a@b.bg ::: c@d.bg", "Mobile", "0888123456", "Вила", "029812345", "Home", "Sofia", "Bulgaria"])
    #expect(row.client.contactPoints.map(\.label) == ["work", "work", "mobile", "Вила", "home"])
    #expect(row.client.contactPoints.last?.postalAddress?.country == bulgaria)
  }

  @Test func everyProblemAtOnce() {
    let error = #expect(throws: RowProblems.self) {
      try interpret(["Name", "Email", "Phone", "Birthday", "Language"], ["", "not one", "12x", "32.13.2000", "Klingon"])
    }
    let columns = Set(error?.problems.map { "\($0.column ?? -1) \($0.messageKey.dropFirst(15))" } ?? [])
    #expect(columns.isSuperset(of: ["1 email", "2 phone", "-1 no_name"]))
    let named = #expect(throws: RowProblems.self) {
      try interpret(["Name", "Email", "Phone", "Birthday", "Language"], ["Anna", "", "", "32.13.2000", "Klingon"])
    }
    #expect(named?.problems.map(\.messageKey).sorted() == ["import.problem.date", "import.problem.language"])
  }

  @Test func splitBirthday() throws {
    let headings = ["Имя", "Фамилия", "День рождения", "Месяц рождения", "Год рождения"]
    #expect(try interpret(headings, ["А", "Б", "3", "апрель", "1975"]).client.birthDate == PartialDate("1975-04-03"))
    #expect(try interpret(headings, ["А", "Б", "3", "4", ""]).client.birthDate == PartialDate("--04-03"))
    #expect(try interpret(headings, ["А", "Б", "", "", ""]).client.birthDate == nil)
  }

  @Test func newChangedSame() throws {
    let headings = ["Name", "Email", "Phone", "Tags", "Company", "Job Title"]
    let old = try interpret(headings, ["Anna Petrova", "anna@x.bg", "0888123456", "VIP", "Acme", "CEO"])
    #expect(old.changes(from: nil) == .new)
    #expect(old.changes(from: old) == .same)
    #expect(try interpret(headings, ["Anna Petrova", "ANNA@x.bg", "", "vip", "Acme", ""]).changes(from: old) == .same)
    let moved = try interpret(headings, ["Anna Petrova", "", "", "gold", "Acme", "Owner"])
    guard case .changed(let changes) = moved.changes(from: old) else {
      Issue.record("not changed")
      return
    }
    #expect(changes.map(\.field) == ["people", "tags"])
    #expect(changes.last == FieldChange("tags", old: "VIP", new: "VIP, gold"))
    let both = moved.merged(onto: old)
    #expect(both.people.count == 1 && both.people.first?.role == "Owner")
    #expect(both.people.first?.person.contactPoints.count == 2)
  }

  @Test func mappingsAreKept() throws {
    let mapping = Mapping(Headings.recognise(["ID", "Name", "Birthday"]), sample: [["1", "A", "12/31/1999"]], country: bulgaria)
    #expect(mapping.match == .ownNumber && mapping.dateOrder == .monthFirst && mapping.problems.isEmpty)
    #expect(try JSONDecoder().decode(Mapping.self, from: JSONEncoder().encode(mapping)) == mapping)
    #expect(Mapping(fields: [0: .note]).problems == ["import.problem.no_name_column"])
  }

  @Test func shortRowsAndOddCells() {
    let fields = Dictionary(uniqueKeysWithValues: ImportField.all.enumerated().map { ($0, $1) })
    let interpreter = RowInterpreter(Mapping(fields: fields, country: bulgaria))
    let odd = [
      "", "::: ;;", "\u{0}", "@", "+", "<>", ">", "0/0/0", "99999999999999999999999", "∞", "e\u{301}", "https://", ":", "-", "'",
    ]
    #expect(interpreter.isEmpty([]) && interpreter.isEmpty(["", " \u{A0}"]))
    for width in [0, 1, 5, fields.count + 5] {
      for cell in odd { _ = try? interpreter.interpret([String](repeating: cell, count: width)) }
    }
  }
}
