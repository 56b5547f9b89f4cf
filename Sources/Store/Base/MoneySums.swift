import Database
import Domain

/// Sums of amounts in the base, in smallest units.
extension SQL {
  /// No number of rows makes it fail: SQLite refuses a sum beyond 64 bits, PostgreSQL to give it back in them. Thousands of millions
  /// and what is left of each amount are summed apart; beyond `Money.largestSum` it stays there. Nothing summed is 0.
  static func moneySum(_ amount: SQL) -> SQL {
    let high: SQL = "coalesce(sum((\(amount)) / 1000000000), 0)", rest: SQL = "coalesce(sum((\(amount)) % 1000000000), 0)"
    let most = Money.largestSum
    let size: SQL = "\(high) + \(rest) / 1000000000"
    return """
      CAST(CASE WHEN \(size) >= \(most / 1_000_000_000) THEN \(most) WHEN \(size) <= \(-most / 1_000_000_000) THEN \(-most)
        ELSE \(high) * 1000000000 + \(rest) END AS BIGINT)
      """
  }
}
