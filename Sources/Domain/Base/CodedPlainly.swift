// Values that are stored in JSON and in columns as a text or a number of their own; what is none of theirs is refused.

package protocol CodedAsText: Codable, LosslessStringConvertible {}

extension CodedAsText {
  package init(from decoder: any Decoder) throws { self = try decoder.plain(Self.init) }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

package protocol CodedAsNumber: Codable {
  init?(number: Int64)
  var number: Int64 { get }
}

extension CodedAsNumber {
  package init(from decoder: any Decoder) throws { self = try decoder.plain(Self.init(number:)) }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }
}

extension Decoder {
  fileprivate func plain<Plain: Decodable, Value>(_ make: (Plain) -> Value?) throws -> Value {
    let container = try singleValueContainer()
    guard let value = make(try container.decode(Plain.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a \(Value.self)")
    }
    return value
  }
}
