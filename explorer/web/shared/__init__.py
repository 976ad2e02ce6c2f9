"""What several pages share: the strip and the step, heatmaps, models, claims, references."""
