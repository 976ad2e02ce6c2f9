"""Translation models at work: search on them, and one translation looked at from inside."""
