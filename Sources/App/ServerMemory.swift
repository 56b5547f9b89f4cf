import CMalloc
import Foundation

/// How the C library keeps memory (mallopt(3)). A large page is put together in buffers of some hundred kilobytes: left alone, the
/// library gives them back to the system at the end of each request and fetches them again, zeroed page by page, for the next, a
/// seventh of what a long dossier costs. And it would make eight arenas for each processor, each of which keeps what it had at
/// its busiest; one for each is enough for threads that seldom meet.
enum ServerMemory {
  /// What may lie unused at the end of an arena, in bytes.
  private static let kept: Int32 = 8 << 20

  /// Before other threads are at work.
  static func keep() {
    mallopt(M_ARENA_MAX, max(2, Int32(clamping: ProcessInfo.processInfo.activeProcessorCount)))
    mallopt(M_MMAP_THRESHOLD, kept / 2)
    mallopt(M_TRIM_THRESHOLD, kept)
  }
}
