import Database
package import Domain

extension Channel: SQLBindable, ColumnDecodable {}
extension Direction: SQLBindable, ColumnDecodable {}
extension HistoryKind: SQLBindable, ColumnDecodable {}
extension FactKind: SQLBindable, ColumnDecodable {}
extension DossierSection: SQLBindable, ColumnDecodable {}
extension AmountBasis: SQLBindable, ColumnDecodable {}
