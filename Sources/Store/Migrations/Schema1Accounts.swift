/// Who uses the installation: accounts, teams, sessions, tokens, settings, audit and the machinery every feature shares.
let accountsSchema = """
  CREATE TABLE installation (
    id {int} NOT NULL PRIMARY KEY CHECK (id = 1),
    company {text} NOT NULL,
    country {text} NOT NULL,
    zone {text} NOT NULL,
    currency {text} NOT NULL,
    language {text} NOT NULL,
    created_at {int} NOT NULL,
    version {int} NOT NULL DEFAULT 1
  ) {strict};

  CREATE TABLE team (
    id {identity},
    name {text} NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    created_at {int} NOT NULL,
    version {int} NOT NULL DEFAULT 1
  ) {strict};

  CREATE TABLE account (
    id {identity},
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email {text} NOT NULL,
    email_key {text} NOT NULL UNIQUE,
    password_hash {text},
    role {text} NOT NULL CHECK (role IN ('owner','manager','employee','marketing','readonly')),
    scope {text} NOT NULL CHECK (scope IN ('own','team','all')),
    team_id {int} REFERENCES team(id),
    language {text} NOT NULL,
    zone {text} NOT NULL,
    theme {text} NOT NULL DEFAULT 'system' CHECK (theme IN ('system','light','dark')),
    density {text} NOT NULL DEFAULT 'normal' CHECK (density IN ('normal','compact')),
    keys {bool} NOT NULL DEFAULT {true},
    created_at {int} NOT NULL,
    closed_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE INDEX account_team ON account(team_id);

  CREATE TABLE session (
    token_hash {blob} NOT NULL PRIMARY KEY,
    id {text} NOT NULL UNIQUE,
    account_id {int} NOT NULL REFERENCES account(id),
    created_at {int} NOT NULL,
    seen_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    agent {text} NOT NULL,
    address {text} NOT NULL
  ) {strict};
  CREATE INDEX session_account ON session(account_id);
  CREATE INDEX session_expiry ON session(expires_at);

  -- One-time links: the owner's first, an invitation, a new password.
  CREATE TABLE access_link (
    token_hash {blob} NOT NULL PRIMARY KEY,
    purpose {text} NOT NULL CHECK (purpose IN ('owner','invitation','password')),
    account_id {int} REFERENCES account(id),
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    used_at {int}
  ) {strict};

  CREATE TABLE login_failure (
    subject {text} NOT NULL,
    at {int} NOT NULL
  ) {strict};
  CREATE INDEX login_failure_subject ON login_failure(subject, at);
  CREATE INDEX login_failure_age ON login_failure(at);

  CREATE TABLE api_token (
    id {identity},
    name {text} NOT NULL,
    token_hash {blob} NOT NULL UNIQUE,
    account_id {int} NOT NULL REFERENCES account(id),
    scopes {text} NOT NULL,
    created_at {int} NOT NULL,
    used_at {int},
    revoked_at {int}
  ) {strict};
  CREATE INDEX api_token_account ON api_token(account_id);

  CREATE TABLE saved_view (
    id {identity},
    account_id {int} NOT NULL REFERENCES account(id),
    list {text} NOT NULL,
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    query {text} NOT NULL,
    shared {bool} NOT NULL DEFAULT {false},
    created_at {int} NOT NULL
  ) {strict};
  CREATE INDEX saved_view_account ON saved_view(account_id, list);

  CREATE TABLE idempotency (
    owner {text} NOT NULL,
    idempotency_key {text} NOT NULL,
    request_hash {blob} NOT NULL,
    status {int} NOT NULL,
    location {text},
    etag {text},
    body {text} NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (owner, idempotency_key)
  ) {strict};
  CREATE INDEX idempotency_age ON idempotency(created_at);

  -- What can be taken back: the payload says how; a row is used at most once and expires.
  CREATE TABLE undo (
    id {identity},
    account_id {int} NOT NULL REFERENCES account(id),
    kind {text} NOT NULL,
    payload {text} NOT NULL,
    summary_key {text} NOT NULL,
    summary_slots {text} NOT NULL,
    return_to {text} NOT NULL,
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    used_at {int}
  ) {strict};
  CREATE INDEX undo_account ON undo(account_id, id);

  -- Who saw and who changed. Each row's hash covers the one before, so that a changed or missing row shows.
  CREATE TABLE audit (
    id {int} NOT NULL PRIMARY KEY,
    at {int} NOT NULL,
    account_id {int},
    action {text} NOT NULL,
    entity {text} NOT NULL,
    entity_id {int},
    detail {text} NOT NULL,
    hash {blob} NOT NULL
  ) {strict};
  -- The page is ordered by time: rows of two transactions may be numbered the other way round.
  CREATE INDEX audit_time ON audit(at, id);
  CREATE INDEX audit_entity ON audit(entity, entity_id, at, id);
  CREATE INDEX audit_account ON audit(account_id, at, id);
  CREATE TABLE audit_head (
    id {int} NOT NULL PRIMARY KEY CHECK (id = 1),
    audit_id {int} NOT NULL,
    hash {blob} NOT NULL,
    -- Grows with every committed change; part of every page's ETag.
    data_version {int} NOT NULL
  ) {strict};

  CREATE TABLE job (
    id {identity},
    kind {text} NOT NULL,
    payload {text} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('queued','running','done','failed','cancelled')),
    run_at {int} NOT NULL,
    attempts {int} NOT NULL DEFAULT 0,
    lease_until {int},
    fence {int} NOT NULL DEFAULT 0,
    cancel {bool} NOT NULL DEFAULT {false},
    done {int} NOT NULL DEFAULT 0,
    total {int} NOT NULL DEFAULT 0,
    result {text} NOT NULL DEFAULT '{}',
    error {text},
    account_id {int} REFERENCES account(id),
    created_at {int} NOT NULL,
    started_at {int},
    ended_at {int}
  ) {strict};
  CREATE INDEX job_due ON job(run_at, id) WHERE state IN ('queued','running');
  CREATE INDEX job_account ON job(account_id, id);

  -- Contents of uploads, stored once by SHA-256, in the base itself: one backup holds everything.
  CREATE TABLE stored_file (
    hash {text} NOT NULL PRIMARY KEY,
    size {int} NOT NULL,
    content {blob} NOT NULL,
    created_at {int} NOT NULL
  ) {strict};
  """
