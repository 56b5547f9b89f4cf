/// A telephone number, typed in any way, understood by libphonenumber: kept as E.164, shown as its country writes it.
/// Reading costs tens of microseconds: keep `national` and `international` beside the number instead of reading it again.

import CPhone

package struct PhoneNumber: Hashable, Sendable {
  /// `+359888123456`
  package let e164: String
  /// As dialled within its country, without the extension: `088 812 3456`.
  package let national: String
  /// `+359 88 812 3456`
  package let international: String
  /// Digits to dial after the answer.
  package let extensionDigits: String?
  package let country: Country?
  package let kind: Kind
  /// In a range that its country has given out. A number of a possible length may lie outside; keep it all the same.
  package let isValid: Bool

  package enum Kind: Int, Sendable, CaseIterable {
    case fixedLine, mobile, fixedLineOrMobile, tollFree, premiumRate, sharedCost, voip, personal, pager, uan, voicemail, unknown

    package var takesTextMessages: Bool { self == .mobile || self == .fixedLineOrMobile }
  }

  package enum Failure: Error, Hashable, Sendable, CaseIterable {
    case notANumber, unknownCountry, tooShort, tooLong

    /// The message that says so.
    package var messageKey: String {
      switch self {
      case .notANumber: "phone.not_a_number"
      case .unknownCountry: "phone.unknown_country"
      case .tooShort: "phone.too_short"
      case .tooLong: "phone.too_long"
      }
    }
  }

  /// As someone in that country types it; without a country only numbers with `+` are understood. Raw text is the caller's
  /// to keep: a number that is refused here may still be right.
  package init(_ raw: String, in country: Country?) throws(Failure) {
    guard raw.utf8.count <= 250, !raw.utf8.contains(0) else { throw .tooLong }
    let typed = PhoneExtension(splitting: raw)
    var found = dossier_phone()
    let status = dossier_phone_parse(typed.number, country?.code ?? "ZZ", &found)
    if let failure = PhoneNumber.failure(status) { throw failure }
    e164 = PhoneNumber.text(found.e164)
    national = PhoneNumber.text(found.national)
    international = PhoneNumber.text(found.international)
    let ownExtension = PhoneNumber.text(found.extension)
    extensionDigits = typed.extensionDigits ?? (ownExtension.isEmpty ? nil : ownExtension)
    self.country = Country(PhoneNumber.text(found.region))
    kind = Kind(rawValue: Int(found.kind)) ?? .unknown
    isValid = found.valid != 0
  }

  /// National for those in the number's country, international for all others.
  package func shown(in country: Country?) -> String { country != nil && country == self.country ? national : international }

  private static func failure(_ status: Int32) -> Failure? {
    switch Int(status) {
    case 0: nil
    case 2: .unknownCountry
    case 3: .tooShort
    case 4: .tooLong
    default: .notANumber
    }
  }

  /// The text of a C array of characters that ends in NUL.
  private static func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
