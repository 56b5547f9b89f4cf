import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let tags = APIRoute<Void>(.get, "/tags", .viewClients, APIOperation(
    id: "listTags", group: .reference, summary: "Tags by name",
    answer: .found(.shape("Tags", .must("tags", .list(of: .shape("Tag", .must("id", .id), .must("name", .text(max: 60))), max: 1000))))))
  static let relationships = APIRoute<Void>(.get, "/relationship-types", .viewClients, APIOperation(
    id: "listRelationshipTypes", group: .reference, summary: "Relationship types with their defaults",
    answer: .found(.shape("RelationshipTypes", .must("relationshipTypes", .list(of: ReferenceAPI.relationship, max: 1000))))))
  static let fields = APIRoute<Void>(.get, "/custom-fields", .viewClients, APIOperation(
    id: "listCustomFields", group: .reference, summary: "The company's own fields",
    answer: .found(.shape("CustomFields", .must("customFields", .list(of: ReferenceAPI.field, max: 1000))))))
  static let accounts = APIRoute<Void>(.get, "/accounts", .viewClients, APIOperation(
    id: "listAccounts", group: .reference, summary: "Colleagues: owners and authors by id", query: [API.limit, API.cursor],
    answer: .found(ClientSchema.page("AccountPage", "accounts",
      .shape("Account", .must("id", .id), .must("name", .text(max: 200)), .must("isClosed", .boolean))))))
  static let me = APIRoute<Void>(.get, "/me", nil, APIOperation(
    id: "readMe", group: .reference, summary: "Who the token speaks for, and what it may do", answer: .found(ReferenceAPI.me)))
}

/// What ids in other answers stand for.
enum ReferenceAPI {
  static let relationship = Schema.shape("RelationshipType",
    .must("id", .id), .must("key", .text(max: 200)), .must("name", Schema.text(max: 200).orNull, "null for a built-in type."),
    .must("intervalDays", Schema.integer(1...100_000).orNull), .must("channel", Schema.choice(Channel.self).orNull),
    .must("ownerId", Schema.id.orNull))
  static let field = Schema.shape("CustomField",
    .must("id", .id), .must("name", .text(max: 60)), .must("type", .choice(CustomField.Kind.self)),
    .must("appliesTo", .choice(CustomField.AppliesTo.self)), .must("options", .list(of: .text(max: 1000), max: 1000)))
  static let me = Schema.shape("Me",
    .must("id", .id), .must("name", .text(max: 200)), .must("role", .choice(Role.self)), .must("scope", .choice(Scope.self)),
    .must("teamId", Schema.id.orNull), .must("language", .choice(Language.self)), .must("zone", .text(max: 64)),
    .must("permissions", .list(of: .choice(Permission.self), max: 100)))

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.tags) { reader, _ in
      list("tags", try reader.tags(limit: 1000)) { w, tag in
        w.field("id", tag.id)
        w.field("name", tag.name)
      }
    }
    api.get(Routes.API.relationships) { reader, _ in
      list("relationshipTypes", try reader.relationships()) { w, type in
        w.field("id", type.id)
        w.field("key", type.name.key)
        w.field("name", type.name.name)
        w.field("intervalDays", type.intervalDays)
        w.field("channel", word: type.channel)
        w.field("ownerId", type.ownerID)
      }
    }
    api.get(Routes.API.fields) { reader, _ in
      list("customFields", try reader.customFields()) { w, field in
        w.field("id", field.id)
        w.field("name", field.name)
        w.field("type", word: field.kind)
        w.field("appliesTo", word: field.appliesTo)
        w.name("options")
        w.array(field.options) { $0.text($1) }
      }
    }
    api.get(Routes.API.accounts, accounts)
    api.get(Routes.API.me) { reader, _ in me(reader.actor) }
  }

  private static func list<Item>(_ name: String, _ items: [Item], _ write: (inout JSONWriter, Item) -> Void) -> APIAnswer {
    APIAnswer { w in
      w.object { w in
        w.name(name)
        w.array(items) { w, item in w.object { write(&$0, item) } }
      }
    }
  }

  @Sendable private static func accounts(_ reader: Reader, _ request: APIRequest) throws -> APIAnswer {
    let limit = request.number("limit", default: 50)
    let found = try reader.accountNames(after: try request.cursor { AccountID($0) }, limit: limit + 1)
    return APIAnswer { w in
      w.object { w in
        w.name("accounts")
        w.array(found.prefix(limit)) { w, account in
          w.object { w in
            w.field("id", account.id)
            w.field("name", account.name)
            w.field("isClosed", account.isClosed)
          }
        }
        w.field("next", found.count > limit ? found.prefix(limit).last?.id.description : nil)
      }
    }
  }

  private static func me(_ actor: Actor) -> APIAnswer {
    APIAnswer { w in
      w.object { w in
        w.field("id", actor.id)
        w.field("name", actor.name)
        w.field("role", word: actor.role)
        w.field("scope", word: actor.scope)
        w.field("teamId", actor.teamID)
        w.field("language", word: actor.language)
        w.field("zone", actor.zone)
        w.name("permissions")
        w.array(Permission.allCases.filter { actor.may($0) }) { $0.text($1.rawValue) }
      }
    }
  }
}
