import Domain
import Markup
import Store

/// What the page of a client or person offers of handing over: the briefing, another owner, another manager, a bounced address.
enum HandoverActions {
  static func menu(_ view: ClientView, _ call: Call) -> HTML {
    let w = call.words
    let stored = view.stored, id = stored.id
    guard stored.draft.isClient else { return "" }
    var out: HTML = "<a href=\"\(Routes.Handover.briefing(id))\" data-key=\"b\">\(call.icon("print"))\(w("briefing.open"))</a>"
    if call.may(.editClients), stored.draft.kind == .company {
      out += "<a href=\"\(Routes.Handover.manager(id))\">\(call.icon("people"))\(w("handover.manager_menu"))</a>"
    }
    if call.may(.handOver) {
      out += "<a href=\"\(Routes.Handover.client(id))\" data-dialog>\(call.icon("handover"))\(w("handover.single_menu"))</a>"
    }
    return out
  }

  /// Beside an e-mail address: that mail came back, or the button that says so.
  static func bounce(_ point: ContactPoint, of view: ClientView, _ call: Call) -> HTML {
    guard point.kind == .email else { return "" }
    let w = call.words
    let id = view.stored.id
    let isBounced = view.bounced.contains(point.key)
    let chip: HTML = isBounced ? "<span class=\"chip danger\">\(call.icon("alert"))\(w("handover.bounced"))</span>" : ""
    guard call.may(.logContacts), view.stored.deletedAt == nil else { return chip }
    let action = isBounced ? Routes.Handover.liftBounce(id) : Routes.Handover.bounce(id)
    let label = w(isBounced ? "handover.lift_bounce" : "handover.mark_bounced", ["email": point.shown])
    return """
      \(chip)<form class="no-print" method="post" action="\(action)"><input type="hidden" name="email" value="\(point.value)"><button class="square quiet small" aria-label="\(label)">\(call.icon(isBounced ? "check" : "undo"))</button></form>
      """
  }

  /// Beside someone who works there: mail to him or her came back.
  static func bounced(_ line: TieLine, of view: ClientView, _ call: Call) -> HTML {
    guard line.tie.isCurrent, line.points.contains(where: { $0.kind == .email && view.bounced.contains($0.key) }) else { return "" }
    return " <span class=\"chip danger\">\(call.icon("alert"))\(call.words("handover.bounced"))</span>"
  }

  /// Beside whoever decides.
  static func managerChanged(_ line: TieLine, of view: ClientView, _ call: Call) -> HTML {
    guard view.stored.draft.kind == .company, view.stored.draft.isClient, line.tie.isCurrent, line.tie.tie.isManager else { return "" }
    let label = call.words("handover.manager_changed_named", ["name": line.name])
    return "<a class=\"button square quiet small\" href=\"\(Routes.Handover.manager(view.stored.id))\" aria-label=\"\(label)\">\(call.icon("handover"))</a>"
  }
}
