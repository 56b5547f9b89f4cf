import Domain
import HTTPTypes

extension Routes {
  /// What a company sets for its clients: custom fields, tags, relationship types.
  enum Fields {
    static let list = Route<Void>(.get, "/settings/fields", .may(.manageFields))
    static let create = Route<Void>(.post, "/settings/fields", .may(.manageFields))
    static let edit = Route<FieldID>(.get, "/settings/fields/:id", .may(.manageFields))
    static let update = Route<FieldID>(.post, "/settings/fields/:id", .may(.manageFields))
    static let archive = Route<FieldID>(.post, "/settings/fields/:id/archive", .may(.manageFields))
    static let tags = Route<Void>(.get, "/settings/tags", .may(.manageFields))
    static let renameTag = Route<TagID>(.post, "/settings/tags/:id", .may(.manageFields))
    static let tagInterval = Route<TagID>(.post, "/settings/tags/:id/interval", .may(.manageFields))
    static let removeTag = Route<TagID>(.post, "/settings/tags/:id/removal", .may(.manageFields))
    static let relationships = Route<Void>(.get, "/settings/relationships", .may(.manageFields))
    static let createRelationship = Route<Void>(.post, "/settings/relationships", .may(.manageFields))
    static let relationship = Route<RelationshipID>(.get, "/settings/relationships/:id", .may(.manageFields))
    static let changeRelationship = Route<RelationshipID>(.post, "/settings/relationships/:id", .may(.manageFields))
    static let archiveRelationship = Route<RelationshipID>(.post, "/settings/relationships/:id/archive", .may(.manageFields))
  }
}
