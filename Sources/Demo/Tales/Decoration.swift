import Domain
import Store

/// What hangs on entries: files, pins, corrections.
extension Teller {
  mutating func decorate(_ entry: Int, _ situation: Situation) {
    _ = (entry, situation)
  }
}
