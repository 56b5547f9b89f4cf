/// Internal tasks: owner, due, recurrence, checklist; and the calendar feeds' tokens.
let tasksSchema = ""
