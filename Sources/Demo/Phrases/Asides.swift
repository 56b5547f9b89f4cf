import Domain

/// Small texts around entries.
struct Asides: Sendable {
  let call: String
  let meeting: String
  /// Why an entry was set right: another outcome, another day.
  let wrongOutcome: [String]
  let wrongDay: [String]
  let tableHead: String
  let tableRows: [String]
  let notes: String

  static func of(_ language: Language) -> Asides {
    switch language {
    case .bg:
      Asides(
        call: "Разговор", meeting: "Среща", wrongOutcome: ["Сгрешен резултат", "Резултатът беше от друг клиент"],
        wrongDay: ["Беше предния ден", "Сгрешена дата"], tableHead: "Отговор;Дял, %", tableRows: ["Познавам", "Опитвал съм", "Купувам", "Бих се върнал"],
        notes: "Записки")
    case .pl:
      Asides(
        call: "Rozmowa", meeting: "Spotkanie", wrongOutcome: ["Zły wynik", "Wynik był od innego klienta"],
        wrongDay: ["Było dzień wcześniej", "Pomylona data"], tableHead: "Odpowiedź;Udział, %",
        tableRows: ["Znam", "Próbuję", "Kupuję", "Chętnie wrócę"], notes: "Notatki")
    case .ru:
      Asides(
        call: "Разговор", meeting: "Встреча", wrongOutcome: ["Неверный итог", "Итог от другого клиента"],
        wrongDay: ["Было днём раньше", "Ошибка в дате"], tableHead: "Ответ;Доля, %", tableRows: ["Знаю", "Пробую", "Покупаю", "Вернусь"],
        notes: "Заметки")
    case .en:
      Asides(
        call: "Call", meeting: "Meeting", wrongOutcome: ["Wrong outcome", "The outcome was another client’s"],
        wrongDay: ["It was the day before", "Wrong date"], tableHead: "Answer;Share, %", tableRows: ["Aware", "Tried", "Buy", "Would return"],
        notes: "Notes")
    }
  }
}
