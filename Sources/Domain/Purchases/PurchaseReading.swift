/// By what the client of a purchase is known, the surest first.
package struct PurchaseClient: Hashable, Sendable {
  package var number: String?
  /// Folded, as `EmailAddress.key`.
  package var email: String?
  /// E.164.
  package var phone: String?
  /// As sorted: folded.
  package var name: String?
}

/// A purchase of a list, put together from the rows that share its number.
package struct ReadPurchase: Sendable {
  /// Of the first of its rows, from 1.
  package let row: Int
  package let cells: [String]
  package fileprivate(set) var client = PurchaseClient()
  package fileprivate(set) var draft: PurchaseDraft?
  package fileprivate(set) var problems: [RowProblem] = []
  /// How many purchases alike stand before it in the list: two alike are two purchases, not one told twice.
  package fileprivate(set) var rank = 0
}

/// Reads the rows of a list into purchases. Rows with one number and one client are lines of one purchase: where lines have
/// amounts of their own a column for the whole is the whole of each row's purchase, else the rows' amounts are summed.
package enum PurchaseReading {
  package static func read(_ rows: some Sequence<[String]>, _ mapping: PurchaseMapping) -> [ReadPurchase] {
    var out: [ReadPurchase] = [], places: [String: Int] = [:], seen: [ReadKey: Int] = [:]
    for (index, cells) in rows.enumerated() where cells.contains(where: { !$0.trimmingBlanks.isEmpty }) {
      var row = RowOfPurchase(cells, mapping)
      row.parse()
      let key = row.number.map { "\($0)\u{1}\(row.client.text)" }
      if let key, let place = places[key], row.problems.isEmpty {
        out[place].add(row, mapping)
        continue
      }
      var read = ReadPurchase(row: index + 1, cells: cells)
      read.client = row.client
      (read.draft, read.problems) = (row.problems.isEmpty ? row.draft(mapping) : nil, row.problems)
      if let key, row.problems.isEmpty { places[key] = out.count }
      out.append(read)
    }
    for index in out.indices {
      guard let draft = out[index].draft, draft.number == nil else { continue }
      let key = ReadKey(client: out[index].client, day: draft.boughtOn, amount: draft.amount)
      out[index].rank = seen[key, default: 0]
      seen[key, default: 0] += 1
    }
    return out
  }
}

private struct ReadKey: Hashable { let client: PurchaseClient, day: CalendarDate, amount: Money }

extension PurchaseClient {
  fileprivate var text: String { [number, email, phone, name].map { $0 ?? "" }.joined(separator: "\u{1}") }
}

extension ReadPurchase {
  fileprivate mutating func add(_ row: RowOfPurchase, _ mapping: PurchaseMapping) {
    guard var old = draft, let new = row.draft(mapping), old.lines.count < PurchaseDraft.lineLimit else { return }
    old.lines += new.lines
    let isWhole = mapping.has(.amount) && (mapping.has(.lineAmount) || mapping.has(.unitPrice))
    if !isWhole {
      guard let sum = try? old.amount.adding(new.amount), !sum.isTooLarge else {
        (draft, problems) = (nil, [RowProblem(column: nil, "deals.error.too_large")])
        return
      }
      old.amount = sum
    }
    draft = old
  }
}

/// One row: its cells by what their columns mean.
private struct RowOfPurchase {
  private let cells: [PurchaseColumn: (column: Int, text: String)]
  private let mapping: PurchaseMapping
  var client = PurchaseClient()
  var number: String?
  var problems: [RowProblem] = []
  private var day: CalendarDate?
  private var amount: Money?
  private var line: PurchaseLineDraft?

  init(_ row: [String], _ mapping: PurchaseMapping) {
    var cells: [PurchaseColumn: (column: Int, text: String)] = [:]
    for (index, column) in mapping.columns {
      if let text = row.dropFirst(index).first.map({ String($0.trimmingBlanks) }), !text.isEmpty { cells[column] = (index, text) }
    }
    self.cells = cells
    self.mapping = mapping
  }

  private mutating func fail(_ column: PurchaseColumn, _ key: String) {
    problems.append(RowProblem(column: cells[column]?.column, key, value: cells[column]?.text ?? ""))
  }

  mutating func parse() {
    number = cells[.number].map { String($0.text.prefix(PurchaseDraft.numberLimit)) }
    readClient()
    if let text = cells[.date]?.text {
      // A time of day after the date does not matter here.
      let date = CalendarDate(String(text.prefix(10))) ?? CellDate.parse(Self.dateAlone(text), order: mapping.dateOrder)?.date
      if let date, 1900...2200 ~= date.year { day = date } else { fail(.date, "purchases.problem.bad_date") }
    } else {
      fail(.date, "purchases.problem.no_date")
    }
    readAmounts()
  }

  private static func dateAlone(_ text: String) -> String {
    guard let colon = text.firstIndex(of: ":"), let blank = text[..<colon].lastIndex(where: { $0 == " " || $0 == "T" }) else { return text }
    return String(text[..<blank])
  }

  private mutating func readClient() {
    // Spreadsheets keep numbers as numbers: 12662.0 is 12662.
    client.number = cells[.clientNumber].map { $0.text.hasSuffix(".0") ? String($0.text.dropLast(2)) : $0.text }
    if let text = cells[.email]?.text { client.email = EmailAddress(text)?.key }
    if let text = cells[.phone]?.text { client.phone = (try? PhoneNumber(text, in: mapping.country))?.e164 }
    client.name = cells[.clientName].map { Fold.sortKey($0.text) }
    if client == PurchaseClient() { fail(.clientName, "purchases.problem.no_client") }
  }

  private mutating func readAmounts() {
    let currency = cells[.currency].map { Currency($0.text) } ?? mapping.currency
    guard let currency else { return fail(.currency, "deals.error.currency_unknown") }
    func money(_ column: PurchaseColumn) -> Money?? {
      guard let text = cells[column]?.text else { return .some(nil) }
      let money = Money(text, currency: currency, decimal: mapping.decimal)
      if let money, !money.isTooLarge { return .some(money) }
      fail(column, money == nil ? "deals.error.amount" : "deals.error.too_large")
      return nil
    }
    guard let whole = money(.amount), let lineSum = money(.lineAmount), let price = money(.unitPrice) else { return }
    var milli: Int64 = 1000
    if let text = cells[.quantity]?.text {
      let isBack = text.hasPrefix("-") || text.hasPrefix("−")
      guard let quantity = Quantity(isBack ? String(text.dropFirst()) : text) else { return fail(.quantity, "deals.error.quantity") }
      milli = isBack ? -quantity.milli : quantity.milli
    }
    let priced = price.flatMap { price -> Money? in
      guard let quantity = Quantity(milli: Int64(clamping: milli.magnitude)), let sum = try? Pricing.gross(quantity, unitPrice: price.minor)
      else { return nil }
      return Money(minor: milli < 0 ? -sum : sum, currency: currency)
    }
    let ofLine = lineSum ?? priced
    if ofLine?.isTooLarge == true { return fail(.unitPrice, "deals.error.too_large") }
    guard let sum = whole ?? ofLine else { return fail(.amount, "purchases.problem.no_amount") }
    amount = sum
    if let product = cells[.product]?.text {
      line = PurchaseLineDraft(
        product: String(product.prefix(PurchaseLineDraft.productLimit)), quantityMilli: milli, amount: ofLine?.minor)
    }
  }

  func draft(_ mapping: PurchaseMapping) -> PurchaseDraft? {
    guard let day, let amount else { return nil }
    return PurchaseDraft(
      boughtOn: day, amount: amount, number: number, note: String((cells[.note]?.text ?? "").prefix(PurchaseDraft.noteLimit)),
      lines: line.map { [$0] } ?? [])
  }
}
