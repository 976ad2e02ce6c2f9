"""Files that may be a stranger's: bounded before they are read, parsed strictly, held to types."""
