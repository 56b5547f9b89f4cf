extension Array {
  /// In their order, so many at a time: what a statement, a page or a processor takes at once.
  package func parts(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: Swift.max(size, 1)).map { Array(self[$0..<Swift.min($0 + Swift.max(size, 1), count)]) }
  }
}
