"""How good a translation is, by its words alone. Knows nothing of models and search."""
