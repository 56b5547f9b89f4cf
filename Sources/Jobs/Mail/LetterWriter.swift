package import Domain
package import Markup

/// Puts a letter into its reader's words: a subject, plain text and a small HTML page that says the same.
package struct LetterWriter: Sendable {
  let words: Words
  let baseURL: String
  let now: Instant

  package init(words: Words, baseURL: String, now: Instant) { (self.words, self.baseURL, self.now) = (words, baseURL, now) }

  package func text(_ phrase: Phrase) -> String {
    guard let key = phrase.key else { return phrase.text ?? "" }
    return words.catalog.text(key, phrase.slots.mapValues(value))
  }

  private func value(_ slot: Phrase.Slot) -> SlotValue {
    switch slot {
    case .text(let text): .text(text)
    case .count(let count): .count(count)
    case .date(let date): .text(words.formats.date(date))
    case .day(let date): .text(words.day(date, today: words.zone.date(now)))
    case .moment(let moment): .text(words.formats.dateTime(moment))
    case .words(let key): .text(words(key))
    }
  }

  private func link(_ path: String) -> String { path.hasPrefix("/") ? baseURL + path : path }
}

extension LetterWriter {
  package func plain(_ letter: Letter) -> String {
    var blocks = letter.opening.map(text)
    for section in letter.sections {
      let title = section.title.map { [text($0).uppercased()] } ?? []
      blocks.append((title + section.items.map(plain)).joined(separator: "\n"))
    }
    if let action = letter.action { blocks.append("\(text(action.text)):\n\(link(action.path))") }
    if !letter.closing.isEmpty { blocks.append("-- \n" + letter.closing.map(text).joined(separator: "\n")) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func plain(_ item: LetterItem) -> String {
    let details = item.details.map { "  \(text($0))" } + (item.path.map { ["  \(link($0))"] } ?? [])
    return (["- \(text(item.text))"] + details).joined(separator: "\n")
  }
}

/// Mail programs know no style sheets worth the name: styles stand on the elements, and few.
extension LetterWriter {
  package func html(_ letter: Letter) -> HTML {
    """
    <!doctype html>
    <html lang="\(words.language.rawValue)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>\(text(letter.subject))</title></head>
    <body style="margin:0;padding:16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif">\(content(letter))</body></html>

    """
  }

  /// The body alone, for showing it on a page.
  package func content(_ letter: Letter) -> HTML {
    let opening = letter.opening.map { "<p style=\"margin:0 0 12px\">\(text($0))</p>" as HTML }
    let action: HTML = letter.action.map { """
      <p style="margin:20px 0"><a href="\(link($0.path))" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#0B6663;color:#FFFFFF;text-decoration:none">\(text($0.text))</a></p>
      """ } ?? ""
    let closing = letter.closing.map { "<p style=\"margin:0 0 4px;font-size:13px;opacity:.75\">\(text($0))</p>" as HTML }
    return """
      <div style="max-width:600px">\(opening)\(letter.sections.map(section))\(action)
      \(closing.isEmpty ? "" : "<hr style=\"border:0;border-top:1px solid #85857E;margin:24px 0 12px\">\(closing)" as HTML)</div>
      """
  }

  private func section(_ section: LetterSection) -> HTML {
    let title: HTML = section.title.map { "<h2 style=\"font-size:16px;margin:20px 0 6px\">\(text($0))</h2>" } ?? ""
    return "\(title)<ul style=\"margin:0;padding-left:20px\">\(section.items.map(item))</ul>"
  }

  private func item(_ item: LetterItem) -> HTML {
    let main: HTML = item.path.map { "<a href=\"\(link($0))\" style=\"color:#0B6663\">\(text(item.text))</a>" } ?? HTML(text(item.text))
    let details = item.details.map { "<br><span style=\"font-size:14px;opacity:.8\">\(text($0))</span>" as HTML }
    return "<li style=\"margin:0 0 8px\">\(main)\(details)</li>"
  }
}
