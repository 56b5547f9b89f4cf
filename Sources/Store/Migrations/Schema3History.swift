/// The record of what happened with a client. `history` refuses UPDATE and DELETE, erasure of personal text excepted.
let historySchema = """
  CREATE TABLE history (
    id {identity},
    client_id {int} NOT NULL REFERENCES party(id),
    person_id {int} REFERENCES party(id),
    -- A contact ('contact', 'note'), or an automatic entry ('party.created', 'tie.ended', …).
    kind {text} NOT NULL,
    version {int} NOT NULL,
    automatic {bool} NOT NULL,
    channel {text},
    direction {text} CHECK (direction IN ('in','out')),
    occurred_at {int} NOT NULL,
    recorded_at {int} NOT NULL,
    author_id {int} REFERENCES account(id),
    subject {text} NOT NULL DEFAULT '',
    body {text} NOT NULL DEFAULT '',
    outcome {text} NOT NULL DEFAULT '',
    -- Folded subject, body and outcome, for finding within a client.
    text_key {text} NOT NULL DEFAULT '',
    -- The kind's Codable value, as JSON.
    data {text} NOT NULL DEFAULT '{}',
    corrects_id {int} REFERENCES history(id),
    import_id {int},
    erased_at {int}
  ) {strict};
  CREATE INDEX history_client ON history(client_id, occurred_at, id);
  CREATE INDEX history_client_contacts ON history(client_id, occurred_at, id) WHERE NOT automatic;
  CREATE INDEX history_person ON history(person_id, occurred_at, id) WHERE person_id IS NOT NULL;
  CREATE INDEX history_corrects ON history(corrects_id) WHERE corrects_id IS NOT NULL;

  -- What is true of an entry now; the entry itself never changes. A row exists only where something was marked.
  CREATE TABLE history_mark (
    history_id {int} NOT NULL PRIMARY KEY REFERENCES history(id),
    client_id {int} NOT NULL REFERENCES party(id),
    -- The entry that corrects or withdraws this one.
    superseded_by {int} REFERENCES history(id),
    pinned_at {int},
    pinned_by {int} REFERENCES account(id)
  ) {strict};
  CREATE INDEX history_mark_pinned ON history_mark(client_id, pinned_at) WHERE pinned_at IS NOT NULL;

  CREATE TABLE attachment (
    id {identity},
    history_id {int} NOT NULL REFERENCES history(id),
    client_id {int} NOT NULL REFERENCES party(id),
    hash {text} NOT NULL REFERENCES stored_file(hash),
    name {text} NOT NULL,
    media_type {text} NOT NULL,
    size {int} NOT NULL,
    created_at {int} NOT NULL
  ) {strict};
  CREATE INDEX attachment_history ON attachment(history_id);
  CREATE INDEX attachment_hash ON attachment(hash);

  CREATE TABLE import (
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
    account_id {int} REFERENCES account(id),
    created_at {int} NOT NULL,
    ended_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE TABLE import_row (
    import_id {int} NOT NULL REFERENCES import(id),
    row {int} NOT NULL,
    outcome {text} NOT NULL CHECK (outcome IN ('new','changed','same','wrong')),
    party_id {int} REFERENCES party(id),
    -- The draft before the change, for undo; problems and cells of a wrong row.
    before {text},
    problems {text},
    cells {text},
    PRIMARY KEY (import_id, row)
  ) {strict};
  CREATE INDEX import_row_party ON import_row(party_id) WHERE party_id IS NOT NULL;
  """
