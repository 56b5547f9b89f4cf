import Domain
import Store

/// What hangs on entries: files, pins, corrections.
extension Teller {
  mutating func decorate(_ entry: Int, _ situation: Situation) {
    guard let contact = tale.entries[entry].contact else { return }
    let share = situation == .offer ? 30 : situation == .interim ? 22 : situation == .brief ? 15 : 0
    if dice.chance(share) { tale.entries[entry].files = [file(for: situation, contact)] }
    if situation == .agreed, dice.chance(6) { tale.entries[entry].pinnedAt = tale.entries[entry].recordedAt }
  }

  private mutating func file(for situation: Situation, _ contact: Contact) -> FileDraft {
    switch situation {
    case .offer:
      let lines = [
        "Gluharche - research and consulting, Sofia", "Offer \(zone.date(contact.occurredAt).year)-\(100 + number)",
        "Total: \(price) EUR, VAT not included",
      ]
      return FileDraft(name: "offer-\(100 + number).pdf", mediaType: "application/pdf", bytes: SmallPDF.bytes(lines))
    case .interim:
      let asides = Asides.of(place.language)
      let rows = asides.tableRows.map { "\($0);\(dice.within(8...74))" }
      let text = ([asides.tableHead] + rows).joined(separator: "\r\n") + "\r\n"
      return FileDraft(name: "table-\(100 + number).csv", mediaType: "text/csv", bytes: Array("\u{FEFF}\(text)".utf8))
    default:
      let text = "\(Asides.of(place.language).notes): \(project)\n\n\(contact.body)\n"
      return FileDraft(name: "brief-\(100 + number).txt", mediaType: "text/plain", bytes: Array(text.utf8))
    }
  }

  /// Some notes stand on top, and some entries were wrong at first.
  mutating func tellSecondThoughts() {
    for index in tale.entries.indices {
      if case .written(.note) = tale.entries[index].what, dice.chance(30) { tale.entries[index].pinnedAt = tale.entries[index].recordedAt }
      guard tale.entries[index].contact != nil, tale.entries[index].files.isEmpty, tale.entries[index].pinnedAt == nil, dice.chance(2)
      else { continue }
      correct(index)
    }
  }

  private mutating func correct(_ index: Int) {
    var entry = tale.entries[index]
    guard var contact = entry.contact else { return }
    let recordedAt = entry.recordedAt.adding(milliseconds: Int64(dice.within(2...60)) * Instant.hour)
    guard recordedAt <= now else { return }
    let asides = Asides.of(place.language)
    let dayBefore = entry.at.adding(milliseconds: -Instant.day)
    let first = tale.entries.map(\.at).min() ?? entry.at
    let isOfficeDay = zone.date(dayBefore) == OfficeDays.weekday(zone.date(dayBefore))
    if dice.chance(50), dayBefore > first, isOfficeDay, holds(entry.person, dayBefore) {
      (entry.at, contact.occurredAt) = (dayBefore, dayBefore)
      entry.reason = dice.pick(asides.wrongDay)
    } else {
      guard !contact.outcome.isEmpty else { return }
      contact.outcome = ""
      entry.reason = dice.pick(asides.wrongOutcome)
    }
    entry.what = .written(.contact(contact))
    entry.recordedAt = recordedAt
    entry.corrects = index
    tale.entries.append(entry)
  }

  private func holds(_ person: Tale.Someone?, _ at: Instant) -> Bool {
    guard let person else { return true }
    return presences.contains { $0.who == person && $0.holds(zone.date(at)) }
  }
}

/// A page of Latin text, as small as the format allows.
enum SmallPDF {
  static func bytes(_ lines: [String]) -> [UInt8] {
    let text = lines.enumerated().map { row, line in
      let plain = line.replacing("(", with: "\\(").replacing(")", with: "\\)")
      return "1 0 0 1 72 \(760 - row * 24) Tm (\(plain)) Tj"
    }.joined(separator: "\n")
    let content = "BT /F1 14 Tf\n\(text)\nET"
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    var out = "%PDF-1.4\n"
    var places: [Int] = []
    for (index, object) in objects.enumerated() {
      places.append(out.utf8.count)
      out += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let table = places.map { place in
      let digits = String(place)
      return String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }.joined()
    let start = out.utf8.count
    out += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(table)"
    out += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(out.utf8)
  }
}
