/// Outgoing mail: what waits, what was sent, when.
let mailSchema = ""
