/// Handovers of clients between accounts, what each successor received, and changes of the person who decides at a client.
let handoverSchema = """
  CREATE TABLE handover (
    id {identity},
    -- NULL for a single client that nobody answered for.
    from_id {int} REFERENCES account(id),
    reason {text} NOT NULL CHECK (reason IN ('leaves','changes','client')),
    -- Codable plan: who takes what.
    plan {text} NOT NULL,
    -- To the successors.
    note {text} NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    state {text} NOT NULL CHECK (state IN ('draft','running','done','undoing','undone')),
    -- Of the preview that was agreed to: what is done must be what was shown.
    seen {text},
    -- When it was found that things had changed since the preview.
    stale_at {int},
    job_id {int} REFERENCES job(id),
    -- What passed on and what an undo left, counted.
    report {text} NOT NULL DEFAULT '{}',
    -- The newest entry of the history when it was done: a later change of owner shows by it.
    last_history_id {int} NOT NULL DEFAULT 0,
    made_by {int} NOT NULL REFERENCES account(id),
    created_at {int} NOT NULL,
    changed_at {int} NOT NULL,
    done_at {int},
    undone_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE INDEX handover_from ON handover(from_id, id);

  -- Clients of a draft that were given one by one; NULL keeps the client.
  CREATE TABLE handover_choice (
    handover_id {int} NOT NULL REFERENCES handover(id),
    client_id {int} NOT NULL REFERENCES party(id),
    to_id {int} REFERENCES account(id),
    PRIMARY KEY (handover_id, client_id)
  ) {strict};
  CREATE INDEX handover_choice_client ON handover_choice(client_id);

  -- Who received which client: the successor's inbox.
  CREATE TABLE handover_client (
    id {identity},
    handover_id {int} NOT NULL REFERENCES handover(id),
    client_id {int} NOT NULL REFERENCES party(id),
    to_id {int} NOT NULL REFERENCES account(id),
    at {int} NOT NULL,
    -- The briefing was read; NULL while it waits.
    read_at {int},
    -- The successor has been in touch, or another handover or an undo made it pointless; NULL while Today asks for it.
    introduced_at {int},
    undone_at {int},
    UNIQUE (handover_id, client_id)
  ) {strict};
  CREATE INDEX handover_client_inbox ON handover_client(to_id, id) WHERE undone_at IS NULL;
  CREATE INDEX handover_client_unread ON handover_client(to_id, id) WHERE undone_at IS NULL AND read_at IS NULL;
  CREATE INDEX handover_client_new ON handover_client(client_id) WHERE introduced_at IS NULL;

  -- Everything else that passed on, row by row: what an undo needs.
  CREATE TABLE handover_move (
    handover_id {int} NOT NULL REFERENCES handover(id),
    kind {text} NOT NULL,
    row_id {int} NOT NULL,
    to_id {int} NOT NULL REFERENCES account(id),
    undone_at {int},
    PRIMARY KEY (handover_id, kind, row_id)
  ) {strict};

  -- Someone else decides at a client. Ties may be removed, so they are not referred to.
  CREATE TABLE manager_change (
    id {identity},
    company_id {int} NOT NULL REFERENCES party(id),
    -- The tie of the new manager.
    tie_id {int} NOT NULL UNIQUE,
    at {int} NOT NULL,
    introduced_at {int}
  ) {strict};
  CREATE INDEX manager_change_company ON manager_change(company_id);

  -- E-mail addresses that came back, as they are compared.
  CREATE TABLE bounced_address (
    email_key {text} NOT NULL PRIMARY KEY,
    at {int} NOT NULL,
    detail {text} NOT NULL DEFAULT '' CHECK (length(detail) <= 500),
    account_id {int} REFERENCES account(id)
  ) {strict};
  """
