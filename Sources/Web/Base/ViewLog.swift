import Logging
import Store
import Synchronization

/// Who saw what, collected and written in batches: at most one second of views can be lost by a crash, and looking at a page
/// costs no disk write. Changes are never collected here; they are audited in their own transaction.
package final class ViewLog: Sendable {
  private let pending = Mutex<[View]>([])
  /// Beyond it a writer that is down must not fill the memory; the count of lost views is kept for the log.
  private static let limit = 100_000

  func note(_ view: View) {
    pending.withLock { if $0.count < Self.limit { $0.append(view) } }
  }

  package func flush(_ site: Site) async {
    let batch = pending.withLock { views in
      defer { views = [] }
      return views
    }
    guard !batch.isEmpty else { return }
    do { try await site.store.recordViews(batch, at: site.clock()) } catch {
      if !(error is CancellationError) {
        site.log.error("views not recorded", metadata: ["count": "\(batch.count)", "error": "\(error)"])
      }
      pending.withLock { $0 = Array((batch + $0).prefix(Self.limit)) }
    }
  }
}
