/// Mailboxes that are read, and what came of the mail in them.
let incomingMailSchema = """
  CREATE TABLE mailbox (
    id {identity},
    -- Whose mail it holds: an address of ours.
    address {text} NOT NULL,
    address_key {text} NOT NULL,
    -- Who looks after it: mail that nobody else answers for is filed by this account.
    account_id {int} NOT NULL REFERENCES account(id),
    -- 'all': an address to which mail is sent to be kept; 'known': somebody's own, of which only mail with clients is taken.
    takes {text} NOT NULL CHECK (takes IN ('all','known')),
    host {text} NOT NULL,
    port {int} NOT NULL,
    security {text} NOT NULL CHECK (security IN ('none','starttls','tls')),
    username {text} NOT NULL,
    -- Sealed with a key that lies outside of the base.
    secret {blob},
    -- Mail of before this day is left alone.
    since {text} NOT NULL,
    -- The next look; far away while nobody is to look.
    look_at {int} NOT NULL,
    lease_until {int},
    fence {int} NOT NULL DEFAULT 0,
    looked_at {int},
    trouble {text} NOT NULL DEFAULT '',
    troubles {int} NOT NULL DEFAULT 0,
    -- Somebody told it to wait, or the base is a copy.
    paused_at {int},
    removed_at {int},
    created_at {int} NOT NULL,
    created_by {int} REFERENCES account(id),
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE UNIQUE INDEX mailbox_address ON mailbox(address_key) WHERE removed_at IS NULL;
  CREATE INDEX mailbox_due ON mailbox(look_at, id) WHERE paused_at IS NULL AND removed_at IS NULL;

  -- How far a folder has been read (RFC 3501, 2.3.1.1): another validity means other numbers.
  CREATE TABLE mailbox_folder (
    mailbox_id {int} NOT NULL REFERENCES mailbox(id),
    name {text} NOT NULL,
    position {int} NOT NULL,
    uid_validity {int} NOT NULL DEFAULT 0,
    last_uid {int} NOT NULL DEFAULT 0,
    -- The mail that a look began with, and how often in a row: one that always ends a look is passed over in the end.
    trying_uid {int} NOT NULL DEFAULT 0,
    tries {int} NOT NULL DEFAULT 0,
    PRIMARY KEY (mailbox_id, name)
  ) {strict};

  -- Every mail that was taken, once, however many mailboxes have it. The words of one that is filed are in the history alone; here they
  -- are kept while somebody has to file it, and for as long as filing can be undone.
  CREATE TABLE captured_mail (
    id {identity},
    -- SHA-256 of the Message-ID, or of the whole where there is none.
    mail_key {text} NOT NULL UNIQUE,
    -- NULL: handed in by a program.
    mailbox_id {int} REFERENCES mailbox(id),
    state {text} NOT NULL CHECK (state IN ('unfiled','filed','dismissed')),
    -- Who files it, or filed it, or whose mail it is.
    account_id {int} NOT NULL REFERENCES account(id),
    direction {text} NOT NULL CHECK (direction IN ('in','out')),
    -- JSON: names and addresses of everyone in it who is none of ours.
    outsiders {text} NOT NULL DEFAULT '[]',
    subject {text} NOT NULL DEFAULT '',
    body {text} NOT NULL DEFAULT '',
    sent_at {int} NOT NULL,
    captured_at {int} NOT NULL,
    ended_at {int},
    ended_by {int} REFERENCES account(id),
    -- What is kept here of its words goes then.
    forget_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE INDEX captured_mail_unfiled ON captured_mail(account_id, captured_at, id) WHERE state = 'unfiled';
  CREATE INDEX captured_mail_waiting ON captured_mail(captured_at, id) WHERE state = 'unfiled';
  CREATE INDEX captured_mail_forget ON captured_mail(forget_at) WHERE forget_at IS NOT NULL;

  CREATE TABLE captured_file (
    id {identity},
    mail_id {int} NOT NULL REFERENCES captured_mail(id),
    hash {text} NOT NULL REFERENCES stored_file(hash),
    name {text} NOT NULL,
    media_type {text} NOT NULL,
    size {int} NOT NULL
  ) {strict};
  CREATE INDEX captured_file_mail ON captured_file(mail_id);
  CREATE INDEX captured_file_hash ON captured_file(hash);

  -- The entries that were made of it: one at each client that took part.
  CREATE TABLE captured_entry (
    mail_id {int} NOT NULL REFERENCES captured_mail(id),
    client_id {int} NOT NULL REFERENCES party(id),
    history_id {int} NOT NULL UNIQUE REFERENCES history(id),
    PRIMARY KEY (mail_id, client_id)
  ) {strict};
  CREATE INDEX captured_entry_client ON captured_entry(client_id);
  """
