"""Search for the likeliest sequences. Knows the protocol of a scorer, and no model."""
