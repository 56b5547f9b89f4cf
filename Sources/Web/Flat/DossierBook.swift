import Domain
import Files
import HTTPTypes
import Hummingbird
import Markup
import NIOCore

/// A client's dossier as an Excel workbook in the reader's language: a sheet of totals, one for section 1, one for each of the others.
/// It takes the client's face and nothing else.
struct DossierBook {
  private let dossier: ClientDossier
  private let w: Words

  init(_ dossier: ClientDossier, words: Words) { (self.dossier, w) = (dossier, words) }

  func spreadsheet() -> Spreadsheet {
    let head = dossier.head
    var book = Spreadsheet(title: w("sheet.title", ["client": head.client]), author: head.madeBy, company: head.company, madeAt: head.madeAt)
    book.foot = w("flat.page_of", ["page": "&P", "pages": "&N"])
    book.signs = [.eur: "€", .usd: "$", .gbp: "£", .pln: "zł", .rub: "₽"]
    var names: [String] = []
    let name = { (text: String) -> String in
      let made = SheetName.make(text, besides: names)
      names.append(made)
      return made
    }
    book.sheets = [totals(name(w("sheet.tab.totals"))), company(name(w("sheet.tab.company")))]
    for section in DossierSection.written { book.sheets.append(self.section(section, name(w("sheet.tab.\(section.rawValue)")))) }
    return book
  }

  /// Sections 2 to 5 are the sheets from the third on.
  private func sheet(of section: DossierSection) -> Int { section.number }

  private func totals(_ name: String) -> Spreadsheet.Sheet {
    let h = dossier.headline, base = dossier.head.base
    var lines = [w("sheet.scope", ["period": DossierSheet.period(dossier.head.period, w), "currency": base.code])]
    if let since = h.since { lines.append(w("sheet.since", ["date": w.formats.date(since)])) }
    if let promises = h.promises, promises.due > 0 {
      let kept = w("sheet.kept_of", ["kept": w.formats.integer(promises.kept), "due": w.formats.integer(promises.due)])
      lines.append("\(w("sheet.kept")): \(kept)")
    }
    lines.append(w("sheet.made", ["date": w.formats.dateTime(dossier.head.madeAt), "name": dossier.head.madeBy, "company": dossier.head.company]))
    var sheet = Spreadsheet.Sheet(
      name: name, title: w("sheet.title", ["client": dossier.head.client]), lines: lines,
      columns: [
        .init(w("sheet.section_head"), width: 44), .init(w("sheet.entries"), width: 10, isNumber: true),
        .init(w("sheet.value", ["currency": base.code]), width: 18, isNumber: true),
      ])
    for section in DossierSection.written {
      let sum = dossier.totals.of(section)
      sheet.rows.append([
        .text(w("sheet.section.\(section.rawValue)")), .integer(sum.entries), .total(sheet: self.sheet(of: section), line: 0, column: 7, sum.total),
      ])
    }
    let given = DossierSection.written.indices.filter { DossierSection.written[$0].isGiven }
    let benefit = DossierSection.written.indices.filter { !DossierSection.written[$0].isGiven }
    sheet.totals = [
      [.strong(w("sheet.received")), .empty, .sum(dossier.totals.all.total)],
      [.text(w("sheet.given")), .empty, .sumOfRows(given, dossier.totals.given.total)],
      [.text(w("sheet.benefit")), .empty, .sumOfRows(benefit, dossier.totals.benefit.total)],
    ]
    return sheet
  }

  private func company(_ name: String) -> Spreadsheet.Sheet {
    var sheet = Spreadsheet.Sheet(
      name: name, title: w("sheet.section.company"),
      columns: [
        .init(w("sheet.kind"), width: 14), .init(w("sheet.name"), width: 50), .init(w("sheet.role"), width: 26),
        .init(w("sheet.first_day"), width: 13), .init(w("sheet.last_day"), width: 13), .init(w("sheet.price"), width: 18, isNumber: true),
      ])
    sheet.rows = dossier.managers.map { manager in
      [.text(w("sheet.kind.manager")), .text(manager.name), .text(manager.role), date(manager.from), date(manager.until), .empty]
    }
    sheet.rows += dossier.projects.map { project in
      [.text(w("sheet.project")), .text(project.name), .empty, date(project.from), date(project.until), project.price.map { .money($0) } ?? .empty]
    }
    return sheet
  }

  private func date(_ date: CalendarDate?) -> Spreadsheet.Cell { date.map { .date($0) } ?? .empty }

  private func section(_ section: DossierSection, _ name: String) -> Spreadsheet.Sheet {
    let base = dossier.head.base, sum = dossier.totals.of(section), told = section == .special
    var sheet = Spreadsheet.Sheet(
      name: name, title: w("sheet.section.\(section.rawValue)"),
      columns: [
        .init(w("sheet.date"), width: 13), .init(w("sheet.project"), width: 18), .init(w("sheet.what_only"), width: told ? 28 : 38),
        .init(w("sheet.why"), width: told ? 28 : 38), .init(w("sheet.how"), width: told ? 24 : 34), .init(w("sheet.amount"), width: 16, isNumber: true),
        .init(w("sheet.currency"), width: 9), .init(w("sheet.value", ["currency": base.code]), width: 18, isNumber: true),
      ] + (told ? ["asked", "did", "took"].map { .init(w("sheet.story.\($0)"), width: 30) } : []))
    sheet.rows = dossier.entries(of: section).map { row($0) + (told ? [$0.story.asked, $0.story.did, $0.story.took].map { .text($0) } : []) }
    sheet.totals = [[
      .strong(w("sheet.section_total", ["number": "\(section.number)"])), .empty, .empty, .empty, .empty, .empty, .empty, .sum(sum.total),
    ]]
    for amount in sum.unconverted {
      sheet.totals.append([
        .text(w("sheet.not_converted")), .empty, .empty, .empty, .empty, .unvalued(amounts: 5, currencies: 6, values: 7, amount),
        .text(amount.currency.code), .empty,
      ])
    }
    return sheet
  }

  private func row(_ entry: ClientDossier.Entry) -> [Spreadsheet.Cell] {
    let basis = entry.amount.map { [w("sheet.basis.\($0.basis.rawValue)"), $0.workings] } ?? []
    return [
      .date(entry.date), .text(entry.projectName ?? ""), .text(entry.what), .text(entry.why),
      .text((basis + [entry.proof]).filter { !$0.isEmpty }.joined(separator: "\n")), entry.amount.map { .money($0.money) } ?? .empty,
      entry.amount.map { .text($0.money.currency.code) } ?? .empty, entry.value.map { .money($0) } ?? .empty,
    ]
  }
}

extension Call {
  func excel(_ book: Spreadsheet, name: String) throws -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", .cacheControl: "no-store",
        .contentDisposition: AttachmentDownload.disposition(name + ".xlsx"),
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try book.xlsx())))
  }
}
