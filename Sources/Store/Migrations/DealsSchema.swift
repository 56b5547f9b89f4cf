/// Projects and deals, their stages, products and lines; purchases; opportunities.
///
/// Money is minor units beside an ISO 4217 currency; a discount is basis points (1 = 0.01 %); a quantity is thousandths. Dates
/// are ISO 8601 text without a zone, instants are UTC milliseconds. What a thing cost us stands in `*cost_minor` columns alone:
/// only those who may see margins read them.
let dealsSchema = """
  -- The pipeline. A built-in stage has no name: it is in the message catalogues under its key.
  CREATE TABLE deal_stage (
    id {identity},
    key {text} NOT NULL UNIQUE,
    name {text} CHECK (length(name) BETWEEN 1 AND 60),
    phase {text} NOT NULL CHECK (phase IN ('open','won','delivery','finished','lost')),
    -- Per cent, for the forecast.
    probability {int} NOT NULL CHECK (probability BETWEEN 0 AND 100),
    position {int} NOT NULL,
    archived_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};

  CREATE TABLE deal_reason (
    id {identity},
    key {text} NOT NULL UNIQUE,
    name {text} CHECK (length(name) BETWEEN 1 AND 100),
    position {int} NOT NULL,
    archived_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};

  -- What we sell, with a price per currency.
  CREATE TABLE offering (
    id {identity},
    code {text} CHECK (length(code) BETWEEN 1 AND 60),
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key {text} NOT NULL,
    note {text} NOT NULL DEFAULT '',
    unit {text} NOT NULL DEFAULT '',
    archived_at {int},
    created_at {int} NOT NULL,
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE UNIQUE INDEX offering_code ON offering(code) WHERE code IS NOT NULL;
  CREATE INDEX offering_name ON offering(name_key, id);
  CREATE TABLE offering_price (
    offering_id {int} NOT NULL REFERENCES offering(id),
    currency {text} NOT NULL,
    price_minor {int} NOT NULL CHECK (price_minor >= 0),
    cost_minor {int} CHECK (cost_minor >= 0),
    PRIMARY KEY (offering_id, currency)
  ) {strict};

  CREATE TABLE deal (
    id {identity},
    client_id {int} NOT NULL REFERENCES party(id),
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    name_sort {text} NOT NULL,
    -- The company's own number of the project.
    number {text},
    stage_id {int} NOT NULL REFERENCES deal_stage(id),
    stage_since {int} NOT NULL,
    -- Who of ours answers for it.
    owner_id {int} REFERENCES account(id),
    currency {text} NOT NULL,
    -- Before discounts: the sum of the lines where there are any.
    list_minor {int},
    discount_bp {int} NOT NULL DEFAULT 0 CHECK (discount_bp BETWEEN 0 AND 10000),
    agreed_minor {int},
    -- The agreed price was named by a person; otherwise it is the list price less the discount.
    agreed_typed {bool} NOT NULL DEFAULT {false},
    final_minor {int},
    -- Over the stage's own, where someone knows better.
    probability {int} CHECK (probability BETWEEN 0 AND 100),
    expected_on {text},
    planned_from {text},
    planned_until {text},
    actual_from {text},
    actual_until {text},
    -- Started at the client's wish sooner than we usually do.
    urgent {bool} NOT NULL DEFAULT {false},
    note {text} NOT NULL DEFAULT '',
    won_at {int},
    finished_at {int},
    lost_at {int},
    reason_id {int} REFERENCES deal_reason(id),
    lost_note {text} NOT NULL DEFAULT '',
    created_at {int} NOT NULL,
    created_by {int} REFERENCES account(id),
    changed_at {int} NOT NULL,
    changed_by {int} REFERENCES account(id),
    deleted_at {int},
    version {int} NOT NULL DEFAULT 1,
    CHECK (planned_until IS NULL OR planned_from IS NULL OR planned_until >= planned_from),
    CHECK (actual_until IS NULL OR actual_from IS NULL OR actual_until >= actual_from)
  ) {strict};
  CREATE UNIQUE INDEX deal_number ON deal(number) WHERE number IS NOT NULL;
  CREATE INDEX deal_client ON deal(client_id, changed_at, id);
  CREATE INDEX deal_by_stage ON deal(stage_id, changed_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX deal_by_changed ON deal(changed_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX deal_by_name ON deal(name_sort, id) WHERE deleted_at IS NULL;
  CREATE INDEX deal_by_expected ON deal(expected_on, id) WHERE deleted_at IS NULL AND expected_on IS NOT NULL;
  CREATE INDEX deal_owner ON deal(owner_id, changed_at, id) WHERE deleted_at IS NULL;

  CREATE TABLE deal_line (
    id {identity},
    deal_id {int} NOT NULL REFERENCES deal(id),
    position {int} NOT NULL,
    offering_id {int} REFERENCES offering(id),
    text {text} NOT NULL CHECK (length(text) BETWEEN 1 AND 300),
    quantity_milli {int} NOT NULL CHECK (quantity_milli > 0),
    unit {text} NOT NULL DEFAULT '',
    unit_price_minor {int} NOT NULL,
    discount_bp {int} NOT NULL DEFAULT 0 CHECK (discount_bp BETWEEN 0 AND 10000),
    -- Quantity times unit price, before and after the line's discount, each rounded once.
    gross_minor {int} NOT NULL,
    net_minor {int} NOT NULL,
    unit_cost_minor {int}
  ) {strict};
  CREATE INDEX deal_line_deal ON deal_line(deal_id, position);
  CREATE INDEX deal_line_offering ON deal_line(offering_id) WHERE offering_id IS NOT NULL;

  -- Our people on it, and the client's people as they were then.
  CREATE TABLE deal_member (
    id {identity},
    deal_id {int} NOT NULL REFERENCES deal(id),
    account_id {int} NOT NULL REFERENCES account(id),
    role {text} NOT NULL DEFAULT '',
    UNIQUE (deal_id, account_id)
  ) {strict};
  CREATE INDEX deal_member_account ON deal_member(account_id);
  CREATE TABLE deal_contact (
    id {identity},
    deal_id {int} NOT NULL REFERENCES deal(id),
    person_id {int} NOT NULL REFERENCES party(id),
    role {text} NOT NULL DEFAULT '',
    is_manager {bool} NOT NULL DEFAULT {false},
    UNIQUE (deal_id, person_id)
  ) {strict};
  CREATE INDEX deal_contact_person ON deal_contact(person_id);

  CREATE TABLE deal_requirement (
    id {identity},
    deal_id {int} NOT NULL REFERENCES deal(id),
    text {text} NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
    -- It came after the price was agreed, and the price stayed.
    absorbed {bool} NOT NULL,
    added_at {int} NOT NULL,
    added_by {int} REFERENCES account(id),
    removed_at {int}
  ) {strict};
  CREATE INDEX deal_requirement_deal ON deal_requirement(deal_id, id);

  CREATE TABLE deal_document (
    id {identity},
    deal_id {int} NOT NULL REFERENCES deal(id),
    hash {text} NOT NULL REFERENCES stored_file(hash),
    name {text} NOT NULL,
    media_type {text} NOT NULL,
    size {int} NOT NULL,
    added_at {int} NOT NULL,
    added_by {int} REFERENCES account(id),
    removed_at {int}
  ) {strict};
  CREATE INDEX deal_document_deal ON deal_document(deal_id, id);
  CREATE INDEX deal_document_hash ON deal_document(hash);

  -- Which entries of the client's history are about the deal.
  CREATE TABLE deal_history (
    deal_id {int} NOT NULL REFERENCES deal(id),
    history_id {int} NOT NULL REFERENCES history(id),
    PRIMARY KEY (deal_id, history_id)
  ) {strict};
  CREATE INDEX deal_history_entry ON deal_history(history_id);

  -- What someone noticed at a client and handed to sales; its fate goes back to whoever noticed it.
  CREATE TABLE opportunity (
    id {identity},
    client_id {int} NOT NULL REFERENCES party(id),
    text {text} NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
    noticed_by {int} NOT NULL REFERENCES account(id),
    noticed_at {int} NOT NULL,
    to_id {int} NOT NULL REFERENCES account(id),
    state {text} NOT NULL CHECK (state IN ('waiting','taken','declined','won','lost')),
    deal_id {int} REFERENCES deal(id),
    answer {text} NOT NULL DEFAULT '',
    answered_at {int},
    answered_by {int} REFERENCES account(id),
    -- When whoever noticed it read what became of it.
    read_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE INDEX opportunity_client ON opportunity(client_id, id);
  CREATE INDEX opportunity_waiting ON opportunity(to_id, noticed_at) WHERE state = 'waiting';
  CREATE INDEX opportunity_told ON opportunity(noticed_by, answered_at) WHERE answered_at IS NOT NULL AND read_at IS NULL;
  CREATE INDEX opportunity_deal ON opportunity(deal_id) WHERE deal_id IS NOT NULL;

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

  INSERT INTO deal_stage (key, phase, probability, position) VALUES
    ('lead', 'open', 10, 1), ('talks', 'open', 25, 2), ('offer', 'open', 50, 3), ('negotiation', 'open', 75, 4),
    ('agreed', 'won', 100, 5), ('delivery', 'delivery', 100, 6), ('finished', 'finished', 100, 7), ('lost', 'lost', 0, 8);
  INSERT INTO deal_reason (key, position) VALUES
    ('price', 1), ('competitor', 2), ('no_budget', 3), ('postponed', 4), ('no_need', 5), ('new_manager', 6), ('our_terms', 7),
    ('silence', 8), ('other', 9);
  """
