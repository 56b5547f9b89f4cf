/// A scale with round numbers on it: steps of 1, 2 or 5 times a power of ten, about five of them, from a multiple at or below the lowest
/// figure to one at or above the highest.

struct ChartScale: Hashable, Sendable {
  let ticks: [Double]
  var low: Double { ticks.first ?? 0 }
  var high: Double { ticks.last ?? 1 }

  init(_ range: ClosedRange<Double>, least: Double = 0, about count: Int = 5) {
    let span = range.upperBound - range.lowerBound
    let step = max(ChartScale.round(span / Double(max(1, count - 1))), least > 0 ? least : 0)
    guard span > 0, step > 0, step.isFinite else {
      ticks = [0, least > 0 ? least : 1]
      return
    }
    // Counted in whole steps, so that no error of adding tenths creeps in.
    let first = (range.lowerBound / step + 1e-9).rounded(.down), last = (range.upperBound / step - 1e-9).rounded(.up)
    ticks = stride(from: first, through: max(last, first + 1), by: 1).prefix(50).map { $0 * step }
  }

  /// Up to the next of 1, 2, 5, 10 times a power of ten.
  static func round(_ rough: Double) -> Double {
    guard rough > 0, rough.isFinite else { return 0 }
    var power = 1.0
    while power * 10 <= rough { power *= 10 }
    while power > rough { power /= 10 }
    let ratio = rough / power
    return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10)
  }

  /// 0 at the lowest line, 1 at the highest.
  func share(_ value: Double) -> Double { high > low ? min(max((value - low) / (high - low), 0), 1) : 0 }
}
