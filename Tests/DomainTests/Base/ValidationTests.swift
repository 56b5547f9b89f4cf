import Domain
import Testing

@Suite struct ValidationTests {
  @Test func collectsAllMistakes() {
    var form = Validation()
    #expect(form.text("  Anna ", field: "name") == "Anna")
    #expect(form.text("  ", field: "note") == nil)
    #expect(form.isValid)
    #expect(form.text(nil, field: "title", required: true) == nil)
    #expect(form.text("abcdef", field: "code", max: 5) == nil)
    #expect(form.parsed("x", field: "date", key: "date.wrong", by: { CalendarDate($0) }) == nil)
    #expect(form.parsed("2026-11-05", field: "day", key: "date.wrong", by: { CalendarDate($0) })?.day == 5)
    #expect(form.messages.map(\.field) == ["title", "code", "date"])
    #expect(form.messages.map(\.key) == ["field.required", "field.too_long", "date.wrong"])
    #expect(form.messages[1].slots == ["max": "5"])
    #expect(throws: InvalidForm(form.messages)) { try form.check() }
  }
}
