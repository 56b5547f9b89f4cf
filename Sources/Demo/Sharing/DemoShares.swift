import Database
import Domain
import Store

/// Links to the dossiers of the demo company: read, waiting, with a code, ended, withdrawn. None of them opens: nobody has their
/// tokens.
struct DemoShare {
  let recipient: [Language: String]
  /// Days before today.
  let madeDaysAgo: Int
  /// Days it opens from then on.
  let days: Int
  let hasCode: Bool
  let withdrawnDaysAgo: Int?
  /// Days before today of the first and the last reading.
  let readDaysAgo: (first: Int, last: Int, times: Int)?

  static let all = [
    DemoShare(
      recipient: [.en: "New manager, after our first call", .ru: "Новый менеджер, после первого звонка", .pl: "Nowy menedżer, po pierwszej rozmowie", .bg: "Нов мениджър, след първия разговор"],
      madeDaysAgo: 9, days: 30, hasCode: false, withdrawnDaysAgo: nil, readDaysAgo: (8, 2, 5)),
    DemoShare(
      recipient: [.en: "Finance, with a code", .ru: "Финансовый отдел, с кодом", .pl: "Dział finansów, z kodem", .bg: "Финанси, с код"],
      madeDaysAgo: 3, days: 30, hasCode: true, withdrawnDaysAgo: nil, readDaysAgo: nil),
    DemoShare(
      recipient: [.en: "Yearly review", .ru: "Итоги года", .pl: "Podsumowanie roku", .bg: "Годишен преглед"],
      madeDaysAgo: 200, days: 30, hasCode: false, withdrawnDaysAgo: nil, readDaysAgo: (199, 180, 11)),
    DemoShare(
      recipient: [.en: "Sent to the wrong address", .ru: "Отправлено не по тому адресу", .pl: "Wysłane na zły adres", .bg: "Изпратено на грешен адрес"],
      madeDaysAgo: 40, days: 60, hasCode: false, withdrawnDaysAgo: 40, readDaysAgo: nil),
  ]
}

extension Transaction {
  /// For the clients whose dossiers have most to show, in turn.
  func shareDemoDossiers() throws {
    let clients = try connection.rows("""
      SELECT e.client_id, p.language, p.owner_id FROM dossier_entry e JOIN party p ON p.id = e.client_id
      WHERE e.for_client AND e.removed_at IS NULL AND p.deleted_at IS NULL
      GROUP BY e.client_id, p.language, p.owner_id ORDER BY count(*) DESC, e.client_id LIMIT 12
      """) { row in (id: try row.next(ClientID.self), language: try row.next(Language?.self), owner: try row.next(AccountID?.self)) }
    var drafts: [HistoryDraft] = []
    for (number, client) in clients.enumerated() {
      let chosen = number == 0 ? DemoShare.all : [DemoShare.all[number % DemoShare.all.count]]
      for share in chosen {
        drafts += try write(share, client.id, client.language ?? .en, client.owner ?? actor.id, number)
      }
    }
    try insertHistory(drafts)
  }

  private func write(_ share: DemoShare, _ client: ClientID, _ language: Language, _ by: AccountID, _ number: Int) throws -> [HistoryDraft] {
    let ago = { (days: Int) in self.now.adding(milliseconds: -Int64(days) * Instant.day) }
    let made = ago(share.madeDaysAgo), recipient = share.recipient[language] ?? "", read = share.readDaysAgo
    let withdrawn = share.withdrawnDaysAgo.map { ago($0).adding(milliseconds: 10 * Instant.minute) }
    let id: ShareID = try connection.required("""
      INSERT INTO share_link (client_id, token_hash, recipient, language, period, code_hash, files, created_at, created_by, ends_at,
        withdrawn_at, withdrawn_by, views, first_viewed_at, last_viewed_at)
      VALUES (\(client), \(Secret.hash(of: "demo \(client) \(share.madeDaysAgo)")), \(recipient), \(language), 'all',
        \(share.hasCode ? "none" : String?.none), \(true), \(made), \(by), \(made.adding(milliseconds: Int64(share.days) * Instant.day)),
        \(withdrawn), \(withdrawn == nil ? AccountID?.none : by), \(read?.times ?? 0), \(read.map { ago($0.first) }), \(read.map { ago($0.last) }))
      RETURNING id
      """)
    let note = ShareNote(share: id, recipient: recipient)
    var drafts = [HistoryDraft(.dossierShared(note), client: client, by: by, at: made)]
    if let read { drafts.append(HistoryDraft(.dossierOpened(note), client: client, by: nil, at: ago(read.first))) }
    if let withdrawn { drafts.append(HistoryDraft(.dossierUnshared(note), client: client, by: by, at: withdrawn)) }
    return drafts
  }
}
