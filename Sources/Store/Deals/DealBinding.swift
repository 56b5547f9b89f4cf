package import Database
package import Domain

extension DealPhase: SQLBindable, ColumnDecodable {}
extension OpportunityState: SQLBindable, ColumnDecodable {}
extension Currency: SQLBindable, ColumnDecodable {}
extension BasisPoints: SQLBindable, ColumnDecodable {}
extension Quantity: SQLBindable, ColumnDecodable {}
