"""Forms of the experts' network."""
