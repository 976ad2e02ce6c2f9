"""Text as the models see it: tokens, vocabularies, the recall language."""
