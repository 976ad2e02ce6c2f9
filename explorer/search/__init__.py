"""The searches of `decoding` on models of ours and texts. Knows nothing of pages."""
