package import Database
package import Domain
package import Files
package import Store

/// The work behind the steps of an import. Every kind can be run again after a crash: the dry run from the start, the run
/// after its last committed chunk, the undo with what is left.
package enum ImportJobs {
  static func kinds() -> [JobKind] {
    [JobKind(ImportJobKind.check, run: check), JobKind(ImportJobKind.run, run: run), JobKind(ImportJobKind.undo, run: undo)]
  }

  /// What a dry run leaves in its job, for the page.
  package struct Checked: Codable, Sendable { package var examples: [ImportExample] }

  private static func check(_ context: JobContext) async throws -> String {
    let (actor, record, source) = try await open(context)
    let rows = try wrapped { try ImportRows(source, record.plan) }
    let expected = try await count(source, record.plan)
    try await context.store.write(as: actor, at: context.clock()) { try $0.beginCheck(record.id, context.job) }
    var counts = ImportCounts(), seen = ImportSeen(isOn: true), checked = Checked(examples: [])
    while let chunk = try await next(rows) {
      let known = seen
      let tried = try await context.store.read(as: actor, at: context.clock()) {
        try $0.tryImport(record.plan, chunk.rows, seen: known)
      }
      seen = tried.seen
      counts += tried.counts
      for outcome in ImportOutcome.allCases {
        let shown = checked.examples.count { $0.outcome == outcome }
        checked.examples += tried.examples.filter { $0.outcome == outcome }.prefix(max(0, 10 - shown))
      }
      if !tried.wrong.isEmpty {
        try await context.store.write(as: actor, at: context.clock()) { try $0.keepWrong(record.id, tried.wrong, context.job) }
      }
      try await context.progress(chunk.through, of: max(chunk.through, expected))
    }
    let total = counts
    try await context.store.write(as: actor, at: context.clock()) { try $0.endCheck(record.id, total, context.job) }
    return try JSON.text(checked)
  }

  private static func run(_ context: JobContext) async throws -> String {
    let (actor, opened, source) = try await open(context)
    let id = opened.id
    let record = try await context.store.write(as: actor, at: context.clock()) { try $0.beginRun(id, context.job) }
    let rows = try wrapped { try ImportRows(source, record.plan) }
    try await rows.skip(record.nextRow)
    var from = record.nextRow
    var upcoming = try await next(rows)
    while let chunk = upcoming {
      async let following = next(rows)
      let start = from
      try await context.store.write(as: actor, at: context.clock()) { tx in
        _ = try tx.importChunk(id, record.plan, chunk.rows, from: start, through: chunk.through, job: context.job)
      }
      from = chunk.through
      try await context.progress(from, of: max(record.total, from))
      upcoming = try await following
    }
    try await context.store.write(as: actor, at: context.clock()) { try $0.endRun(id, context.job) }
    return "{}"
  }

  private static func undo(_ context: JobContext) async throws -> String {
    guard let actor = context.actor else { throw JobFailed("import.error.account") }
    let id: ImportID = try JSON.value(context.job.payload)
    let record = try await context.store.write(as: actor, at: context.clock()) { try $0.openUndo(id, context.job) }
    let total = record.counts.added + record.counts.changed
    var progress = UndoProgress()
    var last: PartyID? = PartyID(0)
    while let place = last {
      let before = progress
      (last, progress) = try await context.store.write(as: actor, at: context.clock()) { tx in
        var after = before
        let next = try tx.undoCreated(id, after: place, limit: 500, job: context.job, &after)
        return (next, after)
      }
      try await context.progress(progress.removed, of: max(total, progress.removed))
    }
    while true {
      let before = progress
      let (count, after) = try await context.store.write(as: actor, at: context.clock()) { tx in
        var after = before
        let count = try tx.undoChanged(id, limit: 200, job: context.job, &after)
        return (count, after)
      }
      progress = after
      if count == 0 { break }
      try await context.progress(progress.removed + progress.restored, of: max(total, progress.removed + progress.restored))
    }
    try await context.store.write(as: actor, at: context.clock()) { try $0.endUndo(id, context.job) }
    return try JSON.text(progress)
  }
}

extension ImportJobs {
  private static func open(_ context: JobContext) async throws -> (Actor, ImportRecord, ByteSource) {
    guard let actor = context.actor else { throw JobFailed("import.error.account") }
    let id: ImportID = try JSON.value(context.job.payload)
    let (record, bytes) = try await context.store.read(as: actor, at: context.clock()) { reader in
      let record = try reader.importRecord(id)
      return (record, try reader.storedContent(record.fileHash))
    }
    guard let bytes else { throw JobFailed("import.error.gone") }
    return (actor, record, .bytes(bytes))
  }

  /// Rows of the file, for the bar: reading them takes a small part of the time.
  private static func count(_ source: ByteSource, _ plan: ImportPlan) async throws -> Int {
    let rows = try wrapped { try ImportRows(source, plan) }
    do {
      try await rows.skip(Int.max)
      return await rows.number
    } catch let problem as CSVProblem { throw JobFailed(problem.reason) }
  }

  /// What is wrong with the file as a whole ends the job: trying again would find the same.
  private static func next(_ rows: ImportRows) async throws -> ImportRows.Chunk? {
    do { return try await rows.next() } catch let problem as CSVProblem { throw JobFailed(problem.reason) }
  }
  private static func wrapped<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let problem as CSVProblem { throw JobFailed(problem.reason) }
  }
}

extension CSVProblem {
  /// The message's key and its slots, as a job keeps it: `import.file.unclosedQuote|17|`.
  package var reason: String {
    [messageKey, line.map(String.init) ?? "", limit.map(String.init) ?? ""].joined(separator: "|")
  }
}
