import Markup

/// What a bar of filters over a list is made of.
enum FilterBar {
  /// - Parameters:
  ///   - prefix: of the id: a dialog over the list may have a field of the same name.
  ///   - isLabelled: the label is seen, where the choice does not say of itself what it is about.
  static func select(
    _ name: String, _ label: String, _ options: [(String, String)], _ chosen: String, prefix: String = "f", isLabelled: Bool = false
  ) -> HTML {
    let items = options.map { "<option value=\"\($0.0)\"\(attr: "selected", if: $0.0 == chosen)>\($0.1)</option>" as HTML }
    let id = "\(prefix)-\(name)"
    return """
      <div class="field"><label\(attr: "class", isLabelled ? nil : "hide") for="\(id)">\(label)</label><select id="\(id)" name="\(name)">\(items)</select></div>
      """
  }
}
