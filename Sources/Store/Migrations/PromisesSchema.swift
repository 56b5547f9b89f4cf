/// Promises between us and clients, what shows them, the company's schedule of reminders, and each reminder that was sent.
let promisesSchema = """
  CREATE TABLE promise (
    id {identity},
    client_id {int} NOT NULL REFERENCES party(id),
    -- Who promised: 'us' or 'client'.
    side {text} NOT NULL CHECK (side IN ('us','client')),
    what {text} NOT NULL CHECK (length(what) BETWEEN 1 AND 300),
    note {text} NOT NULL DEFAULT '',
    -- At the client: to whom, or who.
    person_id {int} REFERENCES party(id),
    -- Of ours: who keeps it, or sees to it.
    owner_id {int} NOT NULL REFERENCES account(id),
    due_date {text} NOT NULL,
    -- 16:07; NULL where the whole day is meant.
    due_time {text},
    due_zone {text} NOT NULL,
    -- The beginning of that day, or that time; and the last moment at which it is kept in time.
    due_from {int} NOT NULL,
    due_at {int} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('open','kept','broken','withdrawn','cancelled')),
    made_at {int} NOT NULL,
    -- When the date that stands was agreed, and how often another was.
    dated_at {int} NOT NULL,
    moves {int} NOT NULL DEFAULT 0,
    -- A date was given up only after it had passed.
    was_late {bool} NOT NULL DEFAULT {false},
    settled_at {int},
    -- Kept, by every date that stood: what the share counts.
    on_time {bool} NOT NULL DEFAULT {false},
    -- When to look whether somebody must be reminded; NULL when nobody will be.
    remind_at {int},
    -- The history entry it was made in.
    entry_id {int} REFERENCES history(id),
    created_at {int} NOT NULL,
    created_by {int} REFERENCES account(id),
    version {int} NOT NULL DEFAULT 1,
    CHECK ((settled_at IS NULL) = (state = 'open'))
  ) {strict};
  CREATE INDEX promise_client ON promise(client_id, state, due_at, id);
  CREATE INDEX promise_state ON promise(state, due_at, id);
  CREATE INDEX promise_own ON promise(owner_id, state, due_at, id);
  CREATE INDEX promise_remind ON promise(remind_at, id) WHERE remind_at IS NOT NULL;
  CREATE INDEX promise_entry ON promise(entry_id) WHERE entry_id IS NOT NULL;
  CREATE INDEX promise_person ON promise(person_id) WHERE person_id IS NOT NULL;
  -- Has all that the share reads.
  CREATE INDEX promise_share ON promise(side, due_date, owner_id, state, on_time, due_at, client_id);

  CREATE TABLE promise_evidence (
    id {identity},
    promise_id {int} NOT NULL REFERENCES promise(id),
    entry_id {int} REFERENCES history(id),
    attachment_id {int} REFERENCES attachment(id),
    url {text},
    added_at {int} NOT NULL,
    added_by {int} REFERENCES account(id),
    CHECK (CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END + CASE WHEN attachment_id IS NULL THEN 0 ELSE 1 END
      + CASE WHEN url IS NULL THEN 0 ELSE 1 END = 1)
  ) {strict};
  CREATE INDEX promise_evidence_promise ON promise_evidence(promise_id);

  -- Written with the message itself: one row a promise, date and step, so that none is sent twice.
  CREATE TABLE promise_reminder (
    promise_id {int} NOT NULL REFERENCES promise(id),
    step {text} NOT NULL CHECK (step IN ('before','day','overdue','escalation')),
    due_at {int} NOT NULL,
    said_at {int} NOT NULL,
    PRIMARY KEY (promise_id, due_at, step)
  ) {strict};

  CREATE TABLE promise_schedule (
    id {int} NOT NULL PRIMARY KEY CHECK (id = 1),
    days_before {int},
    on_the_day {bool} NOT NULL,
    when_overdue {bool} NOT NULL,
    escalate_after {int},
    escalate_to {text} NOT NULL CHECK (escalate_to IN ('team','all')),
    hour {int} NOT NULL CHECK (hour BETWEEN 0 AND 23),
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  INSERT INTO promise_schedule (id, days_before, on_the_day, when_overdue, escalate_after, escalate_to, hour)
    VALUES (1, 1, {true}, {true}, 3, 'team', 8);
  """
