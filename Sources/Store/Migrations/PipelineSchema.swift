/// What deals are put together of: the pipeline's stages, the reasons for losing, the price list. Amounts are minor units.
let pipelineSchema = """
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

  INSERT INTO deal_stage (key, phase, probability, position) VALUES
    ('lead', 'open', 10, 1), ('talks', 'open', 25, 2), ('offer', 'open', 50, 3), ('negotiation', 'open', 75, 4),
    ('agreed', 'won', 100, 5), ('delivery', 'delivery', 100, 6), ('finished', 'finished', 100, 7), ('lost', 'lost', 0, 8);
  INSERT INTO deal_reason (key, position) VALUES
    ('price', 1), ('competitor', 2), ('no_budget', 3), ('postponed', 4), ('no_need', 5), ('new_manager', 6), ('our_terms', 7),
    ('silence', 8), ('other', 9);
  """
