import Foundation

/// Which build is running: part of every page's ETag, so that a new program never answers 304 for an old page.
enum Build {
  static let stamp: String = {
    let attributes = try? FileManager.default.attributesOfItem(atPath: "/proc/self/exe".resolvedLink)
    let changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    return String(Int64(changed), radix: 36)
  }()
}

extension String {
  fileprivate var resolvedLink: String { (try? FileManager.default.destinationOfSymbolicLink(atPath: self)) ?? self }
}
