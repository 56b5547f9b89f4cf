import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Web

extension TestSite {
  func tasks(_ person: TestPerson, _ filter: TaskFilter = TaskFilter()) async throws -> [StoredTask] {
    try await read(as: person) { try $0.tasks(filter).tasks }
  }
}

struct TaskPagesTests {
  private static func form(_ more: [(String, String)]) -> [(String, String)] {
    [("title", "Send <b>the</b> list"), ("owner", "\(TestPerson.maria.id)"), ("zone", "Europe/Sofia")] + more
  }

  @Test(arguments: Engine.all) func isWrittenDoneAndUndone(engine: Engine) async throws {
    try await withTestSite(engine) { site in
      let firm = try await site.firm("Alfa", of: .maria)
      #expect(try await site.get(Routes.Tasks.newFor(firm), as: .maria).text.contains("New task: Alfa"))
      let fields = Self.form([
        ("client_name", "Alfa"), ("client_id", "\(firm)"), ("due", "2026-11-09"), ("time", "9:05"), ("repeat", "week"), ("every", "2"),
        ("weekday", "MO"), ("weekday", "WE"), ("end", "count"), ("count", "5"), ("steps", "print\n\n sign "), ("important", "1"),
      ])
      let answer = try await site.post(Routes.Tasks.add(), as: .maria, fields)
      #expect(answer.status == 303)
      let task = try #require(try await site.tasks(.maria).first)
      #expect(task.recurrence?.rule.text == "FREQ=WEEKLY;COUNT=5;INTERVAL=2;BYDAY=MO,WE" && task.clientID == firm && task.stepCount == 2)
      let page = try await site.get(Routes.Tasks.page(task.id), as: .maria).text
      #expect(page.contains("Send &lt;b&gt;the&lt;/b&gt; list") && page.contains("Every 2 weeks: Monday, Wednesday, 5 times in all"))
      #expect(page.contains("Then: 11 Nov 2026 · 23 Nov 2026 · 25 Nov 2026".replacing(" Nov ", with: "\u{A0}Nov\u{A0}")))
      for shown in [Routes.Tasks.list(), Routes.Clients.page(firm)] {
        let text = try await site.get(shown, as: .maria).text
        #expect(text.contains("Send &lt;b&gt;the&lt;/b&gt; list") && PageCheck.problems(in: text) == [])
      }
      let done = try await site.post(Routes.Tasks.done(task.id), as: .maria, [("back", Routes.Tasks.list())])
      #expect(done.location?.hasPrefix("/tasks?undo=") == true)
      #expect(try await site.tasks(.maria).map { $0.due?.date.description } == ["2026-11-11"])
      #expect(try await site.get(Routes.Clients.page(firm), as: .maria).text.contains("Task done: Send &lt;b&gt;"))
      let undo = try #require(done.location?.split(separator: "undo=").last.flatMap { UndoID($0) })
      #expect(try await site.post(Routes.undo(undo), as: .maria).status == 303)
      #expect(try await site.tasks(.maria).map(\.id) == [task.id])
    }
  }

  @Test func mistakesAreSaidByTheField() async throws {
    try await withTestSite(.sqlite) { site in
      let cases: [(fields: [(String, String)], field: String)] = [
        ([("title", " ")], "title"), ([("due", "5.11.26")], "due"), ([("due", "0206-11-05")], "due"), ([("time", "10:00")], "due"),
        ([("due", "2026-11-09"), ("time", "25:00")], "time"), ([("owner", "999")], "owner"), ([("owner", "\(TestPerson.reader.id)")], "owner"),
        ([("repeat", "day"), ("every", "0")], "every"), ([("repeat", "week"), ("end", "count"), ("count", "x")], "count"),
        ([("repeat", "month"), ("end", "until")], "until"), ([("repeat", "day"), ("due", "2026-11-09"), ("end", "until"), ("until", "2026-11-08")], "repeat"),
        ([("repeat", "rule"), ("rule", "FREQ=HOURLY")], "rule"), ([("client_name", "Nobody")], "client_name"),
        ([("steps", String(repeating: "a", count: 301))], "steps"), ([("zone", "Mars/Base")], "zone"),
      ]
      for (more, field) in cases {
        let answer = try await site.post(Routes.Tasks.add(), as: .maria, Self.form(more))
        #expect(answer.status == 422, "\(more)")
        #expect(answer.text.contains("id=\"\(field)-error\"") || answer.text.contains("href=\"#\(field)\""), "\(more)")
        #expect(PageCheck.problems(in: answer.text) == [], "\(more)")
      }
      #expect(try await site.tasks(.maria).isEmpty)
    }
  }

  /// What a list is narrowed to is said and can be taken off, also where the name is out of sight.
  @Test func aFilterOutOfSightCanBeTakenOff() async throws {
    try await withTestSite(.sqlite) { site in
      let firm = try await site.firm("Alfa", of: .maria)
      for list in ["/tasks", "/promises"] {
        let hers = try await site.get("\(list)?client=\(firm)", as: .maria).text
        #expect(hers.contains("class=\"chip remove\"") && hers.contains("Alfa") && !hers.contains("Unavailable client"))
        let theirs = try await site.get("\(list)?client=\(firm)", as: .ivan).text
        #expect(theirs.contains("class=\"chip remove\"") && theirs.contains("Unavailable client") && !theirs.contains("Alfa"))
        #expect(PageCheck.problems(in: theirs) == [])
      }
    }
  }

  struct EditorCase: Sendable, CustomStringConvertible {
    let fields: [(String, String)]
    let due: String
    let rule: String
    var description: String { "\(due) \(rule)" }

    /// `repeat=month on=last`
    init(_ fields: String, _ due: String, _ rule: String) {
      self.fields = fields.split(separator: " ").map { pair in
        let cut = pair.firstIndex(of: "=") ?? pair.endIndex
        return (String(pair[..<cut]), String(pair[cut...].dropFirst()))
      }
      (self.due, self.rule) = (due, rule)
    }
  }

  private static let editor: [EditorCase] = [
    EditorCase("repeat=day every=3", "2027-01-31", "FREQ=DAILY;INTERVAL=3"),
    EditorCase("repeat=week", "2027-01-31", "FREQ=WEEKLY;BYDAY=SU"),
    EditorCase("repeat=month on=date", "2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
    EditorCase("repeat=month on=last", "2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    EditorCase("repeat=month on=weekday", "2027-01-12", "FREQ=MONTHLY;BYDAY=2TU"),
    EditorCase("repeat=month on=weekday", "2027-01-31", "FREQ=MONTHLY;BYDAY=-1SU"),
    EditorCase("repeat=month on=last_weekday", "2027-01-29", "FREQ=MONTHLY;BYDAY=-1FR"),
    EditorCase("repeat=year on=date", "2028-02-29", "FREQ=YEARLY;BYMONTHDAY=28,29;BYMONTH=2;BYSETPOS=-1"),
    EditorCase("repeat=year on=weekday end=until until=2030-12-31", "2027-11-05", "FREQ=YEARLY;UNTIL=20301231;BYDAY=1FR;BYMONTH=11"),
    EditorCase("repeat=month every=2 basis=completion on=last", "2027-01-12", "FREQ=MONTHLY;INTERVAL=2"),
    EditorCase("repeat=rule rule=FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2027-01-29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
  ]

  /// The editor's choices as rules, and the same form saved again unchanged.
  @Test(arguments: editor) func theEditorWritesRules(editing: EditorCase) async throws {
    try await withTestSite(.sqlite) { site in
      let answer = try await site.post(Routes.Tasks.add(), as: .maria, Self.form(editing.fields + [("due", editing.due)]))
      #expect(answer.status == 303)
      let task = try #require(try await site.tasks(.maria).first)
      #expect(task.recurrence?.rule.text == editing.rule && task.due?.date.description == editing.due)
      // Put off, and then another title: neither the rule nor the day it stands on moves.
      _ = try await site.post(Routes.Tasks.postponeSave(task.id), as: .maria, [("until", "2029-03-01")])
      let later = try await site.read(as: .maria) { try $0.task(task.id) }
      var form = TaskForm.form(later)
      form.set("title", "Another")
      let pairs = form.fields.flatMap { name, values in values.map { (name, $0) } }
      #expect(try await site.post(Routes.Tasks.save(task.id), as: .maria, pairs).status == 303)
      let saved = try await site.read(as: .maria) { try $0.task(task.id) }
      #expect(saved.title == "Another" && saved.recurrence == task.recurrence && saved.scheduledOn == task.scheduledOn)
      #expect(saved.due?.date.description == "2029-03-01")
    }
  }

  @Test func aNameSeveralClientsHaveIsAsked() async throws {
    try await withTestSite(.sqlite) { site in
      let first = try await site.firm("Beta One", of: .maria)
      _ = try await site.firm("Beta Two", of: .maria)
      let answer = try await site.post(Routes.Tasks.add(), as: .maria, Self.form([("client_name", "Beta")]))
      #expect(answer.status == 422 && answer.text.contains("value=\"\(first)\""))
      #expect(try await site.post(Routes.Tasks.add(), as: .maria, Self.form([("client_name", "Beta"), ("client_id", "\(first)")])).status == 303)
      #expect(try await site.post(Routes.Tasks.add(), as: .maria, Self.form([("client_name", "Beta Two")])).status == 303)
      #expect(try await site.tasks(.maria).map(\.client) == ["Beta One", "Beta Two"])
    }
  }

  @Test func anotherSavedMeanwhile() async throws {
    try await withTestSite(.sqlite) { site in
      _ = try await site.post(Routes.Tasks.add(), as: .maria, Self.form([]))
      let id = try #require(try await site.tasks(.maria).first?.id)
      #expect(try await site.post(Routes.Tasks.save(id), as: .maria, Self.form([("version", "1"), ("note", "mine")])).status == 303)
      let conflict = try await site.post(Routes.Tasks.save(id), as: .maria, Self.form([("version", "1"), ("note", "theirs")]))
      #expect(conflict.status == 409 && conflict.text.contains("theirs") && conflict.text.contains("name=\"version\" value=\"2\""))
    }
  }

  @Test func isHandedOverPutOffTickedAndDeleted() async throws {
    try await withTestSite(.sqlite) { site in
      _ = try await site.post(Routes.Tasks.add(), as: .maria, Self.form([("steps", "one"), ("due", "2026-11-05")]))
      let id = try #require(try await site.tasks(.maria).first?.id)
      let step = try #require(try await site.read { try $0.task(id).steps.first?.id })
      #expect(try await site.post(Routes.Tasks.tick(step), as: .maria).status == 303)
      #expect(try await site.post(Routes.Tasks.addStep(id), as: .maria, [("step", "two")]).status == 303)
      #expect(try await site.post(Routes.Tasks.addStep(id), as: .maria, [("step", " ")]).status == 422)
      #expect(try await site.get(Routes.Tasks.page(id), as: .maria).text.contains("1 of 2 done"))
      // From a list the script wants only what to say.
      let quick = try await site.send(
        .post, Routes.Tasks.done(id), as: .maria, [.contentType: "application/x-www-form-urlencoded", .xFragment: "1"], body: Array("back=/tasks".utf8))
      #expect(quick.status == 200 && quick.text.hasPrefix("<div class=\"toast\">"))
      #expect(try await site.post(Routes.Tasks.reopen(id), as: .maria).status == 303)
      #expect(try await site.post(Routes.Tasks.postponeSave(id), as: .maria, [("by", "week")]).status == 303)
      #expect(try await site.tasks(.maria).map { $0.due?.date.description } == ["2026-11-12"])
      #expect(try await site.post(Routes.Tasks.postponeSave(id), as: .maria, [("until", "soon")]).status == 422)
      let version = try await site.read { try $0.task(id).version }
      let given = try await site.post(Routes.Tasks.handSave(id), as: .maria, [("owner", "\(TestPerson.ivan.id)"), ("version", "\(version)")])
      // She wrote it down, and so still sees it.
      #expect(given.location?.hasPrefix("/tasks/\(id)") == true)
      #expect(try await site.tasks(.ivan).map(\.id) == [id])
      let gone = try await site.post(Routes.Tasks.delete(id), as: .ivan)
      #expect(gone.location?.hasPrefix("/tasks?undo=") == true)
      #expect(try await site.get(Routes.Tasks.page(id), as: .ivan).status == 404)
    }
  }

  @Test(arguments: Language.allCases) func sentencesInEveryLanguage(language: Language) async throws {
    try await withTestSite(.sqlite) { site in
      let words = site.site.words(language, zone: "Europe/Sofia")
      let table: [(PlainRecurrence, Recurrence.Basis, [Language: String])] = [
        (PlainRecurrence(.day), .schedule, [.en: "Every day", .ru: "Каждый день", .pl: "Codziennie", .bg: "Всеки ден"]),
        (PlainRecurrence(.week, every: 2, weekdays: [.monday, .friday]), .schedule, [
          .en: "Every 2 weeks: Monday, Friday", .ru: "Каждые 2 недели: понедельник, пятница", .pl: "Co 2 tygodnie: poniedziałek, piątek",
          .bg: "На всеки 2 седмици: понеделник, петък",
        ]),
        (PlainRecurrence(.month, every: 5, monthDay: .day(3)), .schedule, [
          .en: "Every 5 months on the 3rd", .ru: "Каждые 5 месяцев, 3-го числа", .pl: "Co 5 miesięcy, 3. dnia", .bg: "На всеки 5 месеца, на 3-то число",
        ]),
        (PlainRecurrence(.month, monthDay: .weekday(2, .tuesday)), .schedule, [
          .en: "Every month on the second Tuesday", .ru: "Каждый месяц, во второй вторник", .pl: "Co miesiąc, w drugi wtorek",
          .bg: "Всеки месец, във втория вторник",
        ]),
        (PlainRecurrence(.year, monthDay: .weekday(-1, .wednesday), month: 11, end: .count(2)), .schedule, [
          .en: "Every year on the last Wednesday of November, 2 times in all", .ru: "Каждый год, в последнюю среду ноября, всего 2 раза",
          .pl: "Co roku, w ostatnią środę listopada, łącznie 2 razy", .bg: "Всяка година, в последната сряда на ноември, общо 2 пъти",
        ]),
        (PlainRecurrence(.year, monthDay: .day(29), month: 2), .schedule, [
          .en: "Every year on 29 February", .ru: "Каждый год, 29 февраля", .pl: "Co roku, 29 lutego", .bg: "Всяка година, на 29 февруари",
        ]),
        (PlainRecurrence(.month, every: 1), .completion, [
          .en: "1 month after it was done", .ru: "Через 1 месяц после выполнения", .pl: "1 miesiąc po wykonaniu", .bg: "1 месец след изпълнението",
        ]),
      ]
      for (plain, basis, wanted) in table {
        let sentence = words.sentence(Recurrence(try #require(plain.rule), basis)).replacing("\u{A0}", with: " ")
        #expect(sentence == wanted[language])
      }
    }
  }
}
