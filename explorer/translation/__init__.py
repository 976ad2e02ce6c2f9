"""Trained translation models at work. Knows nothing of training, files or the web."""
