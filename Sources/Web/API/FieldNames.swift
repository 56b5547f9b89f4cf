import Domain

extension InvalidForm {
  /// The store names a mistake by the field of a page; a program reads the name that it sent.
  /// - Parameter names: the API's, by the page's.
  static func named<T>(_ names: [String: String], _ body: () throws -> T) throws -> T {
    do { return try body() } catch let invalid as InvalidForm {
      throw InvalidForm(invalid.messages.map { message in
        FieldMessage(field: names[message.field] ?? message.field, key: message.key, slots: message.slots)
      })
    }
  }
}
