/// Opportunities in one state, the newest first: the list that other programs page through.
let opportunityIndexes = "CREATE INDEX opportunity_state ON opportunity(state, id);"

/// And those handed to one account.
let opportunityTakers = "CREATE INDEX opportunity_to ON opportunity(to_id, id);"
