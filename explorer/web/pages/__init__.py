"""The pages, a folder each. No page imports another; what several need is in `web/shared`."""
