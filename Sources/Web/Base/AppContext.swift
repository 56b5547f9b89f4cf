package import Hummingbird
package import NIOCore

/// The framework's per-request storage, with the peer's address for rate limits.
package struct AppContext: RequestContext, RemoteAddressRequestContext {
  package var coreContext: CoreRequestContextStorage
  package let remoteAddress: SocketAddress?

  package init(source: Source) {
    coreContext = .init(source: source)
    remoteAddress = source.channel.remoteAddress
  }
  /// Uploads are read as streams with limits of their own; this bounds everything else.
  package var maxUploadSize: Int { 2 << 20 }
}
