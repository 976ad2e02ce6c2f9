"""What an encoder makes of sentences: states, and where they lie. Knows nothing of figures."""
