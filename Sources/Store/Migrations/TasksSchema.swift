/// Internal tasks: owner, due, recurrence, checklist; and the calendar feeds' tokens.
let tasksSchema = """
  CREATE TABLE task (
    id {identity},
    title {text} NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
    note {text} NOT NULL DEFAULT '',
    client_id {int} REFERENCES party(id),
    owner_id {int} NOT NULL REFERENCES account(id),
    -- The owner's team, kept here so that a team's list is one index read.
    team_id {int} REFERENCES team(id),
    important {bool} NOT NULL DEFAULT {false},
    due_on {text},
    due_time {text},
    zone {text} NOT NULL,
    -- From when on it is late; a far day where nothing is due.
    due_at {int} NOT NULL,
    -- When the day it is due on begins.
    day_at {int},
    -- RRULE of iCalendar, from scheduled_on; the day this one was due by the rule, wherever it was put off to.
    rule {text},
    basis {text} CHECK (basis IN ('schedule','completion')),
    scheduled_on {text},
    -- The first task of its series.
    series_id {int},
    created_at {int} NOT NULL,
    created_by {int} REFERENCES account(id),
    changed_at {int} NOT NULL,
    done_at {int},
    done_by {int} REFERENCES account(id),
    deleted_at {int},
    version {int} NOT NULL DEFAULT 1,
    CHECK ((rule IS NULL) = (basis IS NULL) AND (rule IS NULL) = (scheduled_on IS NULL)),
    CHECK (due_on IS NOT NULL OR (due_time IS NULL AND rule IS NULL)),
    CHECK ((due_on IS NULL) = (day_at IS NULL))
  ) {strict};
  CREATE INDEX task_open ON task(due_at, id) WHERE done_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX task_open_own ON task(owner_id, due_at, id) WHERE done_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX task_open_team ON task(team_id, due_at, id) WHERE done_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX task_done ON task(done_at, id) WHERE done_at IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX task_done_own ON task(owner_id, done_at, id) WHERE done_at IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX task_done_team ON task(team_id, done_at, id) WHERE done_at IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX task_client ON task(client_id, due_at, id) WHERE client_id IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX task_series ON task(series_id, id) WHERE series_id IS NOT NULL;

  CREATE TABLE task_step (
    id {identity},
    task_id {int} NOT NULL REFERENCES task(id),
    position {int} NOT NULL,
    text {text} NOT NULL CHECK (length(text) BETWEEN 1 AND 300),
    done {bool} NOT NULL DEFAULT {false}
  ) {strict};
  CREATE INDEX task_step_task ON task_step(task_id, position);

  -- A private address for calendar programs; only the hash of its token is kept.
  CREATE TABLE calendar_feed (
    account_id {int} NOT NULL PRIMARY KEY REFERENCES account(id),
    token_hash {blob} NOT NULL UNIQUE,
    created_at {int} NOT NULL,
    used_at {int}
  ) {strict};
  """
