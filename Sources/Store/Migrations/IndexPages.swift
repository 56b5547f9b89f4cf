/// On PostgreSQL a client whose clock is set anew enters every index of its table. No two keys of these are alike but for the
/// versions of one row: to look for like ones before a full page is split gains nothing and costs a sixth of the time.
let indexPages = [
  "party_pkey", "party_own_number", "party_by_name", "party_by_contact", "party_by_created", "party_by_due", "party_own_by_name",
  "party_own_by_contact", "party_own_by_due", "party_team_by_name", "party_team_by_contact", "party_team_by_due", "party_people",
  "reason_pkey", "reason_kind_subject_id_key", "reason_showing", "reason_pressing", "reason_client",
].map { "ALTER INDEX \($0) SET (deduplicate_items = off);" }.joined(separator: "\n")
