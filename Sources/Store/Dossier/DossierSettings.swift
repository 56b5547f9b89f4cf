import Database
package import Domain

/// What a company sets for its dossiers.
package struct DossierSettings: Sendable, Hashable {
  /// What an hour of free work is worth; nil where nobody has said.
  package var hour: Money?
  /// After so many months without a new entry a dossier is old.
  package var oldMonths: Int
  package let version: Int

  package init(hour: Money?, oldMonths: Int, version: Int) { (self.hour, self.oldMonths, self.version) = (hour, oldMonths, version) }
  package static let oldMonthsRange = 1...120
}

extension Session {
  package func dossierSettings() throws -> DossierSettings {
    try connection.first("SELECT hour_minor, hour_currency, old_months, version FROM dossier_setting WHERE id = 1") { row in
      let minor = try row.next(Int64?.self), currency = try row.next(String?.self).flatMap { Currency($0) }
      let hour = minor.flatMap { minor in currency.map { Money(minor: minor, currency: $0) } }
      return DossierSettings(hour: hour, oldMonths: try row.next(), version: try row.next())
    } ?? DossierSettings(hour: nil, oldMonths: 12, version: 0)
  }
}

extension Transaction {
  package func changeDossierSettings(hour: Money?, oldMonths: Int, version: Int) throws {
    try require(.manageRates)
    let changed = try connection.run("""
      UPDATE dossier_setting SET hour_minor = \(hour?.minor), hour_currency = \(hour?.currency.code), old_months = \(oldMonths),
        version = version + 1 WHERE id = 1 AND version = \(version)
      """)
    guard changed == 1 else { throw Refusal.conflict(currentVersion: try dossierSettings().version) }
    audit(.changed, .installation, 1, detail: "dossier")
  }
}
