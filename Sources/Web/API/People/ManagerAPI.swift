import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let changeManager = APIRoute<ClientID>(.post, "/clients/:id/manager", .editClients, APIOperation(
    id: "changeManager", group: .people, summary: "Say that somebody else decides at a company now",
    details: """
      Whoever decided so far does so no more, and somebody new does: one who is here, a new person, or, without both, nobody knows yet who. \
      Today then proposes to introduce ourselves. The answer is the company's people as they are now.
      """,
    body: .json(ManagerAPI.input), answer: .changed(PeopleAPI.ties), traits: [.repeatable, .unique],
    fields: ["successor": "personId", "company_name": "followTo.companyId"]))
}

/// The client's manager changed, by program.
enum ManagerAPI {
  private static let place = Schema.object(Shape("ManagerPlace", [
    .may("companyId", .id, "One that is here; else `name`."), .may("name", .text(max: 300), "A company nobody knew of."), .may("role", .text(max: 200)),
  ]))
  static let input = Schema.object(Shape("ManagerChange", [
    .may("lastDay", Schema.date.orNull, "Of the one who decided so far; today when absent."), .may("role", .text(max: 200), "As before when absent."),
    .may("personId", .id, "Who decides now, of those who are here; else `person`."), .may("person", ClientSchema.person),
    .may("followTo", place, "Where the one who decided so far works now; refused where nobody did."),
  ]))

  static func register(_ api: inout APIBook) {
    api.change(Routes.API.changeManager) { tx, request, id in
      let view = try tx.clientView(id)
      guard view.stored.draft.kind == .company else { throw InvalidForm([FieldMessage(field: "id", key: "api.no_company")]) }
      let old = view.ties.first { $0.tie.isCurrent && $0.tie.tie.isManager }
      let change = ManagerSuccession(
        old: old?.tie.id, lastDay: try lastDay(request.body, tx), successor: try successor(request.body, tx), role: text(request.body["role"]),
        destination: try destination(request.body["followTo"]?.object, isAnybody: old != nil))
      _ = try tx.changeManager(of: id, change, returnTo: Routes.Clients.page(id))
      return try PeopleAPI.answer(tx, of: id)
    }
  }

  private static func text(_ value: JSONValue?) -> String { value?.filled ?? "" }

  private static func lastDay(_ body: JSONObject, _ tx: Transaction) throws -> CalendarDate {
    guard let day = (body["lastDay"]?.text).flatMap({ CalendarDate($0) }) else { return tx.today }
    guard day <= tx.today.adding(days: ManagerSuccession.noticeDays) else { throw InvalidForm([FieldMessage(field: "lastDay", key: "clients.error.date")]) }
    return day
  }

  private static func successor(_ body: JSONObject, _ tx: Transaction) throws -> ManagerSuccession.Successor {
    switch (body["personId"]?.integer, body["person"]?.object) {
    case (let known?, nil): return .known(PersonID(rawValue: known))
    case (nil, let new?):
      return .new(try ClientPatch.draft(new, over: ClientDraft(kind: .person, isClient: false, name: ""), try tx.patchTerms()))
    case (nil, nil): return .unknown
    default: throw InvalidForm([FieldMessage(field: "personId", key: "api.one_of_two", slots: ["other": "person"])])
    }
  }

  /// - Parameter isAnybody: whether anybody decided so far, who may have gone somewhere.
  private static func destination(_ place: JSONObject?, isAnybody: Bool) throws -> ManagerSuccession.Destination {
    guard let place else { return .none }
    guard isAnybody else { throw InvalidForm([FieldMessage(field: "followTo", key: "api.nobody_decided")]) }
    let name = text(place["name"]), role = text(place["role"])
    switch place["companyId"]?.integer {
    case let id? where name.isEmpty: return .known(PartyID(rawValue: id), role: role)
    case nil where !name.isEmpty: return .new(name: name, role: role)
    default: throw InvalidForm([FieldMessage(field: "followTo.companyId", key: "api.one_of_two", slots: ["other": "name"])])
    }
  }
}
