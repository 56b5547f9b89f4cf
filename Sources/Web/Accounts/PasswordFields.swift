import Domain
import Markup

/// A new password, typed twice: its length counts, what it is made of does not.
enum PasswordFields {
  static func fields(_ fields: inout FormFields, _ w: Words) -> HTML {
    let hint = w.count("accounts.new_password_hint", Password.lengths.lowerBound)
    return """
      \(fields.text("new_password", w("accounts.new_password"), type: "password", autocomplete: "new-password", hint: hint))
      \(fields.text("repeated", w("accounts.repeat_password"), type: "password", autocomplete: "new-password"))
      """
  }

  /// Kept as typed, blanks too.
  static func parse(_ form: Form, email: String, into validation: inout Validation) -> String {
    let password = form.all("new_password").last ?? ""
    let count = password.unicodeScalars.count
    if count < Password.lengths.lowerBound {
      validation.fail("new_password", key: "accounts.password_short", slots: ["min": "\(Password.lengths.lowerBound)"])
    } else if count > Password.lengths.upperBound {
      validation.fail("new_password", key: "field.too_long", slots: ["max": "\(Password.lengths.upperBound)"])
    } else if Password.isCommon(password, email: email) {
      validation.fail("new_password", key: "accounts.password_common")
    } else if form.all("repeated").last != password {
      validation.fail("repeated", key: "accounts.password_differs")
    }
    return password
  }
}

extension PasswordWork {
  /// Fails only when the machine lacks memory for it: nothing may go on with an empty hash.
  func newHash(_ password: String) async throws -> String {
    guard let hash = await hash(password) else { throw PasswordFailure() }
    return hash
  }
}

struct PasswordFailure: Error {}
