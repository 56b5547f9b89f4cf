/// What clients bought, and the lists it came from. Amounts are minor units beside an ISO 4217 currency; a quantity is thousandths.
let purchasesSchema = """
  CREATE TABLE purchase_import (
    id {identity},
    job_id {int} REFERENCES job(id),
    file_name {text} NOT NULL,
    file_hash {text} NOT NULL REFERENCES stored_file(hash),
    state {text} NOT NULL CHECK (state IN ('mapping','checking','checked','running','done','cancelled','failed','undone')),
    mapping {text} NOT NULL,
    total {int} NOT NULL DEFAULT 0,
    added {int} NOT NULL DEFAULT 0,
    changed {int} NOT NULL DEFAULT 0,
    same {int} NOT NULL DEFAULT 0,
    wrong {int} NOT NULL DEFAULT 0,
    -- The row after which a resumed run goes on.
    next_row {int} NOT NULL DEFAULT 0,
    account_id {int} NOT NULL REFERENCES account(id),
    created_at {int} NOT NULL,
    ended_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE INDEX purchase_import_account ON purchase_import(account_id, id);
  CREATE TABLE purchase_import_row (
    import_id {int} NOT NULL REFERENCES purchase_import(id),
    row {int} NOT NULL,
    outcome {text} NOT NULL CHECK (outcome IN ('new','changed','same','wrong')),
    purchase_id {int},
    -- The purchase before the change, for undo; problems and cells of a wrong row.
    before {text},
    problems {text},
    cells {text},
    PRIMARY KEY (import_id, row)
  ) {strict};

  CREATE TABLE purchase (
    id {identity},
    client_id {int} NOT NULL REFERENCES party(id),
    bought_on {text} NOT NULL,
    -- Below zero for what was brought back.
    amount_minor {int} NOT NULL,
    currency {text} NOT NULL,
    -- Of the receipt, invoice or order: the company's own, unique where there is one.
    number {text},
    note {text} NOT NULL DEFAULT '',
    source {text} NOT NULL CHECK (source IN ('import','api','hand')),
    import_id {int} REFERENCES purchase_import(id),
    -- The entry of the client's history that tells of it.
    history_id {int} REFERENCES history(id),
    created_at {int} NOT NULL,
    created_by {int} REFERENCES account(id),
    changed_at {int} NOT NULL,
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE UNIQUE INDEX purchase_number ON purchase(number) WHERE number IS NOT NULL;
  -- Recency, frequency and money of a client, and the days between purchases, are one read along this index.
  CREATE INDEX purchase_client ON purchase(client_id, bought_on, id);
  CREATE INDEX purchase_day ON purchase(bought_on, client_id);
  CREATE INDEX purchase_from_import ON purchase(import_id) WHERE import_id IS NOT NULL;
  CREATE TABLE purchase_line (
    id {identity},
    purchase_id {int} NOT NULL REFERENCES purchase(id),
    position {int} NOT NULL,
    product {text} NOT NULL CHECK (length(product) BETWEEN 1 AND 300),
    -- Folded, so that one product has one key however it was written.
    product_key {text} NOT NULL,
    offering_id {int} REFERENCES offering(id),
    quantity_milli {int} NOT NULL,
    amount_minor {int}
  ) {strict};
  CREATE INDEX purchase_line_purchase ON purchase_line(purchase_id, position);
  CREATE INDEX purchase_line_product ON purchase_line(product_key, purchase_id);
  """
