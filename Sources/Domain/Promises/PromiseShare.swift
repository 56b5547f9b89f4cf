/// "Kept on time", the headline figure: of the promises whose time has come, how many were kept by the date that stood.
///
/// Counted are promises with a due date in the period that were kept or broken, or are open and overdue. Withdrawn and cancelled
/// ones are left out, open ones not yet due too. A date agreed anew before the old one passed is the one that counts; agreed after
/// it, the promise was late.
package struct PromiseShare: Hashable, Sendable {
  package var onTime: Int
  package var counted: Int

  package init(onTime: Int = 0, counted: Int = 0) { (self.onTime, self.counted) = (onTime, counted) }

  /// Of one; nil while nothing is counted.
  package var share: Double? { counted > 0 ? Double(onTime) / Double(counted) : nil }

  package static func + (a: Self, b: Self) -> Self { PromiseShare(onTime: a.onTime + b.onTime, counted: a.counted + b.counted) }
}
