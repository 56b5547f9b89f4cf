/// Links by which a client reads its dossier without logging in. Only hashes of the token and of the code are here. How often one
/// was opened is counted, not by whom: a reader leaves no name and no address.
let sharingSchema = """
  CREATE TABLE share_link (
    id {identity},
    client_id {int} NOT NULL REFERENCES party(id),
    token_hash {blob} NOT NULL UNIQUE,
    -- Whom it was made for, in our own words.
    recipient {text} NOT NULL DEFAULT '',
    -- The reader's.
    language {text} NOT NULL CHECK (language IN ('en','ru','pl','bg')),
    -- Of the dossier: 'all', '2026' or '2026-01-01..2026-06-30'.
    period {text} NOT NULL,
    code_hash {text},
    -- Whether PDF and Excel can be taken from it.
    files {bool} NOT NULL,
    created_at {int} NOT NULL,
    created_by {int} NOT NULL REFERENCES account(id),
    -- The moment from which it opens nothing.
    ends_at {int} NOT NULL,
    withdrawn_at {int},
    withdrawn_by {int} REFERENCES account(id),
    views {int} NOT NULL DEFAULT 0,
    downloads {int} NOT NULL DEFAULT 0,
    first_viewed_at {int},
    last_viewed_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE INDEX share_link_client ON share_link(client_id, id);
  """
