/// The value dossier: entries, proposals, exchange rates.
///
/// Money is minor units beside an ISO 4217 currency. `value_minor` is the amount in the company's currency by the rate in force on
/// the entry's day, NULL where there was none; it is kept, and worked out anew when rates change.
let dossierSchema = """
  CREATE TABLE dossier_entry (
    id {identity},
    client_id {int} NOT NULL REFERENCES party(id),
    section {text} NOT NULL CHECK (section IN ('cost','benefit','loyalty','special')),
    deal_id {int} REFERENCES deal(id),
    date {text} NOT NULL,
    what {text} NOT NULL CHECK (length(what) BETWEEN 1 AND 300),
    why {text} NOT NULL DEFAULT '',
    -- A special condition as a story.
    asked {text} NOT NULL DEFAULT '',
    did {text} NOT NULL DEFAULT '',
    took {text} NOT NULL DEFAULT '',
    amount_minor {int} CHECK (amount_minor BETWEEN 0 AND 10000000000000),
    currency {text},
    basis {text} CHECK (basis IN ('measured','agreed','estimated')),
    workings {text} NOT NULL DEFAULT '',
    value_minor {int},
    proof {text} NOT NULL DEFAULT '',
    for_client {bool} NOT NULL DEFAULT {false},
    -- Ours alone.
    note {text} NOT NULL DEFAULT '',
    author_id {int} REFERENCES account(id),
    recorded_at {int} NOT NULL,
    removed_at {int},
    removed_by {int} REFERENCES account(id),
    version {int} NOT NULL DEFAULT 1,
    CHECK ((amount_minor IS NULL) = (currency IS NULL) AND (amount_minor IS NULL) = (basis IS NULL)),
    CHECK (value_minor IS NULL OR amount_minor IS NOT NULL)
  ) {strict};
  CREATE INDEX dossier_entry_client ON dossier_entry(client_id, date, id) WHERE removed_at IS NULL;
  CREATE INDEX dossier_entry_deal ON dossier_entry(deal_id) WHERE deal_id IS NOT NULL;
  CREATE INDEX dossier_entry_currency ON dossier_entry(currency, date) WHERE currency IS NOT NULL;

  CREATE TABLE dossier_evidence (
    entry_id {int} NOT NULL REFERENCES dossier_entry(id),
    history_id {int} NOT NULL REFERENCES history(id),
    client_id {int} NOT NULL REFERENCES party(id),
    PRIMARY KEY (entry_id, history_id)
  ) {strict};
  CREATE INDEX dossier_evidence_client ON dossier_evidence(client_id, entry_id);
  CREATE INDEX dossier_evidence_history ON dossier_evidence(history_id);

  -- What a client's entries sum up to, in minor units of the company's currency. Written with every change of an entry; the doctor
  -- compares it with the entries.
  CREATE TABLE dossier_total (
    client_id {int} NOT NULL PRIMARY KEY REFERENCES party(id),
    entries {int} NOT NULL,
    for_client {int} NOT NULL,
    cost {int} NOT NULL,
    benefit {int} NOT NULL,
    loyalty {int} NOT NULL,
    special {int} NOT NULL,
    given {int} NOT NULL,
    -- Entries whose amount has no rate.
    unconverted {int} NOT NULL,
    first_date {text},
    last_date {text}
  ) {strict};
  CREATE INDEX dossier_total_given ON dossier_total(given, client_id);
  CREATE INDEX dossier_total_last ON dossier_total(last_date, client_id) WHERE entries > 0;

  -- When someone last looked through it, and since when a new manager of the client waits for it.
  CREATE TABLE dossier_review (
    client_id {int} NOT NULL PRIMARY KEY REFERENCES party(id),
    reviewed_on {text},
    manager_since {text}
  ) {strict};

  CREATE TABLE dossier_proposal (
    id {identity},
    client_id {int} NOT NULL REFERENCES party(id),
    rule {text} NOT NULL,
    -- What the rule speaks of, the same however often it speaks: a dismissed proposal does not come again.
    subject {text} NOT NULL,
    section {text} NOT NULL CHECK (section IN ('cost','benefit','loyalty','special')),
    deal_id {int} REFERENCES deal(id),
    date {text} NOT NULL,
    amount_minor {int} CHECK (amount_minor BETWEEN 0 AND 10000000000000),
    currency {text},
    basis {text} CHECK (basis IN ('measured','agreed','estimated')),
    -- The values its sentences are filled with, as JSON.
    slots {text} NOT NULL DEFAULT '{}',
    history_id {int} REFERENCES history(id),
    state {text} NOT NULL CHECK (state IN ('open','accepted','dismissed','void')),
    entry_id {int} REFERENCES dossier_entry(id),
    made_at {int} NOT NULL,
    decided_at {int},
    decided_by {int} REFERENCES account(id),
    version {int} NOT NULL DEFAULT 1,
    UNIQUE (client_id, rule, subject)
  ) {strict};
  CREATE INDEX dossier_proposal_open ON dossier_proposal(client_id, id) WHERE state = 'open';
  CREATE INDEX dossier_proposal_history ON dossier_proposal(history_id) WHERE history_id IS NOT NULL;

  -- From a day on, one unit of the currency is worth mantissa / 10^scale units of the base currency.
  CREATE TABLE exchange_rate (
    id {identity},
    currency {text} NOT NULL,
    base {text} NOT NULL,
    from_date {text} NOT NULL,
    mantissa {int} NOT NULL CHECK (mantissa > 0),
    scale {int} NOT NULL CHECK (scale BETWEEN 0 AND 10),
    author_id {int} REFERENCES account(id),
    recorded_at {int} NOT NULL,
    version {int} NOT NULL DEFAULT 1,
    UNIQUE (currency, base, from_date),
    CHECK (currency <> base)
  ) {strict};

  -- What an hour of free work is worth, and after how many months a dossier is old.
  CREATE TABLE dossier_setting (
    id {int} NOT NULL PRIMARY KEY CHECK (id = 1),
    hour_minor {int} CHECK (hour_minor > 0),
    hour_currency {text},
    old_months {int} NOT NULL CHECK (old_months BETWEEN 1 AND 120),
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  INSERT INTO dossier_setting (id, old_months) VALUES (1, 12);

  -- Contacts marked as free help, with the minutes they took where that is known.
  CREATE TABLE free_help (
    history_id {int} NOT NULL PRIMARY KEY REFERENCES history(id),
    client_id {int} NOT NULL REFERENCES party(id),
    minutes {int} CHECK (minutes BETWEEN 1 AND 10000)
  ) {strict};
  CREATE INDEX free_help_client ON free_help(client_id);

  -- Who decided for a client and when: a few entries among its thousands.
  CREATE INDEX history_managers ON history(client_id, occurred_at, id) WHERE kind = 'manager.changed';
  """
