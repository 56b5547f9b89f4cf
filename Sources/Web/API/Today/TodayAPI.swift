import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let today = APIRoute<Void>(.get, "/today", .viewClients, APIOperation(
    id: "readToday", group: .clients, summary: "Who needs somebody today, most pressing first",
    details: "A client appears once with all its reasons. At most \(TodayList.sectionLimit) rows of each heading. `count` counts the rows of its first \(TodayList.cap) reasons; `isCapped` says that there are more. With `of` a colleague's page, as far as the account may see it.",
    query: [APIParameter("of", .id, "An account; the token's own when absent.")], answer: .found(TodayAPI.list)))
}

/// The page Today for programs.
enum TodayAPI {
  private static let matter = Schema.shape("Reason",
    .must("kind", .choice(ReasonKind.self)), .must("subjectId", .id, "Of the promise, task, fact, client or person it comes from."),
    .must("dueAt", .instant), .must("dueOn", Schema.date.orNull, "Where a whole day is meant."), .must("text", .text(max: 3000)),
    .must("number", Schema.integer(0...100_000).orNull, "The age or years of a date, the days of the contact rhythm."))
  private static let row = Schema.shape("TodayRow",
    .must("clientId", Schema.id.orNull, "null where there is none, or it is out of sight."), .must("name", Schema.text(max: 300).orNull),
    .must("lastContactAt", Schema.instant.orNull), .must("accountId", Schema.id.orNull, "Whose it is, when not the token's own."),
    .must("reasons", .list(of: matter, max: 1000)))
  static let list = Schema.shape("Today",
    .must("count", .integer(0...100_000)), .must("isCapped", .boolean), .must("doneToday", .integer(0...100_000)),
    .must("sections", .list(of: .shape("TodaySection",
      .must("heading", .choice(ReasonGroup.allCases.map { "\($0)" })), .must("count", .integer(0...100_000)), .must("isCapped", .boolean), .must("rows", .list(of: row, max: 50))), max: 20)))

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.today) { reader, request in
      let account = request.call.query["of"].flatMap { AccountID($0) }
      let list = try reader.today(account.map(TodayView.account) ?? .mine)
      let figures = try reader.todayFigures(of: account ?? reader.actor.id, isEmpty: false)
      return APIAnswer { w in w.today(list, figures) }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func today(_ list: TodayList, _ figures: TodayFigures) {
    object { w in
      w.field("count", list.count)
      w.field("isCapped", list.isCapped)
      w.field("doneToday", figures.doneToday)
      w.name("sections")
      w.array(list.sections) { w, section in
        w.object { w in
          w.field("heading", "\(section.group)")
          w.field("count", section.count)
          w.field("isCapped", section.isCapped)
          w.name("rows")
          w.array(section.rows) { $0.row($1) }
        }
      }
    }
  }

  private mutating func row(_ row: TodayRow) {
    object { w in
      w.field("clientId", row.client?.id)
      w.field("name", row.client?.name)
      w.field("lastContactAt", row.client?.lastContactAt)
      w.field("accountId", row.account?.id)
      w.name("reasons")
      w.array(row.matters) { w, matter in
        w.object { w in
          w.field("kind", word: matter.key.kind)
          w.field("subjectId", PartyID(matter.key.subject))
          w.field("dueAt", matter.dueAt)
          w.field("dueOn", matter.dueOn)
          w.field("text", matter.text)
          w.field("number", matter.number)
        }
      }
    }
  }
}
