"""Who may connect: which hosts the server answers to, and how it is started and announced."""
