import Domain
import Markup
import Store

/// What the inner face adds to an entry: notes, evidence, who wrote it, and what can be done with it.
enum DossierEntryHTML {
  static func more(_ entry: DossierEntry, _ labels: EntryLabels, _ call: Call) -> HTML {
    let w = call.words
    let chip = entry.draft.audience == .client ? labels.isShown : labels.isInternal
    let note: HTML = entry.draft.note.isEmpty ? "" : "<span class=\"sub\">\(w("dossier.note", ["note": entry.draft.note]))</span>"
    let author: HTML = entry.author.map { "<span class=\"sub\">\($0)</span>" } ?? ""
    return "\(note)\(evidence(entry, call))<span class=\"chips\">\(chip)</span>\(author)"
  }

  private static func evidence(_ entry: DossierEntry, _ call: Call) -> HTML {
    guard !entry.evidence.isEmpty else { return "" }
    let w = call.words
    let items = entry.evidence.map { evidence -> HTML in
      let files = evidence.files.map { " <a class=\"file\" href=\"\(Routes.History.attachment($0.id))\">\(call.icon("file"))\($0.name)</a>" as HTML }
      return "<a href=\"\(Routes.History.entry(evidence.id))\">\(title(evidence, w))</a>\(files)"
    }
    return "<span class=\"sub\">\(w("dossier.evidence")) \(items.joined(by: "; "))</span>"
  }

  /// "Call, 12 Mar 2026: price list"
  static func title(_ evidence: DossierEvidence, _ w: Words) -> String {
    let kind = evidence.channel.map { w("history.channel.\($0.rawValue)") } ?? w(evidence.kind == .note ? "history.note" : "dossier.event")
    let date = w.formats.date(evidence.at)
    if evidence.subject.isEmpty { return w("dossier.evidence_plain", ["kind": kind, "date": date]) }
    return w("dossier.evidence_about", ["kind": kind, "date": date, "subject": evidence.subject])
  }

  static func add(_ client: ClientID, _ section: DossierSection, _ call: Call) -> HTML {
    guard call.may(.editDossier) else { return "" }
    let url = Routes.Dossier.new(client) + URLText.query([("section", section.rawValue)])
    let label = call.words("dossier.add_to", ["section": call.words("dossier.section.\(section)")])
    return "<a class=\"button square quiet small no-print\" href=\"\(url)\" data-dialog aria-label=\"\(label)\">\(call.icon("plus"))</a>"
  }

  /// Each button's name is its own word and the entry's, said by reference: in a long dossier the texts would stand on the page
  /// four times.
  static func actions(_ entry: DossierEntry, _ labels: EntryLabels, _ call: Call) -> HTML {
    let id = entry.id
    let isShown = entry.draft.audience == .client
    let show: HTML = labels.mayShow ? """
      <button class="square quiet small" formaction="\(Routes.Dossier.show(id))" name="audience" value="\(isShown ? "internal" : "client")" aria-labelledby="say-\(isShown ? "hide" : "show") e\(id)">\(isShown ? labels.lock : labels.eye)</button>
      """ : ""
    return """
      <form class="actions" method="post" action="\(Routes.Dossier.remove(id))"><input type="hidden" name="version" value="\(entry.version)">\(show)\
      <a class="button square quiet small" href="\(Routes.Dossier.edit(id))" data-dialog aria-labelledby="say-edit e\(id)">\(labels.pencil)</a>\
      <button class="square quiet small" aria-labelledby="say-remove e\(id)">\(labels.bin)</button></form>
      """
  }
}

/// What all entries say and show of themselves, looked up once for a page.
struct EntryLabels {
  let mayShow: Bool
  let isShown: HTML, isInternal: HTML
  let eye: HTML, lock: HTML, pencil: HTML, bin: HTML
  /// What buttons say, for them to refer to.
  let said: HTML

  init(_ call: Call) {
    let w = call.words
    mayShow = call.may(.showToClient)
    (eye, lock, pencil, bin) = (call.icon("eye"), call.icon("lock"), call.icon("pencil"), call.icon("bin"))
    isShown = "<span class=\"chip ok\">\(eye)\(w("dossier.audience.client"))</span>"
    isInternal = "<span class=\"chip\">\(lock)\(w("dossier.audience.internal"))</span>"
    said = """
      <div hidden><span id="say-show">\(w("dossier.show_to"))</span><span id="say-hide">\(w("dossier.hide_from"))</span>\
      <span id="say-edit">\(w("dossier.edit"))</span><span id="say-remove">\(w("dossier.remove"))</span></div>
      """
  }
}
