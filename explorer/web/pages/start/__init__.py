"""The start page: a first picture, and the map of the chapter."""
