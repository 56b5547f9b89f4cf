/// Sebastiano Vigna's SplitMix64 (public domain): the same numbers for the same seed on every machine and in every version of
/// Swift, which the standard library's own choosing functions do not promise.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for each client, so that a larger demo begins with the same clients as a smaller one.
  init(seed: UInt64, stream: Int) {
    var first = SplitMix64(seed: seed ^ 0xD1B5_4A32_D192_ED03)
    state = first.next() &+ UInt64(truncatingIfNeeded: stream) &* 0xBF58_476D_1CE4_E5B9
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// From 0 up to the bound, which itself is left out; 0 for a bound of 1 or less.
  mutating func below(_ bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// True so many times in a hundred.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<C: RandomAccessCollection>(_ choices: C) -> C.Element {
    choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
  }

  /// By weight. The choices are those of the tables here: never none, and of some weight.
  mutating func pick<T>(weighted choices: [(T, Int)]) -> T {
    var left = below(choices.reduce(0) { $0 + $1.1 })
    for (choice, weight) in choices {
      if left < weight { return choice }
      left -= weight
    }
    return choices[choices.count - 1].0
  }
}
