"""One trainer, small recipes, and the data they learn from. Knows nothing of traces or the web."""
