import Domain
import Markup
import Store

/// What a handover would do: who gets whom, what passes on with them, what ends.
enum HandoverPreviewHTML {
  static func html(_ call: Call, _ record: HandoverRecord, _ preview: HandoverPreview) -> HTML {
    let w = call.words
    let note: HTML = record.note.isEmpty ? "" : """
      <section class="card" aria-labelledby="note-h"><header><h2 id="note-h">\(w("handover.field.note"))</h2></header><p class="text">\(record.note)</p></section>
      """
    return "<div class=\"stack\">\(shares(call, preview))\(things(call, preview))\(note)\(ends(call, record, preview))</div>"
  }

  private static func shares(_ call: Call, _ preview: HandoverPreview) -> HTML {
    let w = call.words
    guard preview.clients > 0 else { return "<p class=\"note info\">\(w("handover.no_clients"))</p>" }
    let rows = preview.shares.map { share -> HTML in
      let names = share.examples.map { "<a href=\"\(Routes.Clients.page($0.id))\">\($0.name)</a>" as HTML }.joined(by: ", ")
      let more: HTML = share.count > share.examples.count ? " \(w.count("handover.and_more", share.count - share.examples.count))" : ""
      return """
        <tr><th scope="row">\(share.name ?? w("handover.keeps"))</th><td class="num">\(w.formats.integer(share.count))</td><td>\(names)\(more)</td></tr>
        """
    }
    let archived: HTML = preview.archived == 0 ? "" : "<p class=\"hint\">\(w.count("handover.archived_too", preview.archived))</p>"
    return """
      <div class="scroll" role="region" aria-labelledby="cap" tabindex="0"><table><caption id="cap">\(w("handover.who_gets"))</caption>
      <thead><tr><th scope="col">\(w("handover.column.to"))</th><th scope="col" class="num">\(w("clients.title"))</th><th scope="col">\(w("handover.column.examples"))</th></tr></thead>
      <tbody>\(rows)</tbody><tfoot><tr><th scope="row">\(w("handover.total"))</th><td class="num">\(w.formats.integer(preview.clients))</td><td></td></tr></tfoot></table></div>\(archived)
      """
  }

  private static func things(_ call: Call, _ preview: HandoverPreview) -> HTML {
    let w = call.words
    let items = preview.things.map { thing -> HTML in
      let names = thing.examples.filter { !$0.isEmpty }.joined(separator: "; ")
      let more = thing.count > thing.examples.count ? " …" : ""
      let line: HTML = names.isEmpty ? "" : "<p class=\"meta\">\(names)\(more)</p>"
      return "<li><div>\(w.count("handover.thing.\(thing.key)", thing.count))\(line)</div></li>"
    }
    let body: HTML = items.isEmpty ? "<p class=\"empty in\">\(w("handover.nothing_else"))</p>" : "<ul class=\"items\">\(items)</ul>"
    return "<section class=\"card\" aria-labelledby=\"things-h\"><header><h2 id=\"things-h\">\(w("handover.passes_on"))</h2></header>\(body)</section>"
  }

  private static func ends(_ call: Call, _ record: HandoverRecord, _ preview: HandoverPreview) -> HTML {
    let w = call.words
    guard preview.closesAccount else {
      return "<p class=\"note info\">\(w("handover.account_stays", ["name": record.from ?? ""]))</p>"
    }
    return """
      <section class="card confirm" aria-labelledby="ends-h"><h2 id="ends-h">\(w("handover.account_closes", ["name": record.from ?? ""]))</h2>
      <ul><li>\(w.count("handover.sessions_end", preview.sessions))</li><li>\(w.count("handover.tokens_end", preview.tokens))</li><li>\(w("handover.nothing_deleted"))</li></ul></section>
      """
  }
}

/// What a handover did, what an undo brought back, and what it left.
enum HandoverReportHTML {
  static func html(
    _ call: Call, _ record: HandoverRecord, _ shares: [(name: String, count: Int)], _ left: [(id: ClientID, name: String)], failed: String?
  ) -> HTML {
    let w = call.words
    let problem: HTML = failed.map { reason in
      let key = reason.hasPrefix("handover.") && w.catalog.has(reason) ? reason : "handover.failed"
      return "<div class=\"note danger\" role=\"alert\">\(call.icon("alert"))<p>\(w(key))</p></div>"
    } ?? ""
    let rows = shares.map { "<tr><th scope=\"row\">\($0.name)</th><td class=\"num\">\(w.formats.integer($0.count))</td></tr>" as HTML }
    let table: HTML = rows.isEmpty ? "" : """
      <div class="scroll" role="region" aria-labelledby="cap" tabindex="0"><table><caption id="cap">\(w("handover.who_got"))</caption>
      <thead><tr><th scope="col">\(w("handover.column.to"))</th><th scope="col" class="num">\(w("clients.title"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
    let things = record.report.things.sorted { $0.key < $1.key }.map { "<li>\(w.count("handover.thing.\($0.key)", $0.value))</li>" as HTML }
    let list: HTML = things.isEmpty ? "" : """
      <section class="card" aria-labelledby="things-h"><header><h2 id="things-h">\(w("handover.passed_on"))</h2></header><ul class="items">\(things)</ul></section>
      """
    let closed: HTML = record.report.closedAccount && record.state == .done
      ? "<p class=\"note info\">\(w("handover.account_closed", ["name": record.from ?? ""]))</p>" : ""
    return """
      <div class="stack">\(problem)<p>\(sentence(record, w))</p>\(undone(call, record, left))\(table)\(list)\(closed)\(undo(call, record))</div>
      """
  }

  private static func sentence(_ record: HandoverRecord, _ w: Words) -> String {
    w.count("handover.done_line", record.report.clients, [
      "when": record.doneAt.map { w.formats.dateTime($0) } ?? "", "name": record.maker,
    ])
  }

  private static func undone(_ call: Call, _ record: HandoverRecord, _ left: [(id: ClientID, name: String)]) -> HTML {
    let w = call.words
    guard record.state == .undone, let at = record.undoneAt else { return "" }
    let back = w.count("handover.undone_line", record.report.restored ?? 0, ["when": w.formats.dateTime(at)])
    let things = record.report.leftThings.values.reduce(0, +)
    let names = left.map { "<a href=\"\(Routes.Clients.page($0.id))\">\($0.name)</a>" as HTML }.joined(by: ", ")
    let stays: HTML = record.report.left == 0 ? "" : "<p>\(w.count("handover.left_line", record.report.left)) \(names)</p>"
    let open: HTML = things == 0 ? "" : "<p>\(w.count("handover.left_things", things))</p>"
    return "<div class=\"note \(record.report.left + things == 0 ? "ok" : "warn")\">\(call.icon("undo"))<div><p>\(back)</p>\(stays)\(open)</div></div>"
  }

  private static func undo(_ call: Call, _ record: HandoverRecord) -> HTML {
    guard record.mayUndo(at: call.now), let doneAt = record.doneAt else { return "" }
    let w = call.words
    let until = w.formats.date(doneAt.adding(milliseconds: HandoverRecord.undoLifetime))
    return """
      <div class="form-end"><form method="post" action="\(Routes.Handover.undo(record.id))">\(Handover.version(record))<button>\(call.icon("undo"))\(w("handover.undo"))</button></form>
      <span class="hint">\(w("handover.undo_hint", ["date": until]))</span></div>
      """
  }
}
