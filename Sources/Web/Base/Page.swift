package import Markup
package import Domain

/// What a handler gives: the part of a page that is its own. The shell adds the rest.
package struct Page: Sendable {
  package var title: String
  /// Where the navigation says one is.
  package var place: Place?
  package var main: HTML
  /// Without navigation: log-in, links for outsiders.
  package var isPublic: Bool
  /// A form that was refused: the title says so first.
  package var hasErrors: Bool

  /// Style sheets beside the common one, `deals` for `Assets/sheets/deals.css`: what only one feature's pages need.
  package var sheets: [String] = []

  /// How wide a public page is: `login`, `wide`, or nil for the width of text.
  package var width: String?

  package init(_ title: String, place: Place? = nil, isPublic: Bool = false, width: String? = nil, hasErrors: Bool = false, main: HTML) {
    self.title = title
    self.place = place
    self.main = main
    self.isPublic = isPublic
    self.hasErrors = hasErrors
    self.width = width
  }
}

/// The entries of the main navigation; features add theirs here and in `Shell.places`.
package enum Place: String, Sendable {
  case today, clients, promises, tasks, deals, value, people, dashboards, handovers, received, imports, export, settings, audit
}
