"""The search page: every search on one question, as trees that play."""
