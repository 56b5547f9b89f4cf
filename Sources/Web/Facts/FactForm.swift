import Domain
import Store

/// A fact as typed, read once.
enum FactForm {
  static func draft(_ form: Form) throws(InvalidForm) -> FactDraft {
    var check = Validation()
    let kind = check.parsed(form["kind"], field: "kind", key: "facts.error.kind", required: true, by: FactKind.init)
    let text = check.text(form["text"], field: "text", required: true, max: FactDraft.textLimit)
    let date = check.parsed(form["date"], field: "date", key: "facts.error.date", by: TypedDate.partial)
    let source = check.text(form["source"], field: "source", max: FactDraft.sourceLimit)
    let endsOn = check.parsed(form["ends_on"], field: "ends_on", key: "facts.error.ends_on") { CalendarDate($0) }
    if kind == .date, date == nil, check.isValid { check.fail("date", key: "facts.error.date_missing") }
    try check.check()
    guard let kind, let text else { throw InvalidForm(check.messages) }
    return FactDraft(kind: kind, text: text, date: date, source: source ?? "", endsOn: endsOn)
  }

  static func form(_ fact: Fact) -> Form {
    Form([
      ("kind", fact.draft.kind.rawValue), ("text", fact.draft.text), ("date", fact.draft.date.map(TypedDate.text) ?? ""),
      ("source", fact.draft.source), ("ends_on", fact.draft.endsOn?.description ?? ""), ("version", "\(fact.version)"),
    ])
  }
}

/// A date that may lack its year, as people write it here: 29.02, 29.02.1986, 29/2/1986, 1986-02-29.
enum TypedDate {
  static func partial(_ text: String) -> PartialDate? {
    if let iso = PartialDate(text) { return iso }
    let parts = text.split(omittingEmptySubsequences: true) { ". /-".contains($0) }.map(String.init)
    let numbers = parts.compactMap { part in part.utf8.allSatisfy { 0x30...0x39 ~= $0 } && part.utf8.count <= 4 ? Int(part) : nil }
    guard numbers.count == parts.count else { return nil }
    return switch numbers.count {
    case 2: PartialDate(month: numbers[1], day: numbers[0])
    case 3 where parts[2].utf8.count == 4: PartialDate(year: numbers[2], month: numbers[1], day: numbers[0])
    default: nil
    }
  }

  static func text(_ date: PartialDate) -> String {
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let day = "\(two(date.day)).\(two(date.month))"
    return date.year.map { "\(day).\($0)" } ?? day
  }
}
