"""The searches of `decoding` on texts: trees, and what wider beams are worth."""
