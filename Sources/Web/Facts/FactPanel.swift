package import Domain
package import Markup
package import Store

/// What is known about a client, beside the timeline. What holds no longer is folded, not lost.
package enum FactPanel {
  package struct Model: Sendable {
    let party: PartyID
    let knowledge: Knowledge
  }

  package static func read(_ reader: Reader, _ party: PartyID) throws -> Model {
    Model(party: party, knowledge: try reader.knowledge(of: party))
  }

  package static func render(_ model: Model, _ call: Call) -> HTML {
    let w = call.words
    let today = call.today
    let current = model.knowledge.facts.filter { !$0.isEnded(on: today) }
    let ended = model.knowledge.facts.filter { $0.isEnded(on: today) }
    let birthday: HTML = model.knowledge.birthDate.map {
      "<div><dt>\(w("facts.birthday"))</dt><dd>\(w.formats.date($0))</dd></div>"
    } ?? ""
    let list: HTML =
      current.isEmpty && birthday.isEmpty
      ? "<p class=\"empty in\">\(w("facts.none"))</p>"
      : "<dl class=\"facts\">\(birthday)\(sorted(current).map { row($0, call) })</dl>"
    let past: HTML = ended.isEmpty ? "" : """
      <details><summary>\(w.count("facts.ended", ended.count))</summary><dl class="facts">\(ended.map { row($0, call) })</dl></details>
      """
    return """
      <section class="about card" aria-labelledby="facts-h"><header><h2 id="facts-h">\(w("facts.title"))</h2>\(add(model, call))</header>
      \(list)\(past)</section>
      """
  }

  /// What not to do comes first, dates next, then the others as they came.
  private static func sorted(_ facts: [Fact]) -> [Fact] {
    let rank = { (fact: Fact) in fact.draft.kind == .avoid ? 0 : fact.draft.kind == .date ? 1 : 2 }
    return [0, 1, 2].flatMap { wanted in facts.filter { rank($0) == wanted } }
  }

  private static func add(_ model: Model, _ call: Call) -> HTML {
    guard call.may(.logContacts) else { return "" }
    return """
      <a class="button square quiet small no-print" href="\(Routes.Facts.new(model.party))" data-dialog aria-label="\(call.words("facts.add"))">\(call.icon("plus"))</a>
      """
  }

  private static func row(_ fact: Fact, _ call: Call) -> HTML {
    let w = call.words
    let date: HTML = fact.draft.date.map { "\(w.formats.date($0)): " } ?? ""
    let text: HTML = "\(date)\(fact.draft.text)"
    let value: HTML = call.may(.logContacts)
      ? "<a class=\"inline\" href=\"\(Routes.Facts.edit(fact.id))\" data-dialog>\(text) \(call.icon("pencil"))</a>" : text
    return """
      <div><dt>\(w("facts.kind.\(fact.draft.kind)"))</dt><dd>\(value)</dd><dd class="from">\(origin(fact, call))</dd></div>
      """
  }

  /// "call, 3 May 2024, Maria": how, when and by whom it was learned; until when it holds.
  private static func origin(_ fact: Fact, _ call: Call) -> HTML {
    let w = call.words
    let source: HTML = fact.draft.source.isEmpty ? "" : "\(fact.draft.source), "
    var out: HTML = "\(source)\(w.formats.date(fact.recordedAt))"
    if let author = fact.author { out += ", \(author)" }
    if let entry = fact.sourceID { out += ", <a href=\"\(Routes.History.entry(entry))\">\(w("facts.entry"))</a>" }
    if let ended = fact.endedAt {
      out += ", \(w("facts.ended_on", ["date": w.formats.date(ended)]))"
    } else if let end = fact.draft.endsOn {
      out += ", \(w("facts.until", ["date": w.formats.date(end)]))"
    }
    return out
  }
}
