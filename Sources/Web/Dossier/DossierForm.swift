import Domain
import Store

/// An entry as typed, read once.
enum DossierForm {
  static func draft(_ form: Form, today: CalendarDate) throws(InvalidForm) -> DossierEntryDraft {
    var check = Validation()
    let section = check.parsed(form["section"], field: "section", key: "dossier.error.section", required: true) { text in
      DossierSection(rawValue: text).flatMap { $0.isWritten ? $0 : nil }
    }
    let date = check.parsed(form["date"], field: "date", key: "dossier.error.date", required: true) { CalendarDate($0) }
    if let date, date > today || date.year < 1900 { check.fail("date", key: "dossier.error.future") }
    let what = check.text(form["what"], field: "what", required: true, max: DossierLimits.what)
    func text(_ field: String, max: Int = DossierLimits.text) -> String { check.text(form[field], field: field, max: max) ?? "" }
    let why = text("why")
    let story = DossierStory(asked: text("asked"), did: text("did"), took: text("took"))
    let proof = text("proof", max: DossierLimits.proof), note = text("note")
    let amount = amount(form, &check)
    let project = check.parsed(form["project"], field: "project", key: "dossier.error.project") { DealID($0) }
    if section == .special, story.did.isEmpty, check.isValid { check.fail("did", key: "dossier.error.story") }
    try check.check()
    guard let section, let date, let what else { throw InvalidForm(check.messages) }
    return DossierEntryDraft(
      section: section, project: project, date: date, what: what, why: why, story: section == .special ? story : .none, amount: amount,
      proof: proof, audience: form.isOn("for_client") ? .client : .inner, note: note,
      evidence: Array(Set(form.all("evidence").compactMap { HistoryID($0) })).sorted())
  }

  /// A basis belongs to every amount: what cannot be said how it is known is not counted.
  private static func amount(_ form: Form, _ check: inout Validation) -> DossierAmount? {
    let workings = check.text(form["workings"], field: "workings", max: DossierLimits.text) ?? ""
    guard form.text("amount") != nil else {
      if !workings.isEmpty { check.fail("amount", key: "dossier.error.amount_missing") }
      return nil
    }
    let currency = check.parsed(form["currency"], field: "currency", key: "dossier.error.currency", required: true) { Currency($0) }
    let money = currency.flatMap { check.money(form["amount"], field: "amount", key: "dossier.error.amount", in: $0) }
    let basis = check.parsed(form["basis"], field: "basis", key: "dossier.error.basis", required: true, by: AmountBasis.init)
    guard let money, let basis else { return nil }
    return DossierAmount(money, basis: basis, workings: workings)
  }

  static func form(_ draft: DossierEntryDraft, version: Int? = nil) -> Form {
    Form([
      ("section", draft.section.rawValue), ("date", draft.date.description), ("project", draft.project?.description ?? ""),
      ("what", draft.what), ("why", draft.why), ("asked", draft.story.asked), ("did", draft.story.did), ("took", draft.story.took),
      ("amount", draft.amount?.money.plain ?? ""), ("currency", draft.amount?.money.currency.code ?? ""),
      ("basis", draft.amount?.basis.rawValue ?? ""), ("workings", draft.amount?.workings ?? ""), ("proof", draft.proof),
      ("for_client", draft.audience == .client ? "1" : ""), ("note", draft.note), ("version", version.map(String.init) ?? ""),
    ] + draft.evidence.map { ("evidence", $0.description) })
  }
}
