/// Why a client needs somebody today, snoozes, contact rhythm, working hours and days off.
let todaySchema = ""
