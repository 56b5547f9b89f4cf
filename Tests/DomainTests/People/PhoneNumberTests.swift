import Domain
import Foundation
import Testing

/// Numbers of eight countries with what a newer libphonenumber makes of them, read in place where the shared data is at hand.
private struct Phones: Decodable {
  struct Number: Decodable {
    let region: String
    let raw: String
    let possible: Bool
    let valid: Bool
    let e164: String
    let international: String
    let national: String
    let type: String
    let region_of_number: String?
    let `extension`: String?
  }
  let numbers: [Number]

  static let path = "../shared/data/phones/phones.json"
  static var exists: Bool { FileManager.default.fileExists(atPath: path) }
}

@Suite struct PhoneNumberTests {
  @Test(.enabled(if: Phones.exists, "the shared phone numbers are not here"))
  func agreesWithTheReference() throws {
    let table = try JSONDecoder().decode(Phones.self, from: try Data(contentsOf: URL(fileURLWithPath: Phones.path)))
    for expected in table.numbers {
      let country = Country(expected.region)
      guard expected.possible else {
        #expect(throws: PhoneNumber.Failure.self) { try PhoneNumber(expected.raw, in: country) }
        continue
      }
      let number = try PhoneNumber(expected.raw, in: country)
      #expect(number.e164 == expected.e164)
      #expect(number.isValid == expected.valid, "\(expected.raw)")
      #expect(number.extensionDigits == expected.extension)
      #expect(expected.national.hasPrefix(number.national), "\(expected.national): \(number.national)")
      #expect(expected.international.hasPrefix(number.international), "\(expected.international): \(number.international)")
      #expect(number.country?.code == expected.region_of_number)
      #expect("\(number.kind)" == PhoneNumberTests.kinds[expected.type])
    }
  }

  private static let kinds = [
    "FIXED_LINE": "fixedLine", "MOBILE": "mobile", "FIXED_LINE_OR_MOBILE": "fixedLineOrMobile", "TOLL_FREE": "tollFree",
    "PREMIUM_RATE": "premiumRate", "SHARED_COST": "sharedCost", "UNKNOWN": "unknown",
  ]

  @Test(
    arguments: [
      ("22 123 45 67 wew. 12", "PL", "+48221234567", "12"), ("22 123 45 67 w. 12", "PL", "+48221234567", "12"),
      ("(22) 123-45-67 wewn.: 305", "PL", "+48221234567", "305"), ("22 123 45 67 WEW 12", "PL", "+48221234567", "12"),
      ("8 495 123-45-67 доб. 105", "RU", "+74951234567", "105"), ("8 495 123-45-67 (доб 105", "RU", "+74951234567", "105"),
      ("02 981 23 45, вътр. 7", "BG", "+35929812345", "7"), ("02 981 23 45 вн.7", "BG", "+35929812345", "7"),
      ("020 7946 0958 ext. 12", "GB", "+442079460958", "12"), ("020 7946 0958x12", "GB", "+442079460958", "12"),
      ("020 7946 0958 #12", "GB", "+442079460958", "12"), ("+442079460958;ext=12", "GB", "+442079460958", "12"),
      ("tel. kom. 501234567", "PL", "+48501234567", nil), ("+359 88 812 3456", "PL", "+359888123456", nil),
    ] as [(String, String, String, String?)])
  func strips(raw: String, region: String, e164: String, digits: String?) throws {
    let number = try PhoneNumber(raw, in: Country(region))
    #expect(number.e164 == e164 && number.extensionDigits == digits)
  }

  @Test(arguments: [
    "", "abc", "12", "+", "+999 123456789", "++++", "wew. 12", String(repeating: "9", count: 300), "0\u{0}888123456", "😀",
  ])
  func refusesWithoutFalling(raw: String) {
    #expect(throws: PhoneNumber.Failure.self) { try PhoneNumber(raw, in: Country("BG")) }
  }

  @Test func needsACountryOrAPlus() throws {
    #expect(throws: PhoneNumber.Failure.unknownCountry) { try PhoneNumber("0888 123 456", in: nil) }
    let number = try PhoneNumber("+359888123456", in: nil)
    #expect(number.shown(in: Country("BG")) == "088 812 3456")
    #expect(number.shown(in: Country("PL")) == "+359 88 812 3456")
    #expect(number.kind.takesTextMessages)
  }
}

extension PhoneNumberTests {
  @Test func isReadFromManyThreads() async throws {
    let texts = await withTaskGroup(of: String?.self) { group in
      for index in 0..<400 {
        group.addTask { try? PhoneNumber("088 812 3\(100 + index)", in: Country("BG")).e164 }
      }
      return await group.reduce(into: Set<String?>()) { $0.insert($1) }
    }
    #expect(texts.count == 400 && !texts.contains(nil))
  }
}
