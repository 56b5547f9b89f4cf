/// Handovers of clients between accounts.
let handoverSchema = ""
