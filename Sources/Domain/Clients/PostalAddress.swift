/// A postal address in parts that fit every country: enough for a letter and for saying which city.
import FoundationEssentials

package struct PostalAddress: Hashable, Sendable, Codable {
  package var street: String
  package var city: String
  package var region: String
  package var postcode: String
  package var country: Country?

  package init(street: String = "", city: String = "", region: String = "", postcode: String = "", country: Country? = nil) {
    (self.street, self.city, self.region, self.postcode, self.country) = (street, city, region, postcode, country)
  }

  package var isEmpty: Bool { street.isEmpty && city.isEmpty && region.isEmpty && postcode.isEmpty }

  /// On one line.
  package var line: String {
    let place = [postcode, city].filter { !$0.isEmpty }.joined(separator: " ")
    return [street, place, region, country?.code ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  package init?(json: String) {
    guard let value = try? JSONDecoder().decode(PostalAddress.self, from: Data(json.utf8)) else { return nil }
    self = value
  }
}
