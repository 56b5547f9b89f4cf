import Domain

extension APIOperation {
  /// Carries a change out. The store names a mistake by the field of a page; a program reads the name that it sent.
  func named<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let invalid as InvalidForm {
      throw InvalidForm(invalid.messages.map { message in
        FieldMessage(field: fields[message.field] ?? message.field, key: message.key, slots: message.slots)
      })
    }
  }
}
