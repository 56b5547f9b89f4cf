import Database
import TestSupport
import Testing

@Test(arguments: Engine.all) func smoke(engine: Engine) async throws {
  try await withTestDatabase(engine) { db in
    try await db.write { c in
      try c.script(c.dialect.ddl("CREATE TABLE t(id {identity}, a {text}, b {bool}, d {real}, x {blob})"))
      try c.run("INSERT INTO t(a,b,d,x) VALUES(\("ё"), \(true), \(1.5), \([UInt8]([0, 1, 2])))")
      try c.insert(into: "t", ["id", "a"], rows: [[.int(10), .text("tab\t\\ \n")], [.int(11), .null(.text)]])
      try c.identityFollows("t")
      try c.run("INSERT INTO t(a) VALUES(\("last"))")
    }
    let all = try await db.read { try $0.rows("SELECT id, a, b, d, x FROM t ORDER BY id") { try ($0.next(Int.self), $0.next(String?.self), $0.next(Bool?.self), $0.next(Double?.self), $0.next([UInt8]?.self)) }.map { "\($0)" } }
    print(all)
  }
}
