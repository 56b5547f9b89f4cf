import Domain

/// What colleagues noticed at each other's clients: some of it waits on the page of today, some became a project or was declined.
struct OpportunityTale: Sendable {
  enum Fate: Sendable {
    case waiting
    case declined(String)
    /// A project of that name and list price, in euro cents, and what came of it.
    case taken(String, Int64, Outcome = .open)
  }
  enum Outcome: Sendable {
    case open, won
    /// A reason's key, and words.
    case lost(String, String)
  }
  /// Mailboxes of the two.
  let by: String
  let to: String
  let daysAgo: Int
  let text: String
  let fate: Fate

  static let all = [
    OpportunityTale(
      by: "radostina", to: "maria", daysAgo: 12, text: "На изложението казаха, че отварят склад във Варна и още не знаят кой ще пазарува от него.",
      fate: .taken("Клиентите на склада във Варна", 1_240_000)),
    OpportunityTale(
      by: "krasimir", to: "elena", daysAgo: 2, text: "Новият им търговски директор питаше дали правим и проучвания сред служители.", fate: .waiting),
    OpportunityTale(
      by: "agnieszka", to: "piotr", daysAgo: 1, text: "Wspomnieli, że od stycznia wchodzą na rynek czeski i chcą sprawdzić nazwę marki.", fate: .waiting),
    OpportunityTale(
      by: "agnieszka", to: "piotr", daysAgo: 48, text: "Otwierają salon w Gdyni. Pytali, czy policzymy wchodzących i kupujących.",
      fate: .taken("Klienci nowego salonu w Gdyni", 860_000, .won)),
    OpportunityTale(
      by: "olga", to: "dmitry", daysAgo: 6, text: "Обмолвились, что весной меняют упаковку. Им пригодится тест до запуска.",
      fate: .declined("Упаковку уже тестирует их головной офис. Вернёмся к разговору осенью.")),
    OpportunityTale(
      by: "olga", to: "dmitry", daysAgo: 1, text: "На планёрке у них зашла речь о текучке кадров: хотят понять, почему уходят продавцы.", fate: .waiting),
    OpportunityTale(
      by: "agnieszka", to: "hannah", daysAgo: 3, text: "They are opening two shops in Leeds and asked who could count the footfall.", fate: .waiting),
    OpportunityTale(
      by: "agnieszka", to: "hannah", daysAgo: 64, text: "Their loyalty card is five years old and nobody knows what customers think of it.",
      fate: .taken("Loyalty card: what holders think", 720_000, .lost("postponed", "They will relaunch the card first and ask afterwards."))),
  ]
}
