import Domain

/// What deals are told with, in the agency's four languages.
struct DealWords: Sendable {
  let lines: [String]
  let unit: String
  let roles: [String]
  let requirements: [String]
  let lostBecause: [String]

  static let reasons = [("price", 4), ("competitor", 3), ("no_budget", 3), ("postponed", 2), ("no_need", 1), ("new_manager", 1), ("silence", 2)]

  static func of(_ language: Language) -> DealWords {
    switch language {
    case .en: english
    case .ru: russian
    case .pl: polish
    case .bg: bulgarian
    }
  }

  private static let english = DealWords(
    lines: ["Interviews", "Analysis and report"], unit: "interview", roles: ["project lead", "analyst"],
    requirements: [
      "Two more questions about delivery, after the fieldwork had begun", "Tables by age group as well",
      "A second presentation for the sales team", "Twenty more interviews outside the capital",
    ],
    lostBecause: [
      "They found it too much for this year.", "Another agency promised it in half the time.", "The board stopped all new spending.",
      "They will do it themselves.",
    ])
  private static let russian = DealWords(
    lines: ["Интервью", "Анализ и отчёт"], unit: "интервью", roles: ["руководитель проекта", "аналитик"],
    requirements: [
      "Ещё два вопроса о доставке, когда поле уже началось", "Таблицы ещё и по возрастным группам",
      "Вторая презентация для отдела продаж", "Ещё двадцать интервью в области",
    ],
    lostBecause: [
      "Для этого года слишком дорого.", "Другое агентство пообещало вдвое быстрее.", "Совет остановил новые расходы.", "Сделают своими силами.",
    ])
  private static let polish = DealWords(
    lines: ["Wywiady", "Analiza i raport"], unit: "wywiad", roles: ["kierownik projektu", "analityk"],
    requirements: [
      "Dwa dodatkowe pytania o dostawę, gdy teren już trwał", "Tabele także według grup wieku", "Druga prezentacja dla działu sprzedaży",
      "Dwadzieścia wywiadów więcej poza stolicą",
    ],
    lostBecause: [
      "Na ten rok za drogo.", "Inna agencja obiecała dwa razy szybciej.", "Zarząd wstrzymał nowe wydatki.", "Zrobią to sami.",
    ])
  private static let bulgarian = DealWords(
    lines: ["Интервюта", "Анализ и доклад"], unit: "интервю", roles: ["ръководител на проекта", "анализатор"],
    requirements: [
      "Още два въпроса за доставката, след като теренът беше започнал", "Таблици и по възрастови групи",
      "Втора презентация за отдел „Продажби“", "Още двайсет интервюта извън столицата",
    ],
    lostBecause: [
      "За тази година им идва скъпо.", "Друга агенция обеща двойно по-бързо.", "Бордът спря новите разходи.", "Ще го направят сами.",
    ])
}
