import Domain
import Markup

/// What a letter about a dossier is for (D8).
enum LetterUse: String, CaseIterable, Sendable {
  /// Someone new decides at the client.
  case manager
  /// The client is about to leave.
  case leaving
  /// The yearly review.
  case review
  /// Our own team's page of pride.
  case pride
}

/// ru «Вы» or «ты», pl „Państwo” or „Ty”, bg „Вие“ or „ти“. English makes no difference but in its greeting.
enum LetterTone: String, CaseIterable, Sendable { case formal, informal }

/// The text of a letter in whole sentences of one language, filled with the dossier's figures. It is a draft: a person reads it, changes it
/// and sends it. It takes the client's face and nothing else.
struct LetterText {
  private let dossier: ClientDossier
  private let w: Words
  private let use: LetterUse
  private let tone: LetterTone
  private let recipient: String
  private let sender: String

  init(_ dossier: ClientDossier, words: Words, use: LetterUse, tone: LetterTone, recipient: String, sender: String) {
    (self.dossier, w, self.use, self.tone, self.recipient, self.sender) = (dossier, words, use, tone, recipient, sender)
  }

  /// Paragraphs with an empty line between.
  var text: String {
    [greeting, opening, body, examples, w("letter.\(use).closing.\(tone)"), ending].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var greeting: String {
    if use == .pride { return w("letter.pride.greeting") }
    return recipient.isEmpty ? w("letter.greeting.\(tone)") : w("letter.greeting_named.\(tone)", ["name": recipient])
  }

  private var opening: String { w("letter.\(use).opening.\(tone)", ["client": dossier.head.client, "company": dossier.head.company]) }

  private var ending: String { w("letter.ending.\(tone)", ["name": sender, "company": dossier.head.company]) }

  /// Sentences, each whole by itself; those without a figure are left out.
  private var body: String {
    (use == .review ? ofTheYear : ofAllYears).compactMap(\.self).joined(separator: " ")
  }

  private var ofAllYears: [String?] {
    let h = dossier.headline
    return [
      h.since.flatMap { h.years > 0 ? w.count("letter.years", h.years, ["date": w.formats.date($0)]) : nil },
      h.projects > 0 ? w.count("letter.projects", h.projects) : nil,
      sums(h.given, h.benefit, "letter.all"), besides(h.given, h.benefit), promises,
    ]
  }

  private var ofTheYear: [String?] {
    let totals = dossier.totals
    return [
      dossier.projects.isEmpty ? nil : w.count("letter.review.projects", dossier.projects.count),
      sums(totals.given, totals.benefit, "letter.review"), besides(totals.given, totals.benefit), promises,
    ]
  }

  private func sums(_ given: DossierSum, _ benefit: DossierSum, _ key: String) -> String? {
    let sums = (given: w.formats.money(given.total), benefit: w.formats.money(benefit.total))
    return switch (given.total.minor > 0, benefit.total.minor > 0) {
    case (true, true): w("\(key).both", ["given": sums.given, "benefit": sums.benefit])
    case (true, false): w("\(key).given", ["given": sums.given])
    case (false, true): w("\(key).benefit", ["benefit": sums.benefit])
    case (false, false): nil
    }
  }

  private func besides(_ given: DossierSum, _ benefit: DossierSum) -> String? {
    let sum = given.adding(benefit)
    guard !sum.unconverted.isEmpty else { return nil }
    return w("letter.besides", ["amounts": sum.unconverted.map { w.formats.money($0) }.joined(separator: ", ")])
  }

  private var promises: String? {
    guard let promises = dossier.headline.promises, promises.due > 0, use != .review else { return nil }
    return w.count("letter.promises", promises.due, ["kept": w.formats.integer(promises.kept)])
  }

  /// The three that weighed most; of equal ones the latest.
  private var examples: String {
    let entries = dossier.entries.sorted { ($0.value?.minor ?? 0, $0.date) > ($1.value?.minor ?? 0, $1.date) }.prefix(3)
    guard !entries.isEmpty else { return "" }
    let lines = entries.sorted { $0.date < $1.date }.map { entry in
      let date = w.formats.date(entry.date)
      guard let money = entry.value ?? entry.money else { return w("letter.example", ["date": date, "what": entry.what]) }
      return w("letter.example_worth", ["date": date, "what": entry.what, "value": w.formats.money(money)])
    }
    return ([w("letter.examples")] + lines).joined(separator: "\n")
  }
}
