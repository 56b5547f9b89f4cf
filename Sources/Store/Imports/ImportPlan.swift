package import Domain

/// What was agreed for one file: how it is read, what its columns mean, and what is done with what is known already. Kept with
/// the import as JSON, so that every step, a resumed run and the report speak of the same.
package struct ImportPlan: Codable, Sendable, Hashable {
  /// IANA name.
  package var encoding: String
  package var delimiter: UInt8
  package var hasSeparatorLine: Bool
  /// The row of the file that holds the headings, from 0; those before it are notes.
  package var headingRow: Int
  package var headings: [String]
  package var mapping: Mapping
  /// Of new clients whose row names none.
  package var owner: AccountID?
  /// Added to every client of the file.
  package var tags: [String] = []
  package var existing = ExistingClients.update

  package init(
    encoding: String, delimiter: UInt8, hasSeparatorLine: Bool, headingRow: Int, headings: [String], mapping: Mapping
  ) {
    (self.encoding, self.delimiter, self.hasSeparatorLine) = (encoding, delimiter, hasSeparatorLine)
    (self.headingRow, self.headings, self.mapping) = (headingRow, headings, mapping)
  }
}

/// What happens to a client that a row is recognised as.
package enum ExistingClients: String, Codable, Sendable, CaseIterable { case update, skip }

package enum ImportState: String, Codable, Sendable, CaseIterable {
  case mapping, checking, checked, running, done, cancelled, failed, undone
}

/// One row of the file, read: a client, or what is wrong with it.
package struct ImportRow: Sendable {
  /// Of the data rows, from 1.
  package let number: Int
  /// Of the file, as an editor counts.
  package let line: Int
  package let cells: [String]
  package let client: ImportedClient?
  package let problems: [RowProblem]

  package init(number: Int, line: Int, cells: [String], client: ImportedClient) {
    (self.number, self.line, self.cells, self.client, problems) = (number, line, cells, client, [])
  }
  package init(number: Int, line: Int, cells: [String], problems: [RowProblem]) {
    (self.number, self.line, self.cells, client, self.problems) = (number, line, cells, nil, problems)
  }
}

package struct ImportCounts: Codable, Sendable, Hashable {
  package var added = 0
  package var changed = 0
  package var same = 0
  package var wrong = 0

  package init() {}
  package var total: Int { added + changed + same + wrong }

  package static func += (a: inout ImportCounts, b: ImportCounts) {
    a.added += b.added
    a.changed += b.changed
    a.same += b.same
    a.wrong += b.wrong
  }
}

package enum ImportOutcome: String, Codable, Sendable, CaseIterable { case new, changed, same, wrong }

/// A row of the dry run, shown as an example of what would happen.
package struct ImportExample: Codable, Sendable, Hashable {
  package let line: Int
  package let outcome: ImportOutcome
  package let name: String
  package let party: PartyID?
  package let changes: [FieldChange]
  package let problems: [RowProblem]
}
