"""The translation page: one sentence, translated and looked at from inside."""
