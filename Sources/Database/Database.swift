/// A place that keeps data, on either engine. Closures run on the engine's own threads, never on an event loop.
///
/// `read` sees one unchanging snapshot; `write` is one transaction that commits when the closure returns and leaves
/// nothing behind when it throws. When `write` returns, what it wrote survives a power cut.
package protocol Database: Sendable {
  var dialect: Dialect { get }
  func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
  func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
  /// Nothing may be called after it.
  func close() async
}

package enum Dialect: String, Sendable, CaseIterable { case sqlite, postgres }
