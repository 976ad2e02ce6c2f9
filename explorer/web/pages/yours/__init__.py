"""The page that opens a reader's own recordings."""
