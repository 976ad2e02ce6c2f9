"""Hidden Markov models: exact posteriors by forward–backward, and networks that learn them.

Knows nothing of the models of text, of experiments or the web.
"""
