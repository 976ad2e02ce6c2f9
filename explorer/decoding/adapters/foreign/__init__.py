"""What other programs' searches left in files, as trees of what they kept."""
