import Database
import Domain
import Store

/// Mail that came in: from strangers, so that somebody has to say whose it is, and from people we know, which files itself.
struct MailTale: Sendable {
  /// Of the colleague who was written to.
  let to: String
  /// Nil: someone at a client of that colleague.
  let writer: (name: String, address: String)?
  let hoursAgo: Int64
  let subject: String
  let text: String
  var file: String?

  static let all = [
    MailTale(
      to: "elena", writer: ("Валентина Радева", "v.radeva@bordograd.example"), hoursAgo: 20, subject: "Запитване за проучване сред гостите на хотела",
      text: "Здравейте,\n\nпрепоръчаха ни ви от хотел в Сандански. Бихте ли изпратили примерна оферта за анкета сред гостите, на български и английски?\n\nПоздрави,\nВалентина Радева"),
    MailTale(
      to: "elena", writer: ("", "office@kamenitsa-print.example"), hoursAgo: 44, subject: "Фактура 1000348",
      text: "Изпращаме фактурата за отпечатаните въпросници.", file: "faktura-1000348.txt"),
    MailTale(
      to: "maria", writer: ("Стоян Кръстев", "stoyan.krastev@mlekarna-rila.example"), hoursAgo: 3, subject: "Кога ще получим графиките?",
      text: "Здравейте, Мария,\n\nна срещата споменахте, че графиките са готови. Може ли да ги видим преди съвета в четвъртък?\n\nСтоян"),
    MailTale(
      to: "piotr", writer: ("Grażyna Siwiec", "g.siwiec@meblarnia-warta.example"), hoursAgo: 5, subject: "Pytanie o badanie satysfakcji",
      text: "Dzień dobry,\n\nczy można dodać do ankiety dwa pytania o czas dostawy? Termin bez zmian.\n\nPozdrawiam\nGrażyna Siwiec"),
    MailTale(
      to: "dmitry", writer: ("Антон Лебедев", "lebedev@severny-port.example"), hoursAgo: 7, subject: "Опрос водителей: сроки",
      text: "Добрый день!\n\nПодскажите, успеем ли до конца месяца? Если нужно, выделим ещё двух человек.\n\nАнтон"),
    MailTale(
      to: "hannah", writer: ("Priya Nair", "priya.nair@tideway-cafes.example"), hoursAgo: 26, subject: "Mystery visits in the new year",
      text: "Hi Hannah,\n\nwe met at the fair. Could we talk about mystery visits for nine cafés from January?\n\nBest,\nPriya"),
    MailTale(
      to: "elena", writer: nil, hoursAgo: 30, subject: "Re: Доклад за тримесечието",
      text: "Благодаря, много полезно. Страница 4 ще покажа на ръководството.\n\nНа вт, 10:12 Елена Стоянова <elena@gluharche.example> написа:\n> Здравейте,\n> изпращам доклада за тримесечието."),
    MailTale(
      to: "hannah", writer: nil, hoursAgo: 28, subject: "Re: Interview guide",
      text: "Looks good, two small changes inline.\n\nOn Thu, 10:12 Hannah Whitcombe <hannah@gluharche.example> wrote:\n> Here is the guide.\n> Shall we start on Monday?"),
  ]
}

extension Store {
  func tellMail(at now: Instant) async throws {
    for (number, tale) in MailTale.all.enumerated() {
      guard let colleague = Agency.colleagues.first(where: { $0.email.hasPrefix(tale.to + "@") }), let home = EmailAddress(colleague.email)
      else { continue }
      let moment = now.adding(milliseconds: -tale.hoursAgo * Instant.hour)
      guard let writer = try await writer(of: tale, colleague, at: now) else { continue }
      var mail = ReceivedMail(
        messageID: "tale-\(number)@gluharche.example", from: [writer], to: [ReceivedMail.Mailbox(name: colleague.name, address: home)],
        subject: tale.subject, sentAt: moment, text: tale.text)
      if let name = tale.file { mail.files = [ReceivedMail.File(name: name, mediaType: "text/plain", bytes: Array("1000348; 412,80 EUR\n".utf8))] }
      let incoming = IncomingMail(mail, key: CaptureRules.key(bytes: []), mailbox: nil, keeper: colleague.id, takes: .all)
      _ = try await capture(incoming, at: moment)
    }
  }

  private func writer(of tale: MailTale, _ colleague: Colleague, at now: Instant) async throws -> ReceivedMail.Mailbox? {
    if let writer = tale.writer { return EmailAddress(writer.address).map { ReceivedMail.Mailbox(name: writer.name, address: $0) } }
    return try await write(as: colleague.actor, at: now) { tx in
      let found = try tx.connection.first("""
        SELECT p.name, c.value FROM party f JOIN tie t ON t.company_id = f.id AND t.until_date IS NULL
          JOIN party p ON p.id = t.person_id AND p.deleted_at IS NULL
          JOIN contact_point c ON c.party_id = p.id AND c.kind = 'email' AND c.position = (
            SELECT min(e.position) FROM contact_point e WHERE e.party_id = p.id AND e.kind = 'email')
        WHERE f.owner_id = \(colleague.id) AND f.is_client AND f.archived_at IS NULL AND f.deleted_at IS NULL ORDER BY f.id DESC, p.id LIMIT 1
        """) { (name: try $0.next(String.self), address: try $0.next(String.self)) }
      return found.flatMap { one in EmailAddress(one.address).map { ReceivedMail.Mailbox(name: one.name, address: $0) } }
    }
  }
}
