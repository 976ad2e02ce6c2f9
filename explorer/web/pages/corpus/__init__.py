"""The corpus page: which pairs, and what becomes of them on the way to a model."""
