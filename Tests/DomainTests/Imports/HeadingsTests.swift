import Domain
import Foundation
import Testing

@Suite struct HeadingsTests {
  static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../../shared/data/csv/header_rows.json").standardizedFileURL
  static var isHere: Bool { FileManager.default.fileExists(atPath: file.path) }

  struct Export: Decodable {
    let system: String
    let locale: String
    let headers: [String]
    let field_map: [String: String]
  }

  /// The names that Zimbra's table gives to the fields, as ours. What is not here is left out on purpose.
  static let ours: [String: Set<String>] = [
    "firstName": ["givenName"], "lastName": ["familyName"], "middleName": ["middleName"], "fullName": ["name"],
    "email": ["email"], "email2": ["email", "email.other"], "email3": ["email"], "aimId": ["messenger"],
    "workPhone": ["phone.work"], "workPhone2": ["phone.work"], "homePhone": ["phone.home"], "homePhone2": ["phone.home"],
    "mobilePhone": ["phone.mobile"], "carPhone": ["phone.mobile"], "companyPhone": ["phone.main"],
    "otherPhone": ["phone.other"], "pager": ["phone.other"], "workFax": ["phone.fax"], "homeFax": ["phone.fax"],
    "otherFax": ["phone.fax"], "jobTitle": ["role"], "department": ["department"], "company": ["companyName"],
    "workURL": ["website", "website.work"], "homeURL": ["website.home"], "notes": ["note"], "namePrefix": ["salutation"],
    "birthday": ["birthDate", "birthDay", "birthMonth", "birthYear"], "children": ["children"], "gender": ["gender"],
    "keywords": ["tags"], "language": ["language"], "profession": ["occupation"],
    "homeStreet": ["address.street.home", "address.whole.home", "address.whole", "address.street"],
    "homeCity": ["address.city.home", "address.city"], "homeState": ["address.region.home", "address.region"],
    "homePostalCode": ["address.postcode.home", "address.postcode"],
    "homeCountry": ["address.country.home", "address.country", "country"],
    "workStreet": ["address.street.work", "address.whole.work"], "workCity": ["address.city.work"],
    "workState": ["address.region.work"], "workPostalCode": ["address.postcode.work"], "workCountry": ["address.country.work"],
    "otherStreet": ["address.street.other"], "otherCity": ["address.city.other"], "otherState": ["address.region.other"],
    "otherPostalCode": ["address.postcode.other"], "otherCountry": ["address.country.other"],
  ]
  /// Headings without a name in Zimbra's table that say something all the same.
  static let others: [String: String] = [
    "Categories": "tags", "Kategorie": "tags", "Telefon podstawowy": "phone", "Primary Phone": "phone",
  ]

  @Test(.enabled(if: isHere, "needs the shared data"))
  func realExports() throws {
    for export in try JSONDecoder().decode([Export].self, from: Data(contentsOf: Self.file)) where !export.field_map.isEmpty {
      for match in Headings.recognise(export.headers) {
        let theirs = export.field_map[match.heading] ?? ""
        let expected = Self.others[match.heading].map { [$0] } ?? Self.ours[theirs] ?? ["ignore"]
        #expect(
          expected.contains(match.field.description),
          "\(export.system) \(export.locale): \(match.heading) is \(match.field.description)")
        #expect(match.score > 0, "\(match.heading) is not known")
      }
    }
  }

  @Test(
    .enabled(if: isHere, "needs the shared data"),
    arguments: [
      (
        "Google",
        [
          "First Name": "givenName", "Last Name": "familyName", "Organization Name": "companyName", "Organization Title": "role",
          "Organization Department": "department", "Birthday": "birthDate", "Notes": "note", "Labels": "tags",
          "E-mail 1 - Label": "contactLabel", "E-mail 2 - Value": "email", "Phone 3 - Value": "phone",
          "Phone 3 - Label": "contactLabel",
          "Address 1 - Label": "contactLabel", "Address 1 - Formatted": "address.whole", "Address 1 - City": "address.city",
          "Address 1 - Postal Code": "address.postcode", "Address 1 - Region": "address.region",
          "Address 1 - Country": "address.country",
          "Address 1 - PO Box": "ignore", "Website 1 - Value": "website", "Event 1 - Value": "ignore", "Photo": "ignore",
          "Custom Field 1 - Label": "ignore", "Custom Field 1 - Value": "ignore", "Middle Name": "middleName",
          "Name Prefix": "salutation",
        ]
      ),
      (
        "LinkedIn",
        [
          "First Name": "givenName", "Last Name": "familyName", "URL": "website", "Email Address": "email",
          "Company": "companyName",
          "Position": "role", "Connected On": "ignore",
        ]
      ),
      (
        "HubSpot",
        [
          "Record ID": "ownNumber", "First Name": "givenName", "Last Name": "familyName", "Email": "email",
          "Phone Number": "phone",
          "Contact owner": "owner", "Last Activity Date": "lastContact", "Associated Company": "companyName",
          "Lead Status": "ignore",
          "Create Date": "ignore",
        ]
      ),
      (
        "Salesforce",
        [
          "Id": "ownNumber", "LastName": "familyName", "FirstName": "givenName", "Salutation": "salutation", "Name": "name",
          "Email": "email",
          "Title": "role", "Department": "department", "Birthdate": "birthDate", "Description": "note", "OwnerId": "ignore",
          "AccountId": "ignore", "AssistantName": "ignore",
        ]
      ),
      (
        "EspoCRM",
        [
          "Обръщение": "salutation", "Име": "givenName", "Презиме": "middleName", "Фамилия": "familyName",
          "Роля при клиент": "role",
          "Електронна поща": "email", "Телефон": "phone", "Описание": "note", "Назначен потребител": "owner",
          "Не звъни": "ignore",
        ]
      ),
    ])
  func exportsWithoutAMap(_ system: String, _ expected: [String: String]) throws {
    let exports = try JSONDecoder().decode([Export].self, from: Data(contentsOf: Self.file))
    let export = try #require(exports.first { $0.system.hasPrefix(system) })
    for match in Headings.recognise(export.headers) {
      #expect(match.score > 0, "\(match.heading) is not known")
      if let field = expected[match.heading] { #expect(match.field.description == field, "\(match.heading)") }
    }
  }

  @Test(arguments: [
    ("E-Mail", "email"), ("Имейл", "email"), ("Эл. почта", "email"), ("Adres e-mail", "email"), ("Work e-mail", "email.work"),
    ("Служебен телефон", "phone.work"), ("Моб. телефон", "phone.mobile"), ("Мобильный телефон 2", "phone.mobile"),
    ("Tel. kom.", "phone"),
    ("Telefon komórkowy", "phone.mobile"), ("Факс", "phone.fax"), ("Град", "address.city"), ("Город", "address.city"),
    ("Пощенски код", "address.postcode"), ("Почтовый индекс", "address.postcode"), ("Kod pocztowy", "address.postcode"),
    ("ZIP", "address.postcode"),
    ("Пощенски адрес", "address.whole"), ("MailingCity", "address.city"), ("Domowy adres", "address.whole.home"),
    ("Viber", "messenger.viber"),
    ("Дата на раждане", "birthDate"), ("ЕИК", "registrationNumber"), ("NIP", "taxNumber"), ("Код клиента", "ownNumber"),
    ("№", "ownNumber"),
    ("Телефон за връзка", "phone"), ("Notes 2", "note"), ("Birthday (dd.mm.yyyy)", "birthDate"), ("Държава", "address.country"),
    ("Оборот (лв.)", "ignore"), ("Първа покупка", "ignore"), ("", "ignore"), ("12345", "ignore"),
  ])
  func one(_ heading: String, _ field: String) { #expect(Headings.recognise(heading).field.description == field) }

  @Test func eachOther() {
    func fields(_ headings: String...) -> [String] { Headings.recognise(headings).map(\.field.description) }
    #expect(fields("Имя", "Телефон") == ["name", "phone"])
    #expect(fields("Имя", "Фамилия") == ["givenName", "familyName"])
    #expect(fields("ФИО", "День рождения") == ["name", "birthDate"])
    #expect(fields("Фирма", "Град") == ["name", "address.city"])
    #expect(fields("Title", "First Name", "Last Name") == ["role", "givenName", "familyName"])
    #expect(fields("Title", "Job Title", "Last Name") == ["salutation", "role", "familyName"])
    #expect(fields("Name", "Client Name", "Email", "Email 2") == ["name", "ignore", "email", "email"])
  }

  @Test func cellsTell() {
    let matches = Headings.recognise(
      ["Name", "A", "B", "C"], sample: [["x", "a@b.bg", "+359888123456", "1"], ["y", "c@d.bg", "+48 600 100 200", "2"]])
    #expect(matches.map(\.field) == [.name, .email(nil), .phone(nil), .ignore])
  }

  @Test func theHeadingRow() {
    #expect(
      Headings.headingRow(in: [["Notes:"], ["When exporting, …"], ["First Name", "Last Name", "URL"], ["A", "B", "C"]]) == 2)
    #expect(Headings.headingRow(in: [["Anna", "0888"], ["Petar", "0877"]]) == nil)
    #expect(Headings.headingRow(in: []) == nil)
  }

  @Test func fieldsAsText() {
    #expect(Set(ImportField.all).count == ImportField.all.count)
    for field in ImportField.all + [.custom("Цвят: очи")] { #expect(ImportField(field.description) == field) }
    for wrong in ["", "email.", "email.x", "address", "address.city.x", "phone.work.2", "custom:", "messenger.icq"] {
      #expect(ImportField(wrong) == nil, "\(wrong)")
    }
  }
}
