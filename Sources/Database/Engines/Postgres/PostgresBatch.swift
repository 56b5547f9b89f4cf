import CPostgres

/// Statements on their way to the server in one pipeline, and which of them came back refused.
struct PostgresBatch {
  struct Lost: Error {}
  private enum Step {
    case prepare(PostgresStatements.Key)
    case execute
    case deallocate
  }
  private let handle: OpaquePointer
  private var steps: [Step] = []
  private(set) var sent = true
  private(set) var refused: PostgresFailure?
  /// Statements that the server did not get to prepare, because they or one before them were refused.
  private(set) var unprepared: [PostgresStatements.Key] = []

  init(_ handle: OpaquePointer) { self.handle = handle }

  mutating func prepare(_ name: String, _ key: PostgresStatements.Key) {
    steps.append(.prepare(key))
    sent = sent && PQsendPrepare(handle, name, key.text, Int32(clamping: key.types.count), key.types) == 1
  }

  mutating func deallocate(_ name: String) {
    steps.append(.deallocate)
    sent = sent && PQsendQueryParams(handle, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 1) == 1
  }

  mutating func execute(_ name: String, _ parameters: PostgresParameters) {
    steps.append(.execute)
    let ok = parameters.withPointers { PQsendQueryPrepared(handle, name, $0, $1, $2, $3, 1) }
    sent = sent && ok == 1
  }

  /// Reads up to the pipeline's end. `each` gets every executed statement's result; the last one comes back.
  mutating func collect(_ each: (PostgresResult) -> Void) throws -> PostgresResult? {
    var last: PostgresResult?
    var step = 0
    var silent = 0
    while true {
      guard let pointer = PQgetResult(handle) else {
        // A null ends one statement's results; two in a row only come from a dead connection.
        silent += 1
        if silent > 1 || PQstatus(handle) != CONNECTION_OK { throw Lost() }
        step += 1
        continue
      }
      silent = 0
      let result = PostgresResult(pointer)
      switch result.status {
      case PGRES_PIPELINE_SYNC: return last
      case PGRES_PIPELINE_ABORTED: break
      default:
        if result.isRefusal {
          if refused == nil {
            refused = PostgresFailure(result: pointer)
            noteUnprepared(from: step)
          }
        } else if step < steps.count, case .execute = steps[step] {
          each(result)
          last = result
        }
      }
    }
  }

  private mutating func noteUnprepared(from step: Int) {
    for case .prepare(let key) in steps.dropFirst(step) { unprepared.append(key) }
  }
}

/// A result that is freed when nobody holds it.
final class PostgresResult {
  let result: OpaquePointer
  init(_ result: OpaquePointer) { self.result = result }
  deinit { PQclear(result) }

  var status: ExecStatusType { PQresultStatus(result) }
  var rowCount: Int32 { PQntuples(result) }
  var tag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }
  /// Rows changed (or returned, for a SELECT).
  var changed: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }
  var isRefusal: Bool {
    switch status {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_PIPELINE_SYNC, PGRES_EMPTY_QUERY: false
    default: true
    }
  }
}
