import Domain
import Markup
import Store

/// The trail's filters: a form whose whole state is in the URL. Days are those of the reader's zone.
enum AuditForm {
  static func filter(_ call: Call) -> AuditFilter {
    let query = call.query
    let zone = call.words.formats.zone
    var filter = AuditFilter()
    filter.account = query["account"].flatMap(AccountID.init)
    filter.action = query["what"].flatMap(AuditAction.init(rawValue:))
    filter.entity = query["on"].flatMap(AuditEntity.init(rawValue:))
    filter.entityID = query["id"].flatMap(Int64.init)
    filter.from = query["from"].flatMap { CalendarDate($0) }.map { zone.instant($0) }
    filter.until = query["to"].flatMap { CalendarDate($0) }.map { zone.instant($0.adding(days: 1)) }
    return filter
  }

  static func place(_ query: Query) -> AuditPlace? {
    guard let at = query["at"].flatMap(Int64.init), let row = query["row"].flatMap(Int64.init) else { return nil }
    return AuditPlace(at: Instant(milliseconds: at), id: row)
  }

  static func view(_ call: Call, _ accounts: [(id: AccountID, name: String)]) -> HTML {
    let w = call.words
    let people = [(value: "", text: w("audit.anyone"))] + accounts.map { ($0.id.description, $0.name) }
    let actions = [(value: "", text: w("audit.any_action"))] + AuditAction.allCases.map { ($0.rawValue, w("audit_action.\($0.rawValue)")) }
    let entities = [(value: "", text: w("audit.any_entity"))] + AuditEntity.allCases.map { ($0.rawValue, w("audit_entity.\($0.rawValue)")) }
    var fields = FormFields(call, Form(call.query.pairs))
    return """
      <form class="filters" role="search" aria-label="\(w("audit.filter"))" action="\(Routes.Audit.page())">
      \(fields.select("account", w("audit.who"), people))\(fields.select("what", w("audit.what"), actions))\(fields.select("on", w("audit.on"), entities))
      \(fields.text("id", w("audit.number"), width: "w-8"))\(fields.text("from", w("audit.from"), type: "date"))\(fields.text("to", w("audit.to"), type: "date"))
      <button>\(w("audit.show"))</button></form>
      """
  }
}
