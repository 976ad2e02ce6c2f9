"""What every page is built with; it knows none of the pages."""
