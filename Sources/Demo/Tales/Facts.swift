import Domain
import Store

/// What is learned about clients and their people on the way.
extension Teller {
  mutating func tellFacts() {
    let talks = tale.entries.indices.filter { tale.entries[$0].contact?.channel == .call || tale.entries[$0].contact?.channel == .meeting }
    guard !talks.isEmpty else { return }
    let isPerson = tale.client.draft.kind == .person
    let bank = FactBank.of(place.language)
    var used: Set<String> = []
    for _ in 0..<min(dice.within(0...5), talks.count) {
      let source = dice.pick(talks)
      var about: Tale.Someone?
      var lines = bank.company
      if isPerson {
        lines = bank.person
      } else if let person = tale.entries[source].person, case .own = person, dice.chance(45) {
        (about, lines) = (person, bank.person)
      }
      let line = dice.pick(lines)
      guard used.insert(line.text).inserted else { continue }
      tellFact(line, about: about, learnedIn: source)
    }
  }

  private mutating func tellFact(_ line: FactBank.Line, about: Tale.Someone?, learnedIn source: Int) {
    let entry = tale.entries[source]
    let at = entry.recordedAt.adding(milliseconds: Int64(dice.within(1...4)) * Instant.minute)
    guard at <= now else { return }
    let index = tale.facts.count
    let asides = Asides.of(place.language)
    let draft = FactDraft(
      kind: line.kind, text: line.text, date: line.date, source: entry.contact?.channel == .call ? asides.call : asides.meeting)
    var fact = Tale.ToldFact(about: about, draft: draft, by: entry.by, at: at, source: source)
    event(.factAdded(index), at: at, by: entry.by)
    // Facts age.
    let endedAt = at.adding(milliseconds: Int64(dice.within(200...900)) * Instant.day)
    if dice.chance(12), endedAt < now {
      fact.endedAt = endedAt
      event(.factEnded(index), at: endedAt, by: entry.by)
    }
    tale.facts.append(fact)
  }
}

/// Facts of one language: about companies, and about persons.
///
/// Lines: `c` or `p`, the kind, the text and, for dates, the date.
struct FactBank: Sendable {
  struct Line: Sendable {
    let kind: FactKind
    let text: String
    let date: PartialDate?
  }
  let company: [Line]
  let person: [Line]

  init(_ text: String) {
    var lines: (company: [Line], person: [Line]) = ([], [])
    for row in Place.lines(text) {
      let cells = row.split(separator: "|").map { String($0.trimmingBlanks) }
      guard cells.count >= 3, let kind = FactKind(rawValue: cells[1]) else { continue }
      let line = Line(kind: kind, text: cells[2], date: cells.count > 3 ? PartialDate(cells[3]) : nil)
      if cells[0] == "c" { lines.company.append(line) } else { lines.person.append(line) }
    }
    (company, person) = lines
  }

  static func of(_ language: Language) -> FactBank {
    switch language {
    case .bg: bulgarian
    case .pl: polish
    case .ru: russian
    case .en: english
    }
  }
}
