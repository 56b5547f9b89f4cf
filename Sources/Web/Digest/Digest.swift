import Domain
import Jobs
import Logging
import Markup
import Store

/// The morning's mail: one's Today list in one's own language, with links. Nothing to say, no mail.
enum Digest {
  static func letter(_ list: TodayList, _ w: Words, baseURL: String, at now: Instant) -> Letter? {
    guard list.count > 0 else { return nil }
    let sections = list.sections.map { section in
      LetterSection(title: .words("today.group.\(section.group)"), items: section.rows.map { item($0, w, now) } + more(section))
    }
    return Letter(
      subject: .words(list.isCapped ? "digest.subject_many" : "digest.subject", ["count": .count(list.count)]), opening: [.words("digest.opening", ["day": .text(w.formats.weekdayAndDay(w.zone.date(now)))])],
      sections: sections, action: LetterLink(.words("digest.open"), path: Routes.Today.page()),
      closing: [.words("digest.why"), .words("digest.change", ["link": .text(baseURL + Routes.Settings.profile())])])
  }

  private static func item(_ row: TodayRow, _ w: Words, _ now: Instant) -> LetterItem {
    let lines = row.matters.map { line($0, row.client, w, now) }
    guard let client = row.client else {
      let link = row.matters.first.flatMap { matter in ReasonFaces.face(matter.key.kind).link?(matter.key.subject) }
      return LetterItem(.plain(lines.first ?? ""), path: link ?? Routes.Today.page(), details: lines.dropFirst().map(Phrase.plain))
    }
    return LetterItem(
      .plain(client.name), path: client.isClient ? Routes.Clients.page(client.id) : Routes.People.page(client.id), details: lines.map(Phrase.plain))
  }

  private static func line(_ matter: TodayRow.Matter, _ client: TodayRow.Client?, _ w: Words, _ now: Instant) -> String {
    let face = ReasonFaces.face(matter.key.kind)
    let text = face.line(matter, client, w, now)
    guard face.showsDue else { return text }
    let day = w.day(matter.dueOn ?? w.zone.date(matter.dueAt), today: w.zone.date(now))
    return w("digest.line", ["text": text, "day": day])
  }

  private static func more(_ section: TodaySection) -> [LetterItem] {
    let rest = section.count - section.rows.count
    guard rest > 0 || section.isCapped else { return [] }
    return [LetterItem(section.isCapped ? .words("digest.more_many") : .words("digest.more", ["count": .count(rest)]), path: Routes.Today.page())]
  }
}

extension Site {
  /// Each digest that is due, made once whatever number of servers looks: the row in `digest` decides.
  package func makeDigests() async {
    let now = clock()
    do {
      for due in try await store.dueDigests(at: now) { await tryDigest(due, at: now) }
    } catch {
      log.warning("digests not made", metadata: ["error": "\(error)"])
    }
  }

  /// One that cannot be made holds up no other.
  private func tryDigest(_ due: DueDigest, at now: Instant) async {
    do { try await makeDigest(due, at: now) } catch {
      log.warning("digest not made", metadata: ["account": "\(due.account)", "error": "\(error)"])
    }
  }

  private func makeDigest(_ due: DueDigest, at now: Instant) async throws {
    let actor = try await store.actor(due.account)
    let words = words(actor.language, zone: actor.zone), baseURL = settings.baseURL
    try await store.write(as: actor, at: now) { tx in
      let isWorking = try tx.calendar(of: actor.id, from: due.day).isWorking(due.day)
      let letter = isWorking && !due.isTooLate ? Digest.letter(try tx.today(.mine), words, baseURL: baseURL, at: now) : nil
      _ = try tx.makeDigest(for: due.day, letter)
    }
  }
}
