import Domain
import Markup

/// The words of a mail: what was quoted below them is folded.
enum MailText {
  static func html(_ text: String, _ call: Call) -> HTML {
    let parts = QuotedText(text)
    guard !parts.quoted.isEmpty else { return "<p class=\"text\">\(parts.own)</p>" }
    return """
      <p class="text">\(parts.own)</p><details><summary>\(call.words("history.quoted"))</summary><p class="text">\(parts.quoted)</p></details>
      """
  }
}
