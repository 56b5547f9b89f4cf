package import Foundation

/// Where the program's own texts and assets lie: beside the executable once installed, in the build folder before.
package enum Resources {
  package static func folder() throws -> URL {
    guard let url = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
    return url
  }
}
