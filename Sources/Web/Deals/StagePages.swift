import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// The pipeline as a company sets it: stages with their order, and reasons for losing.
enum StagePages {
  struct Model: Sendable {
    let stages: [DealStage]
    let use: [StageID: Int]
    let reasons: [LossReason]

    init(_ reader: Reader) throws {
      stages = try reader.stages(archived: true)
      use = try reader.stageUse()
      reasons = try reader.lossReasons(archived: true)
    }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Pipeline.stages) { call in
      let (model, toast) = try await call.read { (try Model($0), try call.toast($0)) }
      return call.answer(list(model, Form([("phase", "open"), ("probability", "50")]), [], call), toast: toast)
    }
    book.on(Routes.Pipeline.createStage) { call in
      let form = try await call.form()
      let model = try await call.read { try Model($0) }
      return try await call.submit {
        let draft = try parse(form, isNamed: true)
        try await call.write { _ = try $0.createStage(draft) }
      } again: { list(model, form, $0, call) } then: { done(call) }
    }
    book.on(Routes.Pipeline.stage) { call, id in
      let stage = try await call.read { try $0.stage(id) }
      let form = Form([
        ("name", stage.name ?? DealWords.stage(stage, call.words)), ("phase", stage.phase.rawValue), ("probability", "\(stage.probability)"),
        ("version", "\(stage.version)"),
      ])
      return call.answer(edit(stage, form, [], call))
    }
    book.on(Routes.Pipeline.changeStage) { call, id in
      let form = try await call.form()
      let stage = try await call.read { try $0.stage(id) }
      return try await call.submit {
        var draft = try parse(form, isNamed: true)
        // A built-in name left as it is stays in everyone's own language.
        if stage.name == nil, draft.name == DealWords.stage(stage, call.words) { draft.name = nil }
        let new = draft
        try await call.write { try $0.changeStage(id, new, expecting: Int(form["version"]) ?? 0) }
      } again: { edit(stage, form, $0, call) } then: { done(call) }
    }
    moves(&book)
    reasons(&book)
  }

  private static func done(_ call: Call) -> Response { call.redirect(to: Routes.Pipeline.stages(), said: "said.saved") }

  private static func moves(_ book: inout RouteBook) {
    book.on(Routes.Pipeline.raiseStage) { call, id in
      try await call.write { try $0.shiftStage(id, by: -1) }
      return done(call)
    }
    book.on(Routes.Pipeline.lowerStage) { call, id in
      try await call.write { try $0.shiftStage(id, by: 1) }
      return done(call)
    }
    book.on(Routes.Pipeline.restoreStage) { call, id in
      try await call.write { try $0.restoreStage(id) }
      return done(call)
    }
    book.on(Routes.Pipeline.stageRemoval) { call, id in
      let (stage, model) = try await call.read { (try $0.stage(id), try Model($0)) }
      return call.answer(removal(stage, model, Form(), [], call))
    }
    book.on(Routes.Pipeline.removeStage) { call, id in
      let form = try await call.form()
      let (stage, model) = try await call.read { (try $0.stage(id), try Model($0)) }
      return try await call.submit {
        let target = StageID(form["target"])
        try await call.write { _ = try $0.removeStage(id, movingTo: target) }
      } again: { removal(stage, model, form, $0, call) } then: { done(call) }
    }
  }

  private static func reasons(_ book: inout RouteBook) {
    book.on(Routes.Pipeline.createReason) { call in
      let form = try await call.form()
      let model = try await call.read { try Model($0) }
      return try await call.submit {
        var check = Validation()
        let name = check.text(form["reason_name"], field: "reason_name", required: true, max: LossReason.nameLimit)
        try check.check()
        try await call.write { _ = try $0.createLossReason(name ?? "") }
      } again: { list(model, form, $0, call) } then: { done(call) }
    }
    book.on(Routes.Pipeline.reason) { call, id in
      let reason = try await reason(id, call)
      return call.answer(editReason(reason, Form([("name", DealWords.reason(reason, call.words)), ("version", "\(reason.version)")]), [], call))
    }
    book.on(Routes.Pipeline.renameReason) { call, id in
      let form = try await call.form()
      let old = try await reason(id, call)
      return try await call.submit {
        var check = Validation()
        let name = check.text(form["name"], field: "name", required: true, max: LossReason.nameLimit)
        try check.check()
        try await call.write { try $0.renameLossReason(id, name ?? "", expecting: Int(form["version"]) ?? 0) }
      } again: { editReason(old, form, $0, call) } then: { done(call) }
    }
    book.on(Routes.Pipeline.archiveReason) { call, id in
      let old = try await reason(id, call)
      try await call.write { try $0.setLossReasonArchived(id, !old.isArchived) }
      return done(call)
    }
  }

  private static func reason(_ id: ReasonID, _ call: Call) async throws -> LossReason {
    guard let found = try await call.read({ try $0.lossReasons(archived: true) }).first(where: { $0.id == id }) else { throw Refusal.notFound }
    return found
  }

  private static func parse(_ form: Form, isNamed: Bool) throws(InvalidForm) -> StageDraft {
    var check = Validation()
    let name = check.text(form["name"], field: "name", required: isNamed, max: StageDraft.nameLimit)
    let phase = check.parsed(form["phase"], field: "phase", key: "deals.error.stage", required: true, by: DealPhase.init)
    let percent = check.parsed(form["probability"], field: "probability", key: "deals.error.percent", required: true) { text in
      Int(text).flatMap { 0...100 ~= $0 ? $0 : nil }
    }
    try check.check()
    return StageDraft(name: name, phase: phase ?? .open, probability: percent ?? 0)
  }

  private static func fields(_ fields: inout FormFields, _ w: Words) -> HTML {
    let phases = DealPhase.allCases.map { ($0.rawValue, w("deals.phase.\($0.rawValue)")) }
    return """
      \(fields.text("name", w("deals.field.name")))<div class="row">\(fields.select("phase", w("deals.field.phase"), phases))\
      \(fields.text("probability", w("deals.field.probability"), width: "w-8"))</div>
      """
  }
}

extension StagePages {
  private static func list(_ model: Model, _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body = self.fields(&fields, w)
    let new: HTML = """
      <form class="card stack" method="post" action="\(Routes.Pipeline.createStage())" aria-labelledby="new-h" novalidate><h2 id="new-h">\(w("deals.new_stage"))</h2>\(body)
      <div class="form-end"><button class="primary">\(w("deals.create_stage"))</button></div></form>
      """
    let reason: HTML = """
      <form class="card stack" method="post" action="\(Routes.Pipeline.createReason())" aria-labelledby="newr-h" novalidate><h2 id="newr-h">\(w("deals.new_reason"))</h2>\(fields.text("reason_name", w("deals.field.name")))
      <div class="form-end"><button>\(w("deals.create_reason"))</button></div></form>
      """
    let current = model.stages.filter { !$0.isArchived }, past = model.stages.filter(\.isArchived)
    let items = current.enumerated().map { index, stage in item(stage, model, isFirst: index == 0, isLast: index == current.count - 1, call) }
    let archived: HTML = past.isEmpty ? "" : "<details><summary>\(w("deals.past_stages"))</summary><ul class=\"items\">\(past.map { pastItem($0, call) })</ul></details>"
    return Settings.page(call, .pipeline, title: w("deals.stages_title"), summary: fields.summary, """
      <div class="stack narrow"><section class="card" aria-labelledby="list-h"><header><h2 id="list-h">\(w("deals.stages_title"))</h2></header><ol class="items">\(items)</ol>\(archived)</section>\(new)
      <section class="card" aria-labelledby="reasons-h"><header><h2 id="reasons-h">\(w("deals.reasons_title"))</h2></header><ul class="items">\(model.reasons.map { reasonItem($0, call) })</ul></section>\(reason)</div>
      """)
  }

  private static func item(_ stage: DealStage, _ model: Model, isFirst: Bool, isLast: Bool, _ call: Call) -> HTML {
    let w = call.words
    let name = DealWords.stage(stage, w)
    func shift(_ url: String, _ icon: String, _ key: String, _ isHidden: Bool) -> HTML {
      isHidden ? "" : "<form method=\"post\" action=\"\(url)\"><button class=\"square quiet small\" aria-label=\"\(w(key, ["name": name]))\">\(call.icon(icon))</button></form>"
    }
    return """
      <li><div><b><a href="\(Routes.Pipeline.stage(stage.id))" data-dialog>\(name)</a></b><p class="meta">\(w("deals.phase.\(stage.phase.rawValue)")) · \(w.formats.percent(Double(stage.probability) / 100)) · \(w.count("deals.count", model.use[stage.id] ?? 0))</p></div>
      <div class="actions">\(shift(Routes.Pipeline.raiseStage(stage.id), "up", "deals.stage_up", isFirst))\(shift(Routes.Pipeline.lowerStage(stage.id), "down", "deals.stage_down", isLast))\
      <a class="button square quiet small" href="\(Routes.Pipeline.stageRemoval(stage.id))" data-dialog aria-label="\(w("deals.remove_named", ["name": name]))">\(call.icon("bin"))</a></div></li>
      """
  }

  private static func pastItem(_ stage: DealStage, _ call: Call) -> HTML {
    """
    <li><div>\(DealWords.stage(stage, call.words))</div><div class="actions"><form method="post" action="\(Routes.Pipeline.restoreStage(stage.id))"><button class="small">\(call.words("deals.bring_back"))</button></form></div></li>
    """
  }

  private static func reasonItem(_ reason: LossReason, _ call: Call) -> HTML {
    let w = call.words
    let name = DealWords.reason(reason, w)
    let chip: HTML = reason.isArchived ? " <span class=\"chip\">\(w("clients.archived"))</span>" : ""
    return """
      <li><div><a href="\(Routes.Pipeline.reason(reason.id))" data-dialog>\(name)</a>\(chip)</div>
      <div class="actions"><form method="post" action="\(Routes.Pipeline.archiveReason(reason.id))"><button class="small" aria-label="\(w(reason.isArchived ? "clients.unarchive_named" : "clients.archive_named", ["name": name]))">\(w(reason.isArchived ? "clients.unarchive" : "clients.archive"))</button></form></div></li>
      """
  }

  private static func edit(_ stage: DealStage, _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body = self.fields(&fields, w)
    return FormPage(
      title: DealWords.stage(stage, w), back: Routes.Pipeline.stages(), backTitle: w("deals.stages_title"),
      action: Routes.Pipeline.changeStage(stage.id), submit: w("deals.save"), summary: fields.summary, fields: body + fields.hidden("version")
    ).page(call, place: .settings)
  }

  private static func editReason(_ reason: LossReason, _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let body = fields.text("name", w("deals.field.name"))
    return FormPage(
      title: DealWords.reason(reason, w), back: Routes.Pipeline.stages(), backTitle: w("deals.stages_title"),
      action: Routes.Pipeline.renameReason(reason.id), submit: w("deals.save"), summary: fields.summary, fields: body + fields.hidden("version")
    ).page(call, place: .settings)
  }

  /// With projects in it, the stage asks where they go.
  private static func removal(_ stage: DealStage, _ model: Model, _ form: Form, _ messages: [FieldMessage], _ call: Call) -> Page {
    let w = call.words
    var fields = FormFields(call, form, messages)
    let count = model.use[stage.id] ?? 0
    let targets = [("", "–")] + model.stages.filter { $0.id != stage.id && !$0.isArchived }.map { ($0.id.description, DealWords.stage($0, w)) }
    let body: HTML = count == 0 ? "<p>\(w("deals.stage_is_empty"))</p>" : """
      <p>\(w.count("deals.stage_has", count))</p>\(fields.select("target", w("deals.field.target"), targets))
      """
    return FormPage(
      title: w("deals.remove_stage_title", ["name": DealWords.stage(stage, w)]), back: Routes.Pipeline.stages(), backTitle: w("deals.stages_title"),
      action: Routes.Pipeline.removeStage(stage.id), submit: w("deals.remove_stage"), isDangerous: true, summary: fields.summary, fields: body
    ).page(call, place: .settings)
  }
}
