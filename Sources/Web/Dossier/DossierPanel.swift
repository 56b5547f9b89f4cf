package import Domain
package import Markup
package import Store

/// What we did for the client at a glance, on its page: the total, how it is made up, and what waits to be decided.
package enum DossierPanel {
  package struct Model: Sendable {
    let client: ClientID
    let glance: DossierGlance
  }

  /// Nil for a person who is no client, and for whoever may not see dossiers.
  package static func read(_ reader: Reader, _ client: ClientID, isClient: Bool) throws -> Model? {
    guard isClient, reader.actor.may(.viewDossier) else { return nil }
    return Model(client: client, glance: try reader.dossierGlance(of: client))
  }

  package static func render(_ model: Model?, _ call: Call) -> HTML {
    guard let model else { return "" }
    let w = call.words
    let glance = model.glance
    let url = Routes.Dossier.page(model.client)
    let add: HTML = call.may(.editDossier) ? """
      <a class="button square quiet small no-print" href="\(Routes.Dossier.new(model.client))" data-dialog aria-label="\(w("dossier.add"))">\(call.icon("plus"))</a>
      """ : ""
    return """
      <section class="card" aria-labelledby="value-h"><header><h2 id="value-h">\(w("dossier.value"))</h2>\(add)</header>
      \(glance.entries == 0 ? "<p class=\"empty in\">\(w("dossier.glance_none"))</p>" : figures(glance, url, w))
      \(proposals(glance, url, call))</section>
      """
  }

  private static func figures(_ glance: DossierGlance, _ url: String, _ w: Words) -> HTML {
    let last = glance.lastDate.map { w("dossier.glance_last", ["date": w.formats.date($0)]) } ?? ""
    let open: HTML = glance.unconverted == 0 ? "" : "<p class=\"meta\">\(w.count("dossier.glance_unconverted", glance.unconverted))</p>"
    return """
      <dl class="stats"><div class="stat"><dt>\(w("dossier.total_received"))</dt><dd><a href="\(url)">\(glance.total.map { w.formats.money($0) } ?? "–")</a></dd></div></dl>
      <dl class="defs"><dt>\(w("dossier.headline.given"))</dt><dd>\(w.formats.money(glance.given))</dd>\
      <dt>\(w("dossier.headline.benefit"))</dt><dd>\(w.formats.money(glance.benefit))</dd></dl>
      <p class="meta">\(w.count("dossier.glance_entries", glance.entries)) \(last)</p>\(open)
      """
  }

  private static func proposals(_ glance: DossierGlance, _ url: String, _ call: Call) -> HTML {
    guard glance.proposals > 0, call.may(.editDossier) else { return "" }
    return "<p class=\"meta\"><a href=\"\(url)#proposals\">\(call.words.count("dossier.glance_proposals", glance.proposals))</a></p>"
  }
}
