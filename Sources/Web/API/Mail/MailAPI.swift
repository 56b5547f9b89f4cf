import Domain
import HTTPTypes
import Store

extension Routes.API {
  static let mails = APIRoute<Void>(.get, "/mails", .logContacts, APIOperation(
    id: "listMailToFile", group: .history, summary: "Mail that nobody has filed yet, oldest first",
    query: [APIParameter("of", .choice(["me", "all"]), "The own when absent; `all`: of everyone in reach."), API.limit, API.cursor],
    answer: .found(.shape("MailToFile", .must("mails", .list(of: MailAPI.mail, max: 200)), .must("next", Schema.text(max: 2000).orNull)))))
  static let mail = APIRoute<CapturedMailID>(.get, "/mails/:id", .logContacts, APIOperation(
    id: "readMail", group: .history, summary: "A mail that was or is to be filed", answer: .found(MailAPI.mail)))
  static let fileMail = APIRoute<CapturedMailID>(.post, "/mails/:id/filing", .logContacts, APIOperation(
    id: "fileMail", group: .history, summary: "Say whose a mail is",
    details: "It becomes a contact in the client's history. 409 where somebody has dealt with it already.",
    body: .json(MailAPI.filing), answer: .changed(MailAPI.mail), traits: [.versioned, .repeatable, .unique],
    fields: ["client_name": "clientId", "person": "personId"]))
  static let dismissMail = APIRoute<CapturedMailID>(.post, "/mails/:id/dismissal", .logContacts, APIOperation(
    id: "dismissMail", group: .history, summary: "Say that a mail is not for the record",
    details: "409 where somebody has dealt with it already.", answer: .changed(MailAPI.mail), traits: [.versioned, .repeatable, .unique]))
}

/// Mail to file, for other programs.
enum MailAPI {
  private static let outsider = Schema.shape("MailOutsider", .must("name", .text(max: 10_000)), .must("address", .text(max: EmailAddress.maximumLength)))
  static let mail = Schema.shape(
    "Mail", .must("id", .id), .must("version", .version), .must("state", .choice(CaptureState.self)), .must("accountId", .id, "Who files it."),
    .must("direction", .choice(Direction.self)), .must("outsiders", .list(of: outsider, max: 10_000), "Everyone in it who is none of us."),
    .must("subject", .text(max: Contact.subjectLimit)), .must("body", .text(max: Contact.bodyLimit)), .must("sentAt", .instant))
  static let filing = Schema.shape(
    "MailFiling", .must("clientId", .id), .may("personId", .id, "With whom there."),
    .may("newPerson", .boolean, "With somebody new there, by the name and address of the mail."),
    .may("learn", .boolean, "The address is noted, so that further mail from there files itself; true when absent."))

  static func register(_ api: inout APIBook) {
    api.get(Routes.API.mails) { reader, request in
      let page = try reader.unfiledMail(
        everyone: request["of"] == "all", after: try request.cursor { CapturedMailID($0) }, limit: request.number("limit", default: 50))
      return APIAnswer { w in
        w.object { w in
          w.name("mails")
          w.array(page.lines) { $0.mail($1) }
          w.field("next", page.next?.description)
        }
      }
    }
    api.get(Routes.API.mail) { reader, request, id in
      let answer = try answer(reader, id)
      try request.call.saw(.capturedMail, id.rawValue)
      return answer
    }
    api.change(Routes.API.fileMail) { tx, request, id in
      let version = try request.expected(try tx.capturedMail(id).version), body = request.body
      let with: MailFiling.With = body["newPerson"]?.bool == true ? .newPerson : body["personId"]?.integer.map { .person(PersonID($0)) } ?? .nobody
      let filing = MailFiling(client: ClientID(body["clientId"]?.integer ?? 0), with: with, learns: body["learn"]?.bool ?? true)
      _ = try tx.file(id, filing, version: version, returnTo: Routes.Filing.mail(id))
      return try answer(tx, id)
    }
    api.change(Routes.API.dismissMail) { tx, request, id in
      let version = try request.expected(try tx.capturedMail(id).version)
      _ = try tx.dismiss(id, version: version, returnTo: Routes.Filing.mail(id))
      return try answer(tx, id)
    }
  }

  private static func answer(_ session: some Session, _ id: CapturedMailID) throws -> APIAnswer {
    let mail = try session.capturedMail(id)
    return APIAnswer(version: mail.version) { $0.mail(mail) }
  }
}

extension JSONWriter {
  fileprivate mutating func mail(_ mail: CapturedMail) {
    object { w in
      w.field("id", mail.id)
      w.field("version", mail.version)
      w.field("state", word: mail.state)
      w.field("accountId", mail.accountID)
      w.field("direction", word: mail.direction)
      w.name("outsiders")
      w.array(mail.outsiders) { w, outsider in
        w.object { w in
          w.field("name", outsider.name)
          w.field("address", outsider.address)
        }
      }
      w.field("subject", mail.subject)
      w.field("body", mail.body)
      w.field("sentAt", mail.sentAt)
    }
  }
}
