import Domain
import Markup
import Store

/// People, requirements and documents of a project.
enum DealPartsPanel {
  /// One of the lists: its words are `deals.no_…`, `deals.add_…` and those of its heading.
  private struct Kind {
    let id: String
    let title: String
    let none: String
    let add: String
    let new: String
  }

  private struct Item {
    let content: HTML
    let name: String
    let removal: String
  }

  private static func card(_ kind: Kind, _ items: [Item], _ model: DealPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let button: HTML = !model.isOpen(call) ? "" : """
      <a class="button square quiet small no-print" href="\(kind.new)" data-dialog aria-label="\(w(kind.add))">\(call.icon("plus"))</a>
      """
    let list = items.map { item -> HTML in
      let label = w("deals.remove_named", ["name": item.name])
      let removal: HTML = !model.isOpen(call) ? "" : """
        <div class="actions no-print"><form method="post" action="\(item.removal)"><button class="square quiet small" aria-label="\(label)">\(call.icon("close"))</button></form></div>
        """
      return "<li><div>\(item.content)</div>\(removal)</li>"
    }
    let body: HTML = items.isEmpty ? "<p class=\"empty in\">\(w(kind.none))</p>" : "<ul class=\"items\">\(list)</ul>"
    return "<section class=\"card\" aria-labelledby=\"\(kind.id)\"><header><h2 id=\"\(kind.id)\">\(w(kind.title))</h2>\(button)</header>\(body)</section>"
  }

  private static func under(_ role: String) -> HTML { role.isEmpty ? "" : "<p class=\"meta\">\(role)</p>" }

  static func contacts(_ model: DealPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let items = model.contacts.map { one -> Item in
      let manager: HTML = one.isManager ? " <span class=\"chip\">\(w("deals.was_manager"))</span>" : ""
      return Item(
        content: "<a href=\"\(Routes.People.page(one.personID))\">\(one.name)</a>\(manager)\(under(one.role))", name: one.name,
        removal: Routes.Deals.removeContact(one.id))
    }
    return card(Kind(
      id: "contacts-h", title: "deals.contacts", none: "deals.no_contacts", add: "deals.add_contact",
      new: Routes.Deals.newContact(model.deal.id)), items, model, call)
  }

  static func members(_ model: DealPage.Model, _ call: Call) -> HTML {
    let items = model.members.map { one in
      Item(content: "\(one.name)\(under(one.role))", name: one.name, removal: Routes.Deals.removeMember(one.id))
    }
    return card(Kind(
      id: "members-h", title: "deals.members", none: "deals.no_members", add: "deals.add_member",
      new: Routes.Deals.newMember(model.deal.id)), items, model, call)
  }

  static func requirements(_ model: DealPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let items = model.requirements.map { one -> Item in
      let absorbed: HTML = one.absorbed ? " <span class=\"chip ok\">\(w("deals.same_price"))</span>" : ""
      let by = one.addedBy.map { ", \($0)" } ?? ""
      return Item(
        content: "\(one.text)\(absorbed)<p class=\"meta\">\(w.dateTimeTag(one.addedAt))\(by)</p>", name: one.text,
        removal: Routes.Deals.removeRequirement(one.id))
    }
    return card(Kind(
      id: "req-h", title: "deals.requirements", none: "deals.no_requirements", add: "deals.add_requirement",
      new: Routes.Deals.newRequirement(model.deal.id)), items, model, call)
  }

  static func documents(_ model: DealPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let items = model.documents.map { file in
      Item(
        content: """
          <a class="file" href="\(Routes.Deals.document(file.id))" download>\(call.icon("file"))\(file.name) <small>\(w.formats.fileSize(file.size))</small></a>
          """, name: file.name, removal: Routes.Deals.removeDocument(file.id))
    }
    return card(Kind(
      id: "docs-h", title: "deals.documents", none: "deals.no_documents", add: "deals.add_document",
      new: Routes.Deals.newDocument(model.deal.id)), items, model, call)
  }
}
