import Domain
import Markup
import Testing

@Suite struct PluralTests {
  @Test(arguments: [
    (0, "other", "many", "many", "other"), (1, "one", "one", "one", "one"), (2, "other", "few", "few", "other"),
    (5, "other", "many", "many", "other"), (11, "other", "many", "many", "other"), (12, "other", "many", "many", "other"),
    (14, "other", "many", "many", "other"), (21, "other", "one", "many", "other"), (22, "other", "few", "few", "other"),
    (25, "other", "many", "many", "other"), (101, "other", "one", "many", "other"), (111, "other", "many", "many", "other"),
    (112, "other", "many", "many", "other"), (-1, "one", "one", "one", "one"), (Int.min, "other", "many", "many", "other"),
  ])
  func forms(count: Int, en: String, ru: String, pl: String, bg: String) {
    for (language, form) in zip([Language.en, .ru, .pl, .bg], [en, ru, pl, bg]) {
      #expect(Plural(of: count, in: language).rawValue == form, "\(count) in \(language)")
    }
  }
}
