/// The value dossier: entries, proposals, exchange rates.
let dossierSchema = ""
