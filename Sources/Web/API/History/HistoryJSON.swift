import Domain
import Store

/// Entries of the history as the API writes them.
enum HistorySchema {
  static let attachment = Schema.shape("Attachment",
    .must("id", .id), .must("name", .text(max: 300)), .must("mediaType", .text(max: 300)), .must("size", .integer(0...Int64.max), "Bytes."))

  static let entry = Schema.shape("Entry",
    .must("id", .id), .must("clientId", .id), .must("personId", Schema.id.orNull), .must("kind", .choice(HistoryKind.self)),
    .must("isAutomatic", .boolean, "Written by the program."), .must("channel", Schema.choice(Channel.self).orNull),
    .must("direction", Schema.choice(Direction.self).orNull, "`in`: the client came to us."), .must("occurredAt", .instant),
    .must("recordedAt", .instant), .must("authorId", Schema.id.orNull), .must("subject", .text(max: 1_000_000)),
    .must("body", .text(max: 1_000_000)), .must("outcome", .text(max: 1_000_000)),
    .must("event", Schema.anyObject.orNull, "What happened, of an automatic entry."),
    .must("corrects", Schema.id.orNull, "The entry it takes the place of."), .must("supersededBy", Schema.id.orNull),
    .must("reason", Schema.text(max: 1_000_000).orNull), .must("isPinned", .boolean), .must("isErased", .boolean),
    .must("attachments", .list(of: attachment, max: 1000)))

  static let page = Schema.shape("HistoryPage",
    .must("pinned", .list(of: entry, max: 200), "On the first page while nothing is filtered; left out of `entries` then."),
    .must("entries", .list(of: entry, max: 200), "Newest first."), .must("next", Schema.text(max: 200).orNull))

  static let written: [SchemaField] = [
    .may("channel", .choice(Channel.self), "Of a contact."), .may("direction", .choice(Direction.self), "Of a contact."),
    .may("occurredAt", .instant, "Now when absent; never after today."), .may("personId", Schema.id.orNull, "With whom, of the client's people."),
    .may("subject", .text(max: Contact.subjectLimit)), .may("body", .text(max: Contact.bodyLimit)),
    .may("outcome", .text(max: Contact.bodyLimit), "Of a contact."),
  ]
  static let input = Schema.object(Shape("EntryInput", [.must("kind", .choice(["contact", "note"]))] + written))
  static let correction = Schema.object(Shape("CorrectionInput", [.must("reason", .text(1...2000))] + written))
  static let withdrawal = Schema.shape("WithdrawalInput", .may("reason", .text(max: 2000)))
}

extension JSONWriter {
  mutating func entry(_ entry: TimelineEntry) {
    object { w in
      w.field("id", entry.id)
      w.field("clientId", entry.clientID)
      w.field("personId", entry.personID)
      w.field("kind", word: entry.kind)
      w.field("isAutomatic", entry.kind.isAutomatic)
      w.field("channel", word: entry.channel)
      w.field("direction", word: entry.direction)
      w.field("occurredAt", entry.occurredAt)
      w.field("recordedAt", entry.recordedAt)
      w.field("authorId", entry.authorID)
      w.field("subject", entry.subject)
      w.field("body", entry.body)
      w.field("outcome", entry.outcome)
      w.name("event")
      if let event = entry.event { w.json(event.payload.utf8) } else { w.null() }
      w.field("corrects", entry.correctsID)
      w.field("supersededBy", entry.supersededBy)
      w.field("reason", entry.reason)
      w.field("isPinned", entry.isPinned)
      w.field("isErased", entry.isErased)
      w.name("attachments")
      w.array(entry.files) { $0.attachment($1) }
    }
  }

  mutating func attachment(_ file: Attachment) {
    object { w in
      w.field("id", file.id)
      w.field("name", file.name)
      w.field("mediaType", file.mediaType)
      w.field("size", file.size)
    }
  }
}
