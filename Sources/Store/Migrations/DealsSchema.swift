/// Projects and deals with their lines, people, requirements and documents; opportunities.
///
/// Money is minor units beside an ISO 4217 currency; a discount is basis points (1 = 0.01 %); a quantity is thousandths. Dates
/// are ISO 8601 text without a zone, instants are UTC milliseconds. What a thing cost us stands in `*cost_minor` columns alone:
/// only those who may see margins read them.
let dealsSchema = """
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
  """
