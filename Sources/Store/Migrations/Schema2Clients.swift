/// Clients and people. A `party` is a company or a person; a client is a party we have a relationship with (`is_client`); a
/// person who only works at a client is a party too, so that contact details, facts and history have one home.
let clientsSchema = """
  CREATE TABLE relationship_type (
    id {identity},
    key {text} NOT NULL UNIQUE,
    -- NULL for the built-in types: their names are in the message catalogues.
    name {text},
    interval_days {int} CHECK (interval_days > 0),
    channel {text},
    owner_id {int} REFERENCES account(id),
    position {int} NOT NULL,
    archived_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};

  CREATE TABLE party (
    id {identity},
    kind {text} NOT NULL CHECK (kind IN ('company','person')),
    is_client {bool} NOT NULL,
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    name_sort {text} NOT NULL,
    given_name {text},
    middle_name {text},
    family_name {text},
    own_number {text},
    language {text},
    zone {text},
    country {text},
    -- ISO 8601, or --MM-DD where the year is not known.
    birth_date {text},
    industry {text},
    size_band {text},
    -- Codable profile: demographics of a person, registration of a company.
    profile {text} NOT NULL DEFAULT '{}',
    note {text} NOT NULL DEFAULT '',
    relationship_id {int} REFERENCES relationship_type(id),
    owner_id {int} REFERENCES account(id),
    -- The owner's team, kept here so that a list in team scope is one index read.
    team_id {int} REFERENCES team(id),
    -- 0 means never.
    last_contact_at {int} NOT NULL DEFAULT 0,
    last_contact_id {int},
    last_contact_channel {text},
    last_contact_direction {text},
    last_contact_by {int} REFERENCES account(id),
    created_at {int} NOT NULL,
    created_by {int} REFERENCES account(id),
    changed_at {int} NOT NULL,
    changed_by {int} REFERENCES account(id),
    archived_at {int},
    deleted_at {int},
    erased_at {int},
    import_id {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE UNIQUE INDEX party_own_number ON party(own_number) WHERE own_number IS NOT NULL;
  -- One index per order and scope, over live clients only: the list is one read whatever the size of the base.
  CREATE INDEX party_by_name ON party(name_sort, id) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_by_contact ON party(last_contact_at, id) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_by_created ON party(created_at, id) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_own_by_name ON party(owner_id, name_sort, id) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_own_by_contact ON party(owner_id, last_contact_at, id) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_team_by_name ON party(team_id, name_sort, id) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_team_by_contact ON party(team_id, last_contact_at, id) WHERE is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_people ON party(name_sort, id) WHERE NOT is_client AND archived_at IS NULL AND deleted_at IS NULL;
  CREATE INDEX party_archived ON party(archived_at, id) WHERE archived_at IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX party_bin ON party(deleted_at, id) WHERE deleted_at IS NOT NULL;
  CREATE INDEX party_import ON party(import_id) WHERE import_id IS NOT NULL;

  CREATE TABLE tie (
    id {identity},
    company_id {int} NOT NULL REFERENCES party(id),
    person_id {int} NOT NULL REFERENCES party(id),
    role {text} NOT NULL DEFAULT '',
    -- The person who decides for the client: "the client's manager".
    is_manager {bool} NOT NULL DEFAULT {false},
    from_date {text},
    until_date {text},
    created_at {int} NOT NULL,
    version {int} NOT NULL DEFAULT 1,
    CHECK (company_id <> person_id),
    CHECK (until_date IS NULL OR from_date IS NULL OR until_date >= from_date)
  ) {strict};
  CREATE INDEX tie_company ON tie(company_id, until_date);
  CREATE INDEX tie_person ON tie(person_id, until_date);

  CREATE TABLE contact_point (
    id {identity},
    party_id {int} NOT NULL REFERENCES party(id),
    kind {text} NOT NULL CHECK (kind IN ('email','phone','messenger','address','website')),
    label {text} NOT NULL DEFAULT '',
    -- As shown and stored: an e-mail as typed, a phone in E.164, an address as JSON.
    value {text} NOT NULL,
    -- As compared: folded e-mail, E.164, folded text.
    value_key {text} NOT NULL,
    -- As read by people: reading a phone number anew on every page would cost more than the page.
    shown {text} NOT NULL,
    position {int} NOT NULL
  ) {strict};
  CREATE INDEX contact_point_party ON contact_point(party_id, position);
  CREATE INDEX contact_point_key ON contact_point(kind, value_key);

  CREATE TABLE tag (
    id {identity},
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    name_key {text} NOT NULL UNIQUE
  ) {strict};
  CREATE TABLE party_tag (
    party_id {int} NOT NULL REFERENCES party(id),
    tag_id {int} NOT NULL REFERENCES tag(id),
    PRIMARY KEY (party_id, tag_id)
  ) {strict};
  CREATE INDEX party_tag_tag ON party_tag(tag_id, party_id);

  CREATE TABLE custom_field (
    id {identity},
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    name_key {text} NOT NULL UNIQUE,
    type {text} NOT NULL CHECK (type IN ('text','number','date','bool','choice')),
    applies_to {text} NOT NULL CHECK (applies_to IN ('company','person','both')),
    -- JSON list, for a choice.
    options {text} NOT NULL DEFAULT '[]',
    position {int} NOT NULL,
    archived_at {int},
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE TABLE custom_value (
    party_id {int} NOT NULL REFERENCES party(id),
    field_id {int} NOT NULL REFERENCES custom_field(id),
    value {text} NOT NULL,
    number {real},
    PRIMARY KEY (party_id, field_id)
  ) {strict};
  CREATE INDEX custom_value_field ON custom_value(field_id, value);

  -- Folded names, e-mails, phone digits and numbers of a party (and, for a company, of its people), searched by any part.
  CREATE TABLE party_search (
    party_id {int} NOT NULL PRIMARY KEY REFERENCES party(id),
    doc {text} NOT NULL
  ) {strict};

  CREATE TABLE fact (
    id {identity},
    party_id {int} NOT NULL REFERENCES party(id),
    kind {text} NOT NULL CHECK (kind IN ('preference','motivator','behaviour','consumption','family','date','avoid','other')),
    text {text} NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
    -- The date the fact is about; may lack its year.
    date {text},
    source {text} NOT NULL DEFAULT '',
    source_id {int},
    author_id {int} REFERENCES account(id),
    recorded_at {int} NOT NULL,
    ends_on {text},
    ended_at {int},
    ended_by {int} REFERENCES account(id),
    version {int} NOT NULL DEFAULT 1
  ) {strict};
  CREATE INDEX fact_party ON fact(party_id, ended_at);
  """
