"""A parallel corpus in figures: what a reader's file holds, and what a model would be fed of it."""
