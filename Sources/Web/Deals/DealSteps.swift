import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Moving a project to another stage, losing it with a reason, removing it: each at once, with undo.
enum DealSteps {
  static func register(_ book: inout RouteBook) {
    book.on(Routes.Deals.move) { call, id in
      let form = try await call.form()
      let back = localPath(form["back"]) ?? Routes.Deals.page(id)
      // Whose deal it is comes before what is wrong with the form.
      let (deal, stages) = try await call.read { (try $0.deal(id), try $0.stages()) }
      guard let stage = StageID(form["stage"]) else { throw InvalidForm([FieldMessage(field: "stage", key: "deals.error.stage")]) }
      guard let version = Int(form["version"]) else { throw WebError.preconditionRequired }
      // A stage that asks why is no button of ours: it has a form.
      if stages.first(where: { $0.id == stage })?.phase == .lost {
        return call.redirect(to: Routes.Deals.loss(id) + URLText.query([("stage", stage.description)]))
      }
      guard !deal.isRemoved else { throw Refusal.notFound }
      let undo = try await call.write { try $0.moveDealWithUndo(id, to: stage, expecting: version, returnTo: back) }
      return call.redirect(to: back, undo: undo)
    }
    book.on(Routes.Deals.loss) { call, id in
      let (deal, reasons, stages) = try await call.read { (try $0.deal(id), try $0.lossReasons(), try $0.stages()) }
      guard !deal.isRemoved else { throw Refusal.notFound }
      let form = Form([("stage", call.query["stage"] ?? ""), ("back", call.query["back"] ?? ""), ("version", "\(deal.version)")])
      return call.answer(lossPage(call, form, [], deal, reasons, stages))
    }
    book.on(Routes.Deals.lose, lose)
    book.on(Routes.Deals.remove) { call, id in
      let client = try await call.read { try $0.deal(id).clientID }
      let undo = try await call.write { try $0.removeDealWithUndo(id, expecting: nil, returnTo: Routes.Deals.page(id)) }
      return call.redirect(to: Routes.Clients.page(client), undo: undo)
    }
  }

  private static func lose(_ call: Call, _ id: DealID) async throws -> Response {
    let form = try await call.form()
    let (deal, reasons, stages) = try await call.read { (try $0.deal(id), try $0.lossReasons(), try $0.stages()) }
    let back = localPath(form["back"]) ?? Routes.Deals.page(id)
    return try await call.submit {
      var check = Validation()
      let reason = check.parsed(form["reason_id"], field: "reason_id", key: "deals.error.reason", required: true) { ReasonID($0) }
      let words = check.text(form["words"], field: "words", max: 1000)
      try check.check()
      let lost = StageID(form["stage"]).flatMap { id in stages.first { $0.id == id } } ?? stages.first { $0.phase == .lost }
      guard let lost else { throw InvalidForm([FieldMessage(field: "stage", key: "deals.error.stage")]) }
      guard let version = Int(form["version"]) else { throw WebError.preconditionRequired }
      return try await call.write {
        try $0.moveDealWithUndo(id, to: lost.id, expecting: version, reason: reason, words: words ?? "", returnTo: back)
      }
    } again: { lossPage(call, form, $0, deal, reasons, stages) } then: { call.redirect(to: back, undo: $0) }
  }

  private static func lossPage(
    _ call: Call, _ form: Form, _ messages: [FieldMessage], _ deal: StoredDeal, _ reasons: [LossReason], _ stages: [DealStage]
  ) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let options = reasons.map { (value: $0.id.description, text: DealWords.reason($0, w), hint: String?.none) }
    let lost = stages.filter { $0.phase == .lost }
    let which: HTML = lost.count < 2 ? fields.hidden("stage")
      : fields.select("stage", w("deals.field.stage"), lost.map { ($0.id.description, DealWords.stage($0, w)) })
    let body: HTML = "\(which)\(fields.radios("reason_id", w("deals.field.reason"), options))\(fields.area("words", w("deals.field.words"), isOptional: true))"
    return FormPage(
      title: w("deals.lose_title", ["name": deal.draft.name]), back: localPath(form["back"]) ?? Routes.Deals.page(deal.id),
      backTitle: deal.draft.name, action: Routes.Deals.lose(deal.id), submit: w("deals.lose"), summary: fields.summary,
      fields: body + fields.hidden("version") + fields.hidden("back")
    ).page(call, place: .deals)
  }
}
