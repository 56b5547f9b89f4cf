/// Outgoing mail: what waits, what was sent, when; the server it goes through; who wants a digest.
let mailSchema = """
  CREATE TABLE mail (
    id {identity},
    kind {text} NOT NULL,
    -- One occasion, one mail.
    idempotency_key {text} NOT NULL UNIQUE,
    -- Someone of ours, or an address with a language and a zone.
    account_id {int} REFERENCES account(id),
    address {text},
    name {text},
    language {text},
    zone {text},
    -- Codable letter; emptied when the mail is forgotten.
    letter {text} NOT NULL,
    -- The same on every attempt, so that a receiver can tell a second copy.
    message_id {text} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('queued','leased','sending','sent','failed','unknown','cancelled')),
    send_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    attempts {int} NOT NULL DEFAULT 0,
    lease_until {int},
    fence {int} NOT NULL DEFAULT 0,
    -- What the server said last, or why it was not asked.
    reply {text} NOT NULL DEFAULT '',
    created_at {int} NOT NULL,
    ended_at {int},
    CHECK ((account_id IS NULL) <> (address IS NULL))
  ) {strict};
  CREATE INDEX mail_due ON mail(send_at, id) WHERE state IN ('queued','leased','sending');
  CREATE INDEX mail_state ON mail(state, id);
  CREATE INDEX mail_ended ON mail(ended_at) WHERE ended_at IS NOT NULL;

  -- One row: how mail leaves, and whether it may.
  CREATE TABLE mail_server (
    id {int} NOT NULL PRIMARY KEY CHECK (id = 1),
    host {text} NOT NULL DEFAULT '',
    port {int} NOT NULL DEFAULT 587,
    security {text} NOT NULL DEFAULT 'starttls' CHECK (security IN ('none','starttls','tls')),
    username {text} NOT NULL DEFAULT '',
    -- Sealed with a key that lies outside of the base.
    secret {blob},
    sender_name {text} NOT NULL DEFAULT '',
    sender_address {text} NOT NULL DEFAULT '',
    per_minute {int} NOT NULL DEFAULT 60 CHECK (per_minute BETWEEN 1 AND 6000),
    -- The rate: no mail is handed over before this moment.
    next_at {int} NOT NULL DEFAULT 0,
    -- A server in trouble is left alone until then.
    troubles {int} NOT NULL DEFAULT 0,
    trouble {text} NOT NULL DEFAULT '',
    trouble_at {int},
    paused_until {int} NOT NULL DEFAULT 0,
    -- Where the base lived when sending was last allowed; elsewhere it is a copy, and sends nothing until told.
    place {text} NOT NULL DEFAULT '',
    held_at {int},
    held_because {text} NOT NULL DEFAULT '' CHECK (held_because IN ('','restored','moved','person')),
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  INSERT INTO mail_server (id) VALUES (1);

  -- Who wants a mail each morning, at which hour of his or her own clock. No row: none.
  CREATE TABLE digest (
    account_id {int} NOT NULL PRIMARY KEY REFERENCES account(id),
    hour {int} NOT NULL CHECK (hour BETWEEN 0 AND 23),
    -- The day whose digest was made last.
    made_on {text} NOT NULL DEFAULT ''
  ) {strict};

  -- Contacts of a period are counted from this index alone, and listed along it.
  CREATE INDEX history_contacts ON history(occurred_at, id, channel, author_id) WHERE kind = 'contact' AND erased_at IS NULL;
  """
