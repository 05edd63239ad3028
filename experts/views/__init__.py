"""Pages of the experts' network."""
