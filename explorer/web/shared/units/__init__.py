"""Units chosen for a reason, and what each of them does, as the pages show it."""
