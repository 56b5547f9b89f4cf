import Domain

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
    -- To whom a colleague gave this matter alone; it stays there whoever owns the client.
    passed_to {int} REFERENCES account(id),
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
  -- The page's order: the first of a heading are at its beginning.
  CREATE INDEX reason_pressing ON reason(account_id, press, shows_at, client_id, has_deadline, id);
  CREATE INDEX reason_client ON reason(client_id, shows_at) WHERE client_id IS NOT NULL;
  CREATE INDEX reason_snooze ON reason(snooze_id) WHERE snooze_id IS NOT NULL;
  CREATE INDEX reason_snoozed ON reason(account_id, shows_at) WHERE snooze_id IS NOT NULL;

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

  -- The hours of a week. An account without rows works as is usual: Monday to Friday, nine to six; a row without hours is a day off.
  CREATE TABLE working_hours (
    account_id {int} NOT NULL REFERENCES account(id),
    -- 1 is Monday.
    weekday {int} NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    from_minute {int},
    until_minute {int},
    PRIMARY KEY (account_id, weekday),
    CHECK (from_minute IS NULL OR until_minute > from_minute)
  ) {strict};

  -- Without an account it holds for everybody: a holiday of the company.
  CREATE TABLE absence (
    id {identity},
    account_id {int} REFERENCES account(id),
    first_day {text} NOT NULL,
    last_day {text} NOT NULL,
    -- Sees the clients and the page of whoever is away, on these days.
    deputy_id {int} REFERENCES account(id),
    note {text} NOT NULL DEFAULT '' CHECK (length(note) <= 200),
    made_at {int} NOT NULL,
    made_by {int} REFERENCES account(id),
    CHECK (first_day <= last_day),
    CHECK (deputy_id IS NULL OR deputy_id <> account_id)
  ) {strict};
  CREATE INDEX absence_account ON absence(account_id, last_day);
  CREATE INDEX absence_deputy ON absence(deputy_id, last_day) WHERE deputy_id IS NOT NULL;

  -- How often to be in touch: of a tag; of a client by hand (0: never); what follows from both and the relationship type; and when
  -- it is due. Far away where nothing is waited for, so that one order holds for all.
  ALTER TABLE tag ADD COLUMN interval_days {int} CHECK (interval_days > 0);
  ALTER TABLE party ADD COLUMN contact_days_own {int} CHECK (contact_days_own >= 0);
  ALTER TABLE party ADD COLUMN contact_days {int};
  ALTER TABLE party ADD COLUMN contact_due_at {int} NOT NULL DEFAULT \(Reason.never.milliseconds);
  CREATE INDEX party_by_due ON party(contact_due_at, id) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_own_by_due ON party(owner_id, contact_due_at, id, contact_days) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_team_by_due ON party(team_id, contact_due_at, id) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  """
