"""What the page on deep recurrent networks shows."""
