"""Hidden Markov models: exact posteriors by forward–backward, and networks that learn them."""
