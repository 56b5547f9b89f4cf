import Database

/// The index by which clients and people are found by any part of a name, phone, e-mail or number.
enum SearchIndex {
  static let documents = TrigramIndex("party_search", column: "doc", key: party)
  private static let party: StaticString = "party_id"
}
