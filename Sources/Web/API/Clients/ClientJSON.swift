import Domain
import Store

extension JSONWriter {
  mutating func client(_ view: ClientView) {
    let stored = view.stored, draft = stored.draft
    object { w in
      w.field("id", stored.id)
      w.field("version", stored.version)
      w.field("kind", word: draft.kind)
      w.field("isClient", draft.isClient)
      w.field("name", draft.name)
      w.plainFields(of: draft)
      w.name("profile")
      w.profile(draft.profile)
      w.contactPoints(draft.contactPoints)
      w.name("lastContact")
      w.lastContact(view.lastContact?.at, view.lastContact?.channel, view.lastContact?.direction)
      w.field("contactDueAt", view.rhythm?.dueAt)
      w.field("createdAt", stored.createdAt)
      w.field("createdBy", stored.createdBy)
      w.field("changedAt", stored.changedAt)
      w.field("changedBy", stored.changedBy)
      w.field("archivedAt", stored.archivedAt)
      w.field("deletedAt", stored.deletedAt)
    }
  }

  private mutating func plainFields(of draft: ClientDraft) {
    field("givenName", draft.givenName)
    field("middleName", draft.middleName)
    field("familyName", draft.familyName)
    field("ownNumber", draft.ownNumber)
    field("language", word: draft.language)
    field("zone", draft.zone?.name)
    field("country", draft.country?.code)
    field("birthDate", draft.birthDate)
    field("industry", draft.industry)
    field("size", word: draft.size)
    field("note", draft.note)
    field("relationshipId", draft.relationshipID)
    field("ownerId", draft.ownerID)
    field("contactDays", draft.contactDays)
    name("tags")
    array(draft.tags) { $0.text($1) }
    name("customFields")
    object { w in
      for (id, value) in draft.customValues.sorted(by: { $0.key < $1.key }) {
        w.name(id.description)
        w.customValue(value)
      }
    }
  }

  private mutating func customValue(_ value: CustomValue) {
    switch value {
    case .text(let text), .choice(let text): self.text(text)
    case .number(let number): self.number(number)
    case .date(let date): text(date.description)
    case .bool(let bool): self.bool(bool)
    }
  }

  private mutating func profile(_ profile: Domain.Profile) {
    object { w in
      w.field("gender", word: profile.gender)
      w.field("maritalStatus", word: profile.maritalStatus)
      w.field("children", profile.children)
      w.field("education", profile.education)
      w.field("occupation", profile.occupation)
      w.field("interests", profile.interests)
      w.field("registrationNumber", profile.registrationNumber)
      w.field("taxNumber", profile.taxNumber)
      w.field("legalName", profile.legalName)
      w.field("foundedYear", profile.foundedYear)
    }
  }

  private mutating func contactPoints(_ points: [ContactPoint]) {
    list("emails", points, .email) { w, point in w.field("address", point.value) }
    list("phones", points, .phone) { w, point in
      let parts = point.value.split(separator: ";ext=", maxSplits: 1)
      w.field("number", parts.first.map(String.init) ?? point.value)
      w.field("extension", parts.count > 1 ? String(parts[1]) : nil)
    }
    list("messengers", points, .messenger) { w, point in
      let messenger = point.messenger
      w.field("service", word: messenger?.service ?? .other)
      w.field("handle", messenger?.handle ?? point.value)
    }
    list("websites", points, .website) { w, point in w.field("url", point.value) }
    list("addresses", points, .address) { w, point in
      let address = point.postalAddress ?? PostalAddress(street: point.shown)
      w.field("street", address.street)
      w.field("city", address.city)
      w.field("region", address.region)
      w.field("postcode", address.postcode)
      w.field("country", address.country?.code)
    }
  }

  private mutating func list(
    _ name: String, _ points: [ContactPoint], _ kind: ContactPointKind, _ write: (inout JSONWriter, ContactPoint) -> Void
  ) {
    self.name(name)
    array(points.lazy.filter { $0.kind == kind }) { w, point in
      w.object { w in
        write(&w, point)
        w.field("label", point.label)
      }
    }
  }

  mutating func lastContact(_ at: Instant?, _ channel: Channel?, _ direction: Direction?) {
    guard let at else { return null() }
    object { w in
      w.field("at", at)
      w.field("channel", word: channel)
      w.field("direction", word: direction)
    }
  }

  mutating func line(_ line: ClientLine) {
    object { w in
      w.field("id", line.id)
      w.field("kind", word: line.kind)
      w.field("isClient", line.isClient)
      w.field("name", line.name)
      w.field("ownNumber", line.ownNumber)
      w.field("ownerId", line.ownerID)
      w.field("relationship", line.relationship.map { $0.name ?? $0.key })
      w.field("email", line.email)
      w.field("phone", line.phone)
      w.name("tags")
      w.array(line.tags) { $0.text($1.name) }
      w.name("lastContact")
      w.lastContact(line.lastContactAt, line.lastChannel, line.lastDirection)
      w.name("company")
      if let company = line.company {
        w.object { w in
          w.field("id", company.id)
          w.field("name", company.name)
        }
      } else { w.null() }
      w.field("archivedAt", line.archivedAt)
      w.field("deletedAt", line.deletedAt)
    }
  }
}
