"""The page on bidirectional networks."""
