import Database
import Domain
import Store

/// A project of the sample client with one of everything that a path may name. Its owner may lack the right to make it, so it is
/// written past the permissions.
enum SampleDeals {
  private static let plan = """
    {"delimiter":44,"encoding":"utf8","hasSeparatorLine":false,"headingRow":0,"headings":["Date","Client","Amount"],"sheets":[],\
    "mapping":{"columns":{"0":"date","1":"clientName","2":"amount"},"currency":"EUR","dateOrder":"dayFirst","decimal":"guess"}}
    """

  static func make(_ tx: Transaction, _ client: PartyID, _ person: PartyID, _ text: String) throws -> [String: Int64] {
    let c = tx.connection, by = tx.actor.id, now = tx.now
    let stage: Int64 = try c.required("SELECT id FROM deal_stage WHERE key = 'lead'")
    let own: Int64 = try c.required("""
      INSERT INTO deal_stage (key, name, phase, probability, position) VALUES (\("own \(client)"), \(String(text.prefix(60))), 'open', 50, 9)
      RETURNING id
      """)
    let deal: Int64 = try c.required("""
      INSERT INTO deal (client_id, name, name_sort, stage_id, stage_since, owner_id, currency, list_minor, agreed_minor, note,
        created_at, changed_at) VALUES (\(client), \(text), \(text), \(stage), \(now), \(by), 'EUR', 100000, 100000, \(text), \(now), \(now))
      RETURNING id
      """)
    let offering: Int64 = try c.required("""
      INSERT INTO offering (name, name_key, note, created_at) VALUES (\(text), \(text), \(text), \(now)) RETURNING id
      """)
    let hash = "hash\(client)"
    return [
      "deals": deal, "settings/stages": own, "settings/offerings": offering,
      "settings/loss-reasons": try c.required("""
        INSERT INTO deal_reason (key, name, position) VALUES (\("own \(client)"), \(String(text.prefix(100))), 20) RETURNING id
        """),
      "deal-lines": try c.required("""
        INSERT INTO deal_line (deal_id, position, text, quantity_milli, unit_price_minor, gross_minor, net_minor, unit_cost_minor)
        VALUES (\(deal), 1, \(text), 1000, 100000, 100000, 100000, 77771) RETURNING id
        """),
      "deal-members": try c.required("INSERT INTO deal_member (deal_id, account_id, role) VALUES (\(deal), \(by), \(text)) RETURNING id"),
      "deal-contacts": try c.required("INSERT INTO deal_contact (deal_id, person_id, role) VALUES (\(deal), \(person), \(text)) RETURNING id"),
      "deal-requirements": try c.required("""
        INSERT INTO deal_requirement (deal_id, text, absorbed, added_at) VALUES (\(deal), \(text), \(true), \(now)) RETURNING id
        """),
      "deal-documents": try c.required("""
        INSERT INTO deal_document (deal_id, hash, name, media_type, size, added_at) VALUES (\(deal), \(hash), \(text), 'text/html', 1, \(now))
        RETURNING id
        """),
      "purchases": try c.required("""
        INSERT INTO purchase (client_id, bought_on, amount_minor, currency, note, source, created_at, changed_at)
        VALUES (\(client), '2026-11-01', 4800, 'EUR', \(text), 'hand', \(now), \(now)) RETURNING id
        """),
      "purchases/imports": try c.required("""
        INSERT INTO purchase_import (file_name, file_hash, state, mapping, account_id, created_at)
        VALUES (\(text), \(hash), 'mapping', \(Self.plan), \(by), \(now)) RETURNING id
        """),
      "opportunities": try c.required("""
        INSERT INTO opportunity (client_id, text, noticed_by, noticed_at, to_id, state)
        VALUES (\(client), \(text), \(by), \(now), \(by), 'waiting') RETURNING id
        """),
    ]
  }
}
