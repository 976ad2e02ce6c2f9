"""Words of a sentence blanked, and filled in by a model (a cloze test)."""
