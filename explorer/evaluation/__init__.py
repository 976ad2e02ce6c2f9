"""How good a translation is, by its words alone: BLEU, chrF, and matched n-grams."""
