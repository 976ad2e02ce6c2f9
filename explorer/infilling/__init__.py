"""Blanked words of a sentence, filled in by a model. Knows nothing of pages or of training."""
