"""Parts of a page that are drawn in the browser, from values sent once."""
