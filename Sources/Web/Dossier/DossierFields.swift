import Domain
import Markup
import Store

/// What the form of an entry needs to know of its client.
struct DossierFormSubject: Sendable {
  let client: ClientID
  let name: String
  let base: Currency
  let currencies: [Currency]
  let projects: [(id: DealID, name: String)]
  /// History entries it may rest on: those it does already, and the latest.
  let evidence: [DossierEvidence]
  let mayShow: Bool

  /// - Parameter linked: entries that must be offered.
  init(_ reader: Reader, _ client: ClientID, linked: [HistoryID]) throws {
    self.client = client
    name = try reader.partyName(client)
    base = try reader.baseCurrency()
    let rated = Set(try reader.rates().map(\.rate.currency))
    let usual: [Currency] = [base, .eur, .usd, .gbp, .pln, .rub]
    currencies = usual.reduce(into: []) { all, one in if !all.contains(one) { all.append(one) } }
      + rated.subtracting(usual).sorted { $0.code < $1.code }
    projects = try reader.dossierProjectNames(of: client)
    evidence = try reader.evidenceChoices(of: client, linked: linked)
    mayShow = reader.actor.may(.showToClient)
  }
}

/// The fields of an entry, in a dialog or on a page. What is seldom needed is folded until it holds something.
struct DossierFields {
  let call: Call
  let subject: DossierFormSubject
  private(set) var fields: FormFields

  init(_ call: Call, _ subject: DossierFormSubject, _ form: Form, _ messages: [FieldMessage]) {
    self.call = call
    self.subject = subject
    fields = FormFields(call, form, messages)
  }

  mutating func html() -> HTML {
    let w = call.words
    let sections = DossierSection.written.map { section in
      (value: section.rawValue, text: w("dossier.section_title", ["number": "\(section.number)", "title": w("dossier.section.\(section)")]))
    }
    var body = fields.select("section", w("dossier.column.section"), sections)
    body += fields.text("what", w("dossier.field.what"), hint: w("dossier.hint.what"))
    body += fields.area("why", w("dossier.field.why"), hint: w("dossier.hint.why"), isOptional: true)
    body += "<div class=\"row\">\(fields.text("date", w("dossier.column.date"), type: "date", width: "w-12"))\(project)</div>"
    body += amount
    body += story
    body += fields.text("proof", w("dossier.field.proof"), hint: w("dossier.hint.proof"), isOptional: true)
    body += rest
    if subject.mayShow { body += fields.check("for_client", w("dossier.field.for_client"), hint: w("dossier.hint.for_client")) }
    return body
  }

  private var project: HTML {
    mutating get {
      guard !subject.projects.isEmpty else { return "" }
      let options = [(value: "", text: call.words("dossier.no_project"))] + subject.projects.map { (value: $0.id.description, text: $0.name) }
      return fields.select("project", call.words("dossier.column.project"), options)
    }
  }

  private var amount: HTML {
    mutating get {
      let w = call.words
      let chosen = Currency(fields.form["currency"])
      let known = subject.currencies + (chosen.map { subject.currencies.contains($0) ? [] : [$0] } ?? [])
      let bases = [(value: "", text: w("dossier.basis.none"))] + AmountBasis.allCases.map { (value: $0.rawValue, text: w("dossier.basis.\($0)")) }
      return """
        <div class="row">\(fields.text("amount", w("dossier.field.amount"), width: "w-12", isOptional: true))\
        \(fields.select("currency", w("dossier.field.currency"), known.map { (value: $0.code, text: $0.code) }, width: "w-8"))\
        \(fields.select("basis", w("dossier.column.basis"), bases, width: "w-12"))</div>\
        \(fields.text("workings", w("dossier.field.workings"), hint: w("dossier.hint.workings"), isOptional: true))
        """
    }
  }

  private var story: HTML {
    mutating get {
      let w = call.words
      let isOpen = fields.form["section"] == DossierSection.special.rawValue || !fields.form["did"].isEmpty
      return """
        <details\(attr: "open", if: isOpen)><summary>\(w("dossier.story"))</summary><div class="stack"><p class="hint">\(w("dossier.hint.story"))</p>\
        \(fields.area("asked", w("dossier.story.asked"), isOptional: true))\(fields.area("did", w("dossier.story.did"), isOptional: true))\
        \(fields.area("took", w("dossier.story.took"), isOptional: true))</div></details>
        """
    }
  }

  private var rest: HTML {
    mutating get {
      let w = call.words
      let chosen = Set(fields.form.all("evidence"))
      let isOpen = !fields.form["note"].isEmpty || !chosen.isEmpty || fields.messages.contains { $0.field == "evidence" }
      let options = subject.evidence.map { (value: $0.id.description, text: DossierEntryHTML.title($0, w), hint: String?.none) }
      let evidence = options.isEmpty ? "" as HTML : fields.checks("evidence", w("dossier.field.evidence"), options)
      return """
        <details\(attr: "open", if: isOpen)><summary>\(w("dossier.ours"))</summary><div class="stack">\
        \(fields.area("note", w("dossier.field.note"), hint: w("dossier.hint.note"), isOptional: true))\(evidence)</div></details>
        """
    }
  }
}
