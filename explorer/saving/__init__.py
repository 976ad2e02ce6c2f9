"""Pages and pictures for a reader to keep. They run nothing that a text brought along."""
