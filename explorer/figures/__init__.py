"""Figures: plain values in, plotly or altair figures out. Never runs a model."""
