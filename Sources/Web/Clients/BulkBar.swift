import Domain
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Markup
import Store

/// A change of the selected clients, or of all that the filter shows.
enum BulkBar {
  static func html(_ model: ListPage.Model, _ call: Call) -> HTML {
    let w = call.words
    let all: HTML = model.page.lines.count < model.count && model.count <= Bulk.limit ? """
      <label class="choice"><input type="checkbox" name="all" value="1"><span>\(w.count("clients.all_found", model.count))</span></label>
      """ : ""
    return """
      <div class="bulk" role="group" aria-label="\(w("clients.for_selected"))"><output class="count js" data-count="\(w("clients.selected"))"></output>\(all)
      \(change(model, call))\(steps(model, call))<input type="hidden" name="query" value="\(model.state.query)"></div>
      """
  }

  private static func change(_ model: ListPage.Model, _ call: Call) -> HTML {
    guard call.may(.bulkChange), model.state.filter.state != .bin else { return "" }
    let w = call.words
    let owners = model.choices.owners.map { "<option value=\"\($0.id)\">\($0.name)</option>" as HTML }
    let tags = model.choices.tags.map { "<option value=\"\($0.id)\">\($0.name)</option>" as HTML }
    let removal: HTML = tags.isEmpty ? "" : """
      <label class="hide" for="bulk-tag">\(w("clients.tag_to_remove"))</label><select id="bulk-tag" class="w-12" name="tag"><option value="">\(w("clients.tag_to_remove"))</option>\(tags)</select>
      <button name="do" value="untag">\(w("clients.remove_tag"))</button>
      """
    return """
      <label class="hide" for="bulk-owner">\(w("clients.new_owner"))</label><select id="bulk-owner" class="w-12" name="owner"><option value="">\(w("clients.new_owner"))</option><option value="none">\(w("clients.no_owner"))</option>\(owners)</select>
      <button name="do" value="owner">\(w("clients.change_owner"))</button>
      <label class="hide" for="bulk-tags">\(w("clients.tags_to_add"))</label><input id="bulk-tags" class="w-12" name="tags" placeholder="\(w("clients.tags_to_add"))" autocomplete="off">
      <button name="do" value="tag">\(w("clients.add_tags"))</button>\(removal)
      """
  }

  private static func steps(_ model: ListPage.Model, _ call: Call) -> HTML {
    guard call.may(.removeClients) else { return "" }
    let w = call.words
    return switch model.state.filter.state {
    case .active: """
      <button name="do" value="archive">\(call.icon("archive"))\(w("clients.archive"))</button><button class="danger" name="do" value="remove">\(call.icon("bin"))\(w("clients.remove"))</button>
      """
    case .archived: "<button name=\"do\" value=\"unarchive\">\(w("clients.unarchive"))</button>"
    case .bin: "<button name=\"do\" value=\"restore\">\(w("clients.restore"))</button>"
    }
  }

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Clients.bulk) { call in
      let form = try await call.form()
      let state = ListState(.clients, Query.pairs(of: form["query"]))
      let undo = try await call.write { tx in
        let ids = form.isOn("all") ? try tx.clientIDs(state.filter, limit: Bulk.limit) : form.all("id").compactMap { PartyID($0) }
        return ids.isEmpty ? nil : try carryOut(form, ids, state.url, tx)
      }
      return call.redirect(to: state.url, undo: undo, said: undo == nil ? "said.nothing_changed" : nil)
    }
  }

  private static func carryOut(_ form: Form, _ ids: [PartyID], _ back: String, _ tx: Transaction) throws -> UndoID? {
    switch form["do"] {
    case "owner":
      guard !form["owner"].isEmpty else { return nil }
      let owner = form["owner"] == "none" ? nil : AccountID(form["owner"])
      return try tx.change(ids, .owner(owner), returnTo: back).undo
    case "tag":
      let names = Tags.split(form["tags"])
      return names.isEmpty ? nil : try tx.change(ids, .addTags(names), returnTo: back).undo
    case "untag":
      guard let tag = TagID(form["tag"]) else { return nil }
      return try tx.change(ids, .removeTag(tag), returnTo: back).undo
    default:
      guard let step = ClientStep(rawValue: form["do"]) else { throw WebError.badRequest("do") }
      return try tx.takeWithUndo(step, ids, summary: "clients.undo.\(step.rawValue)_many", returnTo: back)
    }
  }
}

/// Tags as typed: parted by commas or semicolons.
enum Tags {
  static func split(_ text: String) -> [String] {
    var seen: Set<String> = []
    return text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isNewline }).map { String($0.trimmingBlanks.prefix(60)) }
      .filter { !$0.isEmpty && seen.insert(Fold.search($0)).inserted }.prefix(50).map { $0 }
  }
}

extension Query {
  /// A query string kept in a form or a saved view.
  static func pairs(of text: String) -> [(String, String)] {
    Query(URI("/?" + String(text.prefix(2000)))).pairs
  }
}
