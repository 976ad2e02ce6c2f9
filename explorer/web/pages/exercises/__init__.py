"""The exercises of the chapter, and the views that answer them."""
