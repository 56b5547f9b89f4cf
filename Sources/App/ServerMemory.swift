import CMalloc

/// A large page is put together in buffers of some hundred kilobytes. Left alone, the C library gives such memory back to the
/// system at the end of each request and fetches it again, zeroed page by page, for the next: up to a third of what a long dossier
/// costs. So much may lie unused, in bytes, at the end of each of its arenas (mallopt(3)).
enum ServerMemory {
  private static let kept: Int32 = 8 << 20

  /// Before other threads are at work.
  static func keep() {
    mallopt(M_MMAP_THRESHOLD, kept / 2)
    mallopt(M_TRIM_THRESHOLD, kept)
  }
}
