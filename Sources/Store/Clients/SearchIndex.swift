import Database

/// The index by which clients and people are found by any part of a name, phone, e-mail or number.
enum SearchIndex {
  static let documents = TrigramIndex("party_search", column: "doc", key: "party_id")
}
