"""Recurrent models, their cards and their files."""
