"""The encoder–decoder page: sentences of any length as states of one shape."""
