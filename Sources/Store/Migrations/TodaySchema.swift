/// Why a client needs somebody today, snoozes, contact rhythm, working hours and days off.
let todaySchema = """
  CREATE TABLE snooze (
    id {identity},
    client_id {int} REFERENCES party(id),
    -- Until then, at the latest.
    until_at {int} NOT NULL,
    -- An incoming contact ends it earlier.
    until_answer {bool} NOT NULL,
    why {text} NOT NULL DEFAULT '' CHECK (length(why) <= 500),
    made_at {int} NOT NULL,
    made_by {int} REFERENCES account(id),
    ended_at {int},
    ended_by {int} REFERENCES account(id)
  ) {strict};
  CREATE INDEX snooze_open ON snooze(client_id) WHERE ended_at IS NULL;

  -- Raised and settled by features in their own transactions. One table for all of them: the page is one indexed read.
  CREATE TABLE reason (
    id {identity},
    kind {text} NOT NULL,
    -- The row it comes from: a promise, a task, a party, …
    subject_id {int} NOT NULL,
    client_id {int} REFERENCES party(id),
    -- On whose page it stands; NULL where the client has no owner.
    account_id {int} REFERENCES account(id),
    -- Moves with the client's owner.
    follows_owner {bool} NOT NULL,
    -- The place in the order: heading, due moment, weight.
    press {int} NOT NULL,
    -- Shown before days off, since it cannot wait until after them.
    has_deadline {bool} NOT NULL,
    from_at {int} NOT NULL,
    snooze_id {int} REFERENCES snooze(id),
    snoozed_until {int} NOT NULL DEFAULT 0,
    -- The later of the two above; far away while the client is archived or in the bin.
    shows_at {int} NOT NULL,
    due_at {int} NOT NULL,
    -- Where a whole day is meant.
    due_on {text},
    text {text} NOT NULL DEFAULT '',
    number {int},
    raised_at {int} NOT NULL,
    UNIQUE (kind, subject_id)
  ) {strict};
  CREATE INDEX reason_showing ON reason(account_id, shows_at, press, client_id, has_deadline, id);
  CREATE INDEX reason_client ON reason(client_id, shows_at) WHERE client_id IS NOT NULL;
  CREATE INDEX reason_snooze ON reason(snooze_id) WHERE snooze_id IS NOT NULL;

  -- What was done, for "6 done" and for the week.
  CREATE TABLE reason_done (
    id {identity},
    kind {text} NOT NULL,
    subject_id {int} NOT NULL,
    client_id {int} REFERENCES party(id),
    due_at {int} NOT NULL,
    done_at {int} NOT NULL,
    done_by {int} NOT NULL REFERENCES account(id)
  ) {strict};
  CREATE INDEX reason_done_by ON reason_done(done_by, done_at, client_id, subject_id);
  CREATE INDEX reason_done_subject ON reason_done(kind, subject_id);
  CREATE INDEX reason_done_client ON reason_done(client_id) WHERE client_id IS NOT NULL;
  """
