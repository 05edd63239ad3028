"""Pages of the Portfolio."""
