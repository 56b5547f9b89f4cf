import Database
package import Domain
package import Files
import Foundation
package import Store

/// Writes everything an actor may take away as CSV files with a manifest, from one snapshot of the base.
package struct ArchiveExport {
  let reader: Reader
  let sink: any ArchiveSink
  let progress: (Int, Int) throws -> Void
  private var done = 0
  private var total = 0

  package init(_ reader: Reader, to sink: any ArchiveSink, progress: @escaping (Int, Int) throws -> Void) {
    (self.reader, self.sink, self.progress) = (reader, sink, progress)
  }

  package mutating func run() throws -> ArchiveManifest {
    let counts = try ExportTable.all.map { try reader.exportCount($0) }
    let hashes = try reader.exportedFiles()
    total = counts.reduce(0, +) + hashes.count
    var manifest = ArchiveManifest(
      schema: Schema.migrations.map(\.number).max() ?? 0, madeAt: reader.now.iso, madeBy: reader.actor.name,
      isComplete: reader.exportsEverything)
    for table in ExportTable.all { manifest.files.append(try write(table)) }
    for hash in hashes { if let file = try writeContent(hash) { manifest.files.append(file) } }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try sink.begin(ArchiveManifest.fileName)
    try sink.write(Array(try encoder.encode(manifest)))
    try sink.end()
    try sink.close()
    return manifest
  }

  private mutating func write(_ table: ExportTable) throws -> ArchiveManifest.File {
    var writer = CSVWriter(header: table.headings)
    var file = Tally(sink)
    var rows = 0
    try sink.begin(table.fileName)
    try reader.exportRows(table) { cells in
      writer.write(cells)
      rows += 1
      guard rows.isMultiple(of: 500) else { return }
      try file.write(writer.take())
      try progress(done + rows, total)
    }
    try file.write(writer.take())
    try sink.end()
    done += rows
    try progress(done, total)
    return ArchiveManifest.File(name: table.fileName, rows: rows, size: file.size, sha256: file.hash.finish())
  }

  private mutating func writeContent(_ hash: String) throws -> ArchiveManifest.File? {
    guard let bytes = try reader.storedContent(hash) else { return nil }
    let name = "files/\(hash)"
    try sink.begin(name)
    try sink.write(bytes)
    try sink.end()
    done += 1
    try progress(done, total)
    return ArchiveManifest.File(name: name, rows: nil, size: bytes.count, sha256: Secret.hex(Secret.sha256(bytes)))
  }
}

/// What passed into a file.
private struct Tally {
  let sink: any ArchiveSink
  var size = 0
  var hash = RunningHash()

  init(_ sink: any ArchiveSink) { self.sink = sink }

  mutating func write(_ bytes: [UInt8]) throws {
    guard !bytes.isEmpty else { return }
    size += bytes.count
    hash.add(bytes)
    try sink.write(bytes)
  }
}
