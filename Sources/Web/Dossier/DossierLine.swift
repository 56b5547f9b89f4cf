import Domain
import Markup

/// What both faces show of an entry, each from a type of its own.
protocol DossierLine: DossierSummed {
  var what: String { get }
  var why: String { get }
  var story: DossierStory { get }
  var amount: DossierAmount? { get }
  var proof: String { get }
}

extension DossierEntry: DossierLine {
  var what: String { draft.what }
  var why: String { draft.why }
  var story: DossierStory { draft.story }
  var amount: DossierAmount? { draft.amount }
  var proof: String { draft.proof }
}

extension ClientDossier.Entry: DossierLine {}

/// A section as a table: a head, a row an entry, the total. The same for us and for the client, less what stands in `more` and
/// `actions`.
struct DossierTable<Line: DossierLine> {
  let section: DossierSection
  let lines: [Line]
  let sum: DossierSum
  let call: Call
  /// Below the words of an entry.
  var more: (Line) -> HTML = { _ in "" }
  /// Nil where nothing can be done.
  var actions: ((Line) -> HTML)?
  /// An id for the words of an entry, by which its actions name it.
  var mark: (Line) -> HTML = { _ in "" }
  var add: HTML = ""
  /// Something is left out by a filter.
  var isFiltered = false

  var html: HTML {
    let w = call.words
    let title = w("dossier.section_title", ["number": "\(section.number)", "title": w("dossier.section.\(section)")])
    let id = "s\(section.number)"
    return """
      <section class="card dossier-section"><header><h2 id="\(id)">\(title)</h2>\(add)</header>
      \(lines.isEmpty ? empty : table(id))</section>
      """
  }

  private var empty: HTML {
    let w = call.words
    let why = w(isFiltered ? "dossier.empty_filtered" : "dossier.empty.\(section)")
    return """
      <p class="empty in">\(why)</p><p class="dossier-total">\(w("dossier.total_line", ["total": w.formats.money(sum.total)]))</p>
      """
  }

  private func table(_ id: String) -> HTML {
    let w = call.words
    let words = LineWords(w)
    let hasProject = lines.contains { $0.projectName != nil }
    let project: HTML = hasProject ? "<th scope=\"col\">\(w("dossier.column.project"))</th>" : ""
    let acts: HTML = actions == nil ? "" : "<th scope=\"col\" class=\"no-print\"><span class=\"hide\">\(w("dossier.column.actions"))</span></th>"
    let value = w("dossier.column.value", ["currency": sum.total.currency.code])
    let rows = lines.map { row($0, words, hasProject, value) }
    let span = hasProject ? 4 : 3
    let tail: HTML = actions == nil ? "" : "<td class=\"no-print\"></td>"
    return """
      <div class="scroll" role="region" aria-labelledby="\(id)" tabindex="0"><table class="dossier"><thead><tr><th scope="col">\(w("dossier.column.date"))</th>\
      <th scope="col">\(w("dossier.column.what"))</th>\(project)<th scope="col">\(w("dossier.column.basis"))</th>\
      <th scope="col" class="num">\(value)</th>\(acts)</tr></thead><tbody>\(rows)</tbody>
      <tfoot><tr><th scope="row" colspan="\(span)">\(w("dossier.total_section", ["number": "\(section.number)"]))\(DossierTotalsHTML.unconverted(sum, call))</th>\
      <td class="num" data-label="\(value)">\(w.formats.amount(sum.total))</td>\(tail)</tr></tfoot></table></div>
      """
  }

  /// - Parameter head: of the amounts' column; on a phone it stands before each.
  private func row(_ line: Line, _ words: LineWords, _ hasProject: Bool, _ head: String) -> HTML {
    let w = call.words
    let project: HTML = hasProject ? "<td>\(line.projectName ?? "")</td>" : ""
    let acts: HTML = actions.map { "<td class=\"fit no-print\">\($0(line))</td>" } ?? ""
    return """
      <tr><td class="nowrap">\(w.dateTag(line.date))</td><td class="wide"><b\(mark(line))>\(line.what)</b>\(texts(line, words))\(more(line))</td>\(project)\
      <td>\(basis(line, words))</td><td class="num" data-label="\(head)">\(value(line, w))</td>\(acts)</tr>
      """
  }

  private func texts(_ line: Line, _ words: LineWords) -> HTML {
    var out: HTML = line.why.isEmpty ? "" : "<span class=\"sub\">\(line.why)</span>"
    if !line.story.isEmpty {
      out += "<dl class=\"story\">\(words.part(words.asked, line.story.asked))\(words.part(words.did, line.story.did))\(words.part(words.took, line.story.took))</dl>"
    }
    if !line.proof.isEmpty { out += "<span class=\"sub\">\(call.words("dossier.proof", ["proof": line.proof]))</span>" }
    return out
  }

  private func basis(_ line: Line, _ words: LineWords) -> HTML {
    guard let amount = line.amount else { return "" }
    let how: HTML = amount.workings.isEmpty ? "" : "<span class=\"sub\">\(amount.workings)</span>"
    return "\(words.of(amount.basis))\(how)"
  }

  private func value(_ line: Line, _ w: Words) -> HTML {
    guard let amount = line.amount else { return "–" }
    guard let value = line.value else { return "–<span class=\"sub\">\(w("dossier.no_rate", ["amount": w.formats.money(amount.money)]))</span>" }
    if amount.money.currency == value.currency { return "\(w.formats.amount(value))" }
    return "\(w.formats.amount(value))<span class=\"sub\">\(w.formats.money(amount.money))</span>"
  }
}

/// Looked up once for all rows of a table.
private struct LineWords {
  private let measured: String, agreed: String, estimated: String
  let asked: String, did: String, took: String

  init(_ w: Words) {
    (asked, did, took) = (w("dossier.story.asked"), w("dossier.story.did"), w("dossier.story.took"))
    (measured, agreed, estimated) = (w("dossier.basis.measured"), w("dossier.basis.agreed"), w("dossier.basis.estimated"))
  }
  func of(_ basis: AmountBasis) -> String {
    switch basis {
    case .measured: measured
    case .agreed: agreed
    case .estimated: estimated
    }
  }
  func part(_ name: String, _ text: String) -> HTML { text.isEmpty ? "" : "<div><dt>\(name)</dt><dd>\(text)</dd></div>" }
}
