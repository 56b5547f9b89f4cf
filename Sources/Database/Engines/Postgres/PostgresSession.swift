import CPostgres

/// One libpq connection. Not Sendable on purpose: it is made on its worker's queue and never leaves it.
///
/// It stays in libpq's pipeline mode, so that BEGIN, the preparation of a new statement and the statement itself travel in
/// one round trip; it leaves the mode only for scripts and COPY, which pipelines cannot carry.
final class PostgresSession {
  let handle: OpaquePointer
  let watch: PostgresWatch
  private var statements = PostgresStatements()
  private var pipelined = false
  /// Answers that were sent for and not yet read: the COMMIT of a read is not waited for.
  var unread = 0
  /// The BEGIN that goes out with the transaction's first statement.
  var pendingBegin: String?
  var inTransaction = false
  var readOnly = false
  /// The first refusal of this transaction. PostgreSQL then ignores all but ROLLBACK.
  var failure: PostgresFailure?
  var broken = false
  var openCursors = 0

  static func open(_ options: PostgresOptions, watch: PostgresWatch) throws -> PostgresSession {
    guard let handle = options.withArrays({ PQconnectdbParams($0, $1, 0) }) else {
      throw PostgresRefusal("out of memory")
    }
    guard PQstatus(handle) == CONNECTION_OK else {
      let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
      PQfinish(handle)
      throw PostgresRefusal(message.split(separator: "\n").joined(separator: "; "))
    }
    let session = PostgresSession(handle, watch)
    try session.prepareForUse()
    return session
  }

  private init(_ handle: OpaquePointer, _ watch: PostgresWatch) {
    self.handle = handle
    self.watch = watch
    PQsetNoticeReceiver(
      handle, { context, result in PostgresWatch.notice(context, result) }, Unmanaged.passUnretained(watch).toOpaque())
    watch.attach(socket: PQsocket(handle), cancel: PostgresCancel(handle))
  }

  deinit {
    watch.detach()
    PQfinish(handle)
  }

  /// `synchronous_commit` is insisted on: with less, an acknowledged commit may be lost at a power cut.
  private func prepareForUse() throws {
    let answer = try simple(
      """
      SET standard_conforming_strings = on; SET TimeZone = 'UTC'; SET jit = off; SET lock_timeout = '10s';
      SET client_min_messages = warning;
      SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply');
      SELECT current_setting('synchronous_commit'), current_setting('server_encoding')
      """)
    let columns = PostgresColumns(answer.result)
    guard answer.rowCount == 1, ["on", "remote_apply"].contains(columns.text(0)) else {
      throw PostgresRefusal("the server does not let this user set synchronous_commit to on", lasting: true)
    }
    guard columns.text(1) == "UTF8" else {
      throw PostgresRefusal("the database's encoding is \(columns.text(1)); it must be UTF8", lasting: true)
    }
  }

  func execute(_ text: String, _ binds: [SQLValue]) throws -> PostgresResult {
    let parameters = try PostgresParameters(binds)
    try enterPipeline()
    var batch = PostgresBatch(handle)
    let begins = pendingBegin
    if let begins { send(begins, PostgresParameters.none, &batch) }
    send(text, parameters, &batch)
    pendingBegin = nil
    inTransaction = true
    return try finish(batch)
  }

  /// Many executions in one round trip; the sum of the rows changed.
  func execute(batch all: [(text: String, binds: [SQLValue])]) throws -> Int {
    try enterPipeline()
    var changed = 0
    // libpq blocks while the server cannot take more; groups keep the server's answers within its socket buffer.
    for start in stride(from: 0, to: all.count, by: 128) {
      var batch = PostgresBatch(handle)
      if let begins = pendingBegin { send(begins, PostgresParameters.none, &batch) }
      pendingBegin = nil
      inTransaction = true
      for statement in all[start..<min(start + 128, all.count)] {
        send(statement.text, try PostgresParameters(statement.binds), &batch)
      }
      _ = try finish(batch) { changed += $0.changed }
    }
    return changed
  }

  /// Statements are planned anew: the tables may have changed.
  func forgetStatements() {
    statements.removeAll()
    _ = try? simple("DEALLOCATE ALL")
  }

  func script(_ text: String) throws {
    try beginNow()
    _ = try simple(text)
    forgetStatements()
  }

  /// COPY … FROM STDIN; `fill` writes text-format lines into the buffer and returns false when there are no more.
  func copy(_ statement: String, fill: (inout [UInt8]) throws -> Bool) throws -> Int {
    try beginNow()
    _ = try simple(statement)
    var buffer: [UInt8] = []
    buffer.reserveCapacity(1 << 17)
    var problem: (any Error)?
    var more = true
    while more && problem == nil {
      buffer.removeAll(keepingCapacity: true)
      do { while more && buffer.count < 1 << 16 { more = try fill(&buffer) } } catch { problem = error }
      let sent = buffer.withUnsafeBytes {
        PQputCopyData(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: $0.count))
      }
      if sent != 1 { break }
    }
    PQputCopyEnd(handle, problem == nil ? nil : "stopped by the program")
    do { return try drainSimple().changed } catch { throw problem ?? error }
  }
}

extension PostgresSession {
  func enterPipeline() throws {
    if pipelined { return }
    guard !broken, PQenterPipelineMode(handle) == 1 else { throw lost() }
    pipelined = true
  }

  /// One or several statements without binds, outside of pipeline mode. The last one's answer comes back.
  func simple(_ text: String) throws -> PostgresResult {
    if pipelined {
      try finishUnread()
      guard PQexitPipelineMode(handle) == 1 else { throw lost() }
      pipelined = false
    }
    guard let result = PQexec(handle, text) else { throw lost() }
    return try checked(PostgresResult(result))
  }

  private func drainSimple() throws -> PostgresResult {
    var last: PostgresResult?
    var refusal: (any Error)?
    while let result = PQgetResult(handle) {
      do { last = try checked(PostgresResult(result)) } catch { refusal = refusal ?? error }
    }
    if let refusal { throw refusal }
    guard let last else { throw lost() }
    return last
  }

  func send(_ text: String, _ parameters: PostgresParameters, _ batch: inout PostgresBatch) {
    let key = PostgresStatements.Key(text: text, types: parameters.types)
    if let name = statements.name(key) { return batch.execute(name, parameters) }
    let (name, evicted) = statements.add(key)
    if let evicted { batch.deallocate(evicted) }
    batch.prepare(name, key)
    batch.execute(name, parameters)
  }

  private func finishUnread() throws {
    while unread > 0 {
      unread -= 1
      var answers = PostgresBatch(handle)
      do { _ = try answers.collect { _ in } } catch { throw lost() }
    }
  }

  private func finish(_ batch: PostgresBatch, each: (PostgresResult) -> Void = { _ in }) throws -> PostgresResult {
    var batch = batch
    guard batch.sent, PQpipelineSync(handle) == 1 else { throw lost() }
    do {
      try finishUnread()
      let last = try batch.collect(each)
      for key in batch.unprepared { statements.remove(key) }
      if let refused = batch.refused { throw note(refused) }
      guard let last else { throw lost() }
      return last
    } catch is PostgresBatch.Lost { throw lost() }
  }

  private func checked(_ result: PostgresResult) throws -> PostgresResult {
    guard result.isRefusal else { return result }
    throw note(PostgresFailure(result: result.result))
  }

  private func note(_ refusal: PostgresFailure) -> DatabaseError {
    var refusal = refusal
    // In a read it is the program's mistake; in a write, the server has become a standby.
    if readOnly, refusal.error == .readOnly { refusal = PostgresFailure(error: .readOnly, again: .never) }
    if PQstatus(handle) != CONNECTION_OK || refusal.again == .reconnect { broken = true }
    if failure == nil { failure = refusal }
    return refusal.error
  }

  private func lost() -> DatabaseError {
    broken = true
    let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
    let why = watch.expired ?? message.split(separator: "\n").first.map(String.init) ?? "the connection broke"
    return note(PostgresFailure(error: .unavailable(why), again: watch.expired == nil ? .reconnect : .never))
  }
}
