import Domain
import HTTPTypes

// Routes the shell links to whose features are still to come; each feature takes its enum from here to its own folder.
