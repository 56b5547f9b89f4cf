import CPostgres
import Foundation

/// How to reach the server: what the address says, and what a dependable connection needs where it says nothing.
///
/// libpq reads the address, so several hosts, socket folders and every documented option work as in its manual.
struct PostgresOptions: Sendable {
  private(set) var values: [String: String] = [:]

  init(_ address: String) throws {
    var problem: UnsafeMutablePointer<CChar>?
    guard let list = PQconninfoParse(address, &problem) else {
      defer { PQfreemem(problem) }
      // The message may quote the address, and with it a password.
      let quotable = !address.contains("@") && !address.lowercased().contains("password")
      let why = quotable ? problem.map { ": " + String(cString: $0).trimmingCharacters(in: .whitespacesAndNewlines) } ?? "" : ""
      throw DatabaseError.unavailable("the address is not of the form postgres://user:password@host:port/database\(why)")
    }
    defer { PQconninfoFree(list) }
    var option = list
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    for (keyword, value) in Self.defaults where values[keyword] == nil { values[keyword] = value }
  }

  /// A dead host is noticed in seconds, and of several hosts only the one that accepts writes is used.
  private static let defaults = [
    "application_name": "dossier",
    "client_encoding": "UTF8",
    "connect_timeout": "5",
    "keepalives_count": "3",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "target_session_attrs": "read-write",
    "tcp_user_timeout": "10000",
  ]

  /// Safe to print: no password, no option that could hold one.
  var description: String {
    let hosts = (values["host"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let ports = (values["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let places = hosts.enumerated().map { index, host in
      let port = ports.indices.contains(index) ? ports[index] : ports.last ?? ""
      return port.isEmpty ? "\(host)" : "\(host):\(port)"
    }
    let user = values["user"].map { $0 + "@" } ?? ""
    return "postgres://\(user)\(places.joined(separator: ","))/\(values["dbname"] ?? "")"
  }

  func with(database: String) -> PostgresOptions {
    var other = self
    other.values["dbname"] = database
    return other
  }

  /// libpq's parallel, null-terminated arrays of keywords and values.
  func withArrays<R>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?) -> R
  ) -> R {
    let copies = values.map { (strdup($0.key), strdup($0.value)) }
    defer {
      for (keyword, value) in copies {
        free(keyword)
        free(value)
      }
    }
    let keywords: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0.0) } + [nil]
    let words: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0.1) } + [nil]
    return keywords.withUnsafeBufferPointer { k in words.withUnsafeBufferPointer { body(k.baseAddress, $0.baseAddress) } }
  }
}
