"""One trainer, small recipes, and the data they learn from."""
