import Domain
import Markup
import Store

/// What importing speaks of, in the reader's language.
enum ImportWords {
  /// The reason a job left: a message key with a line and a limit, `import.file.unclosedQuote|17|`.
  static func message(_ reason: String, field: String) -> FieldMessage {
    let parts = reason.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let slot = { (index: Int) in parts.dropFirst(index).first ?? "" }
    return FieldMessage(field: field, key: slot(0), slots: ["line": slot(1), "limit": slot(2)])
  }

  static func failure(_ reason: String?, _ w: Words) -> String {
    let message = message(reason ?? "", field: "")
    // Anything else is the program's own trouble, told in the log.
    return w.catalog.has(message.key) ? w(message) : w("import.error.internal")
  }

  static func field(_ field: ImportField, _ w: Words) -> String {
    switch field {
    case .custom(let name): return name
    case .messenger(let service?): return w("import.field_of", ["field": w(field.messageKey), "label": name(of: service, w)])
    default:
      guard let label = field.label else { return w(field.messageKey) }
      return w("import.field_of", ["field": w(field.messageKey), "label": w("import.label.\(label.rawValue)")])
    }
  }

  /// Services are called as they call themselves.
  private static func name(of service: MessengerService, _ w: Words) -> String {
    switch service {
    case .viber: "Viber"
    case .whatsapp: "WhatsApp"
    case .telegram: "Telegram"
    case .signal: "Signal"
    case .messenger: "Messenger"
    case .skype: "Skype"
    case .other: w("import.label.other")
    }
  }

  /// A field of a client in a list of changes.
  static func changed(_ name: String, _ w: Words) -> String {
    let key = "clients.field.\(name)"
    return w.catalog.has(key) ? w(key) : w.catalog.has("import.field.\(name)") ? w("import.field.\(name)") : w("import.field.custom")
  }
}
