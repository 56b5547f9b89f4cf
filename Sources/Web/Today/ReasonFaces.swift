package import Domain
package import Markup
package import Store

/// How a kind of reason looks: its picture, the sentence it is told in, where it leads, and what "Done" is. A feature declares
/// those of its kinds beside its pages and adds them to `all`.
package struct ReasonFace: Sendable {
  package enum Done: Sendable {
    /// At once, by the store's `ReasonSource.finish`, with undo.
    case finish
    /// A form that settles it, opened in a dialog.
    case open(@Sendable (TodayRow.Matter, TodayRow.Client?) -> String?)
    /// A page where it is settled, under that word.
    case visit(String, @Sendable (TodayRow.Matter) -> String)
  }

  let icon: String
  let showsDue: Bool
  let done: Done
  /// The page of what it is about, by its id; nil where the client's own page says it all.
  let link: (@Sendable (Int64) -> String)?
  let line: @Sendable (TodayRow.Matter, TodayRow.Client?, Words, Instant) -> String

  package init(
    icon: String, showsDue: Bool = true, done: Done, link: (@Sendable (Int64) -> String)? = nil,
    line: @escaping @Sendable (TodayRow.Matter, TodayRow.Client?, Words, Instant) -> String = ReasonFace.words
  ) {
    (self.icon, self.showsDue, self.done, self.link, self.line) = (icon, showsDue, done, link, line)
  }

  /// What whoever made it wrote, or else the name of the kind.
  package static let words: @Sendable (TodayRow.Matter, TodayRow.Client?, Words, Instant) -> String = { matter, _, w, _ in
    matter.text.isEmpty ? w("today.kind.\(matter.key.kind.rawValue)") : matter.text
  }
}

package enum ReasonFaces {
  package static let all: [ReasonKind: ReasonFace] = [CareFaces.all, PromiseFaces.all, TaskFaces.all, HandoverFaces.all]
    .reduce(into: [:]) { all, faces in all.merge(faces) { first, _ in first } }

  static func face(_ kind: ReasonKind) -> ReasonFace { all[kind] ?? plain[kind] ?? ReasonFace(icon: "info", done: .finish) }

  /// Kinds of which a feature says no more than what they are about.
  private static let plain: [ReasonKind: ReasonFace] = [
    .valueReview: ReasonFace(icon: "value", showsDue: false, done: .finish, link: { Routes.Dossier.page(ClientID(rawValue: $0)) }),
    .dossierForManager: ReasonFace(icon: "value", showsDue: false, done: .finish, link: { Routes.Dossier.page(ClientID(rawValue: $0)) }),
    .opportunity: ReasonFace(
      icon: "bell", showsDue: false, done: .visit("today.answer") { _ in Routes.Opportunities.mine() },
      link: { _ in Routes.Opportunities.mine() }) { matter, _, w, _ in w("today.line.opportunity", ["text": matter.text]) },
    .unfiledMail: ReasonFace(
      icon: "email", showsDue: false, done: .visit("filing.file") { Routes.Filing.mail(CapturedMailID($0.key.subject)) },
      link: { Routes.Filing.mail(CapturedMailID($0)) }) { matter, _, w, _ in w("today.line.unfiled_mail", ["text": matter.text]) },
    .opportunityAnswered: ReasonFace(icon: "bell", showsDue: false, done: .finish, link: { _ in Routes.Opportunities.mine() }) {
      matter, _, w, _ in w("today.line.opportunity_answered", ["text": matter.text])
    },
  ]
}

/// Care: the contact clock and days that come every year.
enum CareFaces {
  static let all: [ReasonKind: ReasonFace] = [
    .tooRarely: ReasonFace(
      icon: "clock", showsDue: false,
      done: .open { _, client in client.map { Routes.History.log($0.id) } }, line: rarely),
    .birthday: ReasonFace(icon: "gift", done: .finish, line: birthday),
    .yearly: ReasonFace(icon: "calendar", done: .finish, line: yearly),
  ]

  private static let rarely: @Sendable (TodayRow.Matter, TodayRow.Client?, Words, Instant) -> String = { matter, client, w, now in
    let every = ["every": w.formats.integer(matter.number ?? 0)]
    let since = client?.lastContactAt ?? matter.dueAt.adding(milliseconds: -Int64(min(max(matter.number ?? 0, 0), 10_000)) * Instant.day)
    let days = Int(max(0, since.milliseconds(to: now)) / Instant.day)
    return w.count(client?.lastContactAt == nil ? "today.line.never" : "today.line.too_rarely", days, every)
  }

  private static let birthday: @Sendable (TodayRow.Matter, TodayRow.Client?, Words, Instant) -> String = { matter, _, w, _ in
    switch (matter.text.isEmpty, matter.number) {
    case (true, nil): w("today.line.birthday")
    case (true, let age?): w.count("today.line.birthday_age", age)
    case (false, nil): w("today.line.birthday_of", ["name": matter.text])
    case (false, let age?): w.count("today.line.birthday_of_age", age, ["name": matter.text])
    }
  }

  private static let yearly: @Sendable (TodayRow.Matter, TodayRow.Client?, Words, Instant) -> String = { matter, _, w, _ in
    guard let years = matter.number else { return matter.text }
    return w.count("today.line.yearly", years, ["text": matter.text])
  }
}
