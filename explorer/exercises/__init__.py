"""Short programs that answer exercises of the book; each runs in the app and in a shell."""
