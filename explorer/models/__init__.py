"""Recurrent models, their cards and their files. Knows nothing of traces, training or the web."""
