import Synchronization

/// Figures for `/metrics`, kept as atomics so that counting costs nothing worth measuring.
package final class Counters: Sendable {
  let requests = Atomic<Int>(0)
  let clientErrors = Atomic<Int>(0)
  let serverErrors = Atomic<Int>(0)
  let notModified = Atomic<Int>(0)
  /// Nanoseconds spent between the request's head and the response's start.
  let handlingTime = Atomic<Int>(0)

  func count(status: Int, nanoseconds: Int) {
    requests.wrappingAdd(1, ordering: .relaxed)
    handlingTime.wrappingAdd(nanoseconds, ordering: .relaxed)
    if status == 304 { notModified.wrappingAdd(1, ordering: .relaxed) }
    if status >= 500 { serverErrors.wrappingAdd(1, ordering: .relaxed) } else if status >= 400 {
      clientErrors.wrappingAdd(1, ordering: .relaxed)
    }
  }
}

extension Counters {
  var requestCount: Int { requests.load(ordering: .relaxed) }
  var clientErrorCount: Int { clientErrors.load(ordering: .relaxed) }
  var serverErrorCount: Int { serverErrors.load(ordering: .relaxed) }
  var notModifiedCount: Int { notModified.load(ordering: .relaxed) }
  var nanoseconds: Int { handlingTime.load(ordering: .relaxed) }
}
