"""Tours: one for each section of the chapter, from stop to stop through the app's own pages."""
