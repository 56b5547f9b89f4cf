package import Domain
package import Logging
package import Store

/// Looks every few seconds whether somebody must be reminded of a promise. Every server of an installation may run it: the rows it takes
/// are locked for it alone, and each reminder is marked as said in the transaction that says it.
package struct PromiseReminders: Sendable {
  let store: Store
  let clock: @Sendable () -> Instant
  let log: Logger

  package init(store: Store, clock: @escaping @Sendable () -> Instant, log: Logger) {
    (self.store, self.clock, self.log) = (store, clock, log)
  }

  /// Until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      do {
        if try await store.remindOfPromises(at: clock()) > 0 { continue }
      } catch {
        log.error("reminders of promises", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(5))
    }
  }
}
