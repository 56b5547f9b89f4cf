/// Links by which a client reads its dossier, and who opened them.
let sharingSchema = ""
