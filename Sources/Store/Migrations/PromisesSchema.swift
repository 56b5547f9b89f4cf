/// Promises to and by clients, with their reminders.
let promisesSchema = ""
